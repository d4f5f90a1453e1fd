internal import LinearAlgebra
internal import SpecialMath

/// A scattering transform for images of one size, ready to be applied by many threads.
///
/// Wavelets are applied as products of spectra, in Double; averages as products of matrices, in Float,
/// where the moduli, which are all positive, lose nothing by adding up.
struct ScatteringTransform: Sendable {
  let scattering: Scattering
  let height: Int
  let width: Int
  /// By resolution, full first; the last one only has averages.
  let levels: [Level]

  /// What happens at `1 / 2^level` of the resolution.
  struct Level: Sendable {
    let rows: Int
    let columns: Int
    /// Spectra of the wavelets of the octaves from this one on, an octave after the other: each
    /// `[orientation, row, column]`, each number twice, for its real and its imaginary part.
    let wavelets: [[Double]]
    /// `[place, row, column]`
    let averages: [Float]
    /// Of a plane.
    let single: PlaneFourierTransform
    /// Of the planes of all orientations.
    let several: PlaneFourierTransform

    var planeCount: Int { rows * columns }
  }

  init(_ scattering: Scattering, height: Int, width: Int) {
    precondition(
      scattering.fits(side: height) && scattering.fits(side: width), "the image is too small")
    self.scattering = scattering
    self.height = height
    self.width = width
    let (rows, columns) = (scattering.paddedSide(height), scattering.paddedSide(width))
    let filters = MorletFilters(scattering: scattering, rows: rows, columns: columns)
    levels = (0..<scattering.scale).map { level in
      let ofRows = filters.averages(side: rows, level: level)
      let ofColumns = filters.averages(side: columns, level: level)
      return Level(
        rows: rows >> level, columns: columns >> level,
        wavelets: (level..<scattering.scale).map { octave in
          (0..<scattering.orientations).flatMap { orientation in
            filters.wavelet(octave: octave, orientation: orientation, level: level)
              .flatMap { [$0, $0] }
          }
        },
        averages: ofRows.flatMap { row in
          ofColumns.flatMap { column in row.flatMap { a in column.map { Float(a * $0) } } }
        },
        single: PlaneFourierTransform(rows: rows >> level, columns: columns >> level, planes: 1),
        several: PlaneFourierTransform(
          rows: rows >> level, columns: columns >> level, planes: scattering.orientations))
    }
  }

  var outputHeight: Int { scattering.outputSide(height) }
  var outputWidth: Int { scattering.outputSide(width) }
  var placeCount: Int { outputHeight * outputWidth }
}
