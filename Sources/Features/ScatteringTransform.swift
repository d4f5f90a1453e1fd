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
  /// Of the image with its border.
  let fourier: PlaneFourierTransform
  /// By resolution, full first.
  let levels: [Level]

  /// What happens at `1 / 2^level` of the resolution.
  struct Level: Sendable {
    let rows: Int
    let columns: Int
    /// By octave, the spectra of the wavelets that are applied here: `[orientation, row, column]`, each
    /// number twice, for its real and its imaginary part.
    let wavelets: [Int: [Double]]
    /// `[place, row, column]`
    let averages: [Float]
    /// Of the planes of all orientations.
    let fourier: PlaneFourierTransform

    var planeCount: Int { rows * columns }
  }

  init(_ scattering: Scattering, height: Int, width: Int) {
    precondition(
      scattering.fits(side: height) && scattering.fits(side: width), "the image is too small")
    self.scattering = scattering
    self.height = height
    self.width = width
    let (rows, columns) = (scattering.paddedSide(height), scattering.paddedSide(width))
    fourier = PlaneFourierTransform(rows: rows, columns: columns, planes: 1)
    let filters = MorletFilters(scattering: scattering, rows: rows, columns: columns)
    levels = (0..<scattering.scale).map { level in
      let ofRows = filters.averages(side: rows, level: level)
      let ofColumns = filters.averages(side: columns, level: level)
      // At full resolution to the image; at a lower one, whose moduli are of an octave, beyond it.
      let octaves = (level == 0 ? 0 : level + 1)..<scattering.scale
      return Level(
        rows: rows >> level, columns: columns >> level,
        wavelets: Dictionary(
          uniqueKeysWithValues: octaves.map { octave in
            let spectra = (0..<scattering.orientations).flatMap { orientation in
              filters.wavelet(octave: octave, orientation: orientation, level: level)
                .flatMap { [$0, $0] }
            }
            return (octave, spectra)
          }),
        averages: ofRows.flatMap { row in
          ofColumns.flatMap { column in row.flatMap { a in column.map { Float(a * $0) } } }
        },
        fourier: PlaneFourierTransform(
          rows: rows >> level, columns: columns >> level, planes: scattering.orientations))
    }
  }

  var outputHeight: Int { scattering.outputSide(height) }
  var outputWidth: Int { scattering.outputSide(width) }
  var placeCount: Int { outputHeight * outputWidth }
}
