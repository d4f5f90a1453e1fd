internal import LinearAlgebra
internal import SpecialMath

/// A thread's buffers for one image at a time.
final class ScatteringBench {
  private let transform: ScatteringTransform
  /// The spectrum of the image.
  private var image: [Double]
  /// Spectra of first-order moduli, by orientation.
  private var spectra: [Double]
  /// Planes on their way from one order to the next.
  private var planes: [Double]
  /// Moduli of the planes.
  private var moduli: [Float]
  /// The averages of some planes, `[place, plane]`.
  private var averages: [Float]

  init(_ transform: ScatteringTransform) {
    self.transform = transform
    let full = transform.levels[0].planeCount
    let orientations = transform.scattering.orientations
    image = [Double](repeating: 0, count: 2 * full)
    spectra = [Double](repeating: 0, count: 2 * full * orientations)
    planes = spectra
    moduli = [Float](repeating: 0, count: full * orientations)
    averages = [Float](repeating: 0, count: transform.placeCount * orientations)
  }

  /// Writes the features of an image, `[place, path]`, of which one place's begin `step` after the
  /// other's.
  ///
  /// - Parameter pixel: row-major.
  func scatter(
    pixel: (Int) -> Float, into features: UnsafeMutableBufferPointer<Float>, step: Int
  ) {
    let scattering = transform.scattering
    let orientations = scattering.orientations
    load(pixel)
    average(planes: 1, level: 0, into: features, step: step, at: 0)
    transform.fourier.transform(&image)
    var secondOrder = 1 + scattering.scale * orientations
    for octave in 0..<scattering.scale {
      filter(image, of: 0, byOctave: octave, from: 0)
      takeModuli(level: octave)
      average(
        planes: orientations, level: octave, into: features, step: step,
        at: 1 + octave * orientations)
      guard octave + 1 < scattering.scale else { continue }
      makeSpectra(transform.levels[octave])
      for orientation in 0..<orientations {
        for next in octave + 1..<scattering.scale {
          filter(spectra, of: orientation, byOctave: next, from: octave)
          takeModuli(level: next)
          average(
            planes: orientations, level: next, into: features, step: step, at: secondOrder)
          secondOrder += orientations
        }
      }
    }
  }

  /// Puts the image, reflected at its borders, in place.
  private func load(_ pixel: (Int) -> Float) {
    let (rows, columns) = (transform.levels[0].rows, transform.levels[0].columns)
    let top = (rows - transform.height) / 2
    let left = (columns - transform.width) / 2
    for row in 0..<rows {
      let y = reflected(row - top, transform.height)
      for column in 0..<columns {
        let value = pixel(y * transform.width + reflected(column - left, transform.width))
        let place = row * columns + column
        moduli[place] = value
        image[2 * place] = Double(value)
        image[2 * place + 1] = 0
      }
    }
  }

  /// Convolves a plane, by its spectrum at level `from`, with an octave's wavelets of all orientations,
  /// and samples the outcome at the level of that octave, into ``planes``.
  private func filter(_ source: [Double], of plane: Int, byOctave octave: Int, from: Int) {
    let level = transform.levels[from]
    let result = transform.levels[octave]
    guard let wavelets = level.wavelets[octave] else {
      preconditionFailure("no level is filtered by an octave that it has no wavelets of")
    }
    let folds = 1 << (octave - from)
    let scale = 1 / Double(level.planeCount)
    source.withUnsafeBufferPointer { source in
      wavelets.withUnsafeBufferPointer { wavelets in
        planes.withUnsafeMutableBufferPointer { planes in
          let source = source.baseAddress! + 2 * plane * level.planeCount
          for orientation in 0..<transform.scattering.orientations {
            let wavelet = wavelets.baseAddress! + 2 * orientation * level.planeCount
            let target = planes.baseAddress! + 2 * orientation * result.planeCount
            for row in 0..<result.rows {
              let sum = target + 2 * row * result.columns
              for place in 0..<2 * result.columns { sum[place] = 0 }
              for fold in 0..<folds {
                for otherFold in 0..<folds {
                  let start =
                    2 * ((row + fold * result.rows) * level.columns + otherFold * result.columns)
                  for place in 0..<2 * result.columns {
                    sum[place] += scale * source[start + place] * wavelet[start + place]
                  }
                }
              }
            }
          }
        }
      }
    }
    result.fourier.invert(&planes)
  }

  /// The absolute values of ``planes``.
  private func takeModuli(level: Int) {
    let count = transform.levels[level].planeCount * transform.scattering.orientations
    planes.withUnsafeBufferPointer { planes in
      moduli.withUnsafeMutableBufferPointer { moduli in
        let (planes, moduli) = (planes.baseAddress!, moduli.baseAddress!)
        for place in 0..<count {
          let (real, imaginary) = (planes[2 * place], planes[2 * place + 1])
          moduli[place] = Float((real * real + imaginary * imaginary).squareRoot())
        }
      }
    }
  }

  /// The spectra of ``moduli``.
  private func makeSpectra(_ level: ScatteringTransform.Level) {
    for place in 0..<level.planeCount * transform.scattering.orientations {
      spectra[2 * place] = Double(moduli[place])
      spectra[2 * place + 1] = 0
    }
    level.fourier.transform(&spectra)
  }

  /// Averages the first planes of ``moduli``.
  private func average(
    planes count: Int, level: Int, into features: UnsafeMutableBufferPointer<Float>, step: Int,
    at path: Int
  ) {
    let level = transform.levels[level]
    let places = transform.placeCount
    multiply(
      MatrixOperand(level.averages, MatrixView(rows: places, columns: level.planeCount)),
      MatrixOperand(moduli, MatrixView(rows: count, columns: level.planeCount)).transposed,
      into: &averages, at: MatrixView(rows: places, columns: count))
    for place in 0..<places {
      for plane in 0..<count {
        features[place * step + path + plane] = averages[place * count + plane]
      }
    }
  }
}

/// Where a place outside of `0..<side` falls, seen in a mirror that stands on the outermost pixel.
private func reflected(_ place: Int, _ side: Int) -> Int {
  if place < 0 { return -place }
  return place < side ? place : 2 * (side - 1) - place
}
