internal import Foundation
internal import SpecialMath

/// The filters of a scattering transform for images of one padded size.
///
/// Formulas and constants are those of kymatio 0.3 (`scattering2d/filter_bank.py`), even its 3.1415 for
/// pi in the weight of a Gaussian, so that features agree to the last digits.
struct MorletFilters {
  let scattering: Scattering
  /// Of the padded image.
  let rows: Int
  let columns: Int

  /// The Fourier transform of a wavelet, which is real, for images at `1 / 2^level` of the resolution:
  /// `[row, column]`.
  func wavelet(octave: Int, orientation: Int, level: Int) -> [Double] {
    let orientations = Double(scattering.orientations)
    let middle = (orientations / 2 - 1).rounded(.towardZero)
    let gaussian = Gaussian(
      deviation: 0.8 * Double(1 << octave),
      angle: (middle - Double(orientation)) * .pi / orientations, slant: 4 / orientations)
    return periodized(
      spectrum(of: gaussian, frequency: 0.75 * .pi / Double(1 << octave)), level: level)
  }

  /// What a row or column of `side` places, after the border, becomes by averaging: the weights
  /// `[output, input]` of the inputs at `1 / 2^level` of the resolution.
  ///
  /// The average over a plane is the product of that along rows and that along columns.
  func averages(side: Int, level: Int) -> [[Double]] {
    let deviation = 0.8 * Double(1 << (scattering.scale - 1))
    let gaussian = (0..<side).map { place in
      (-2...2).reduce(0) {
        let distance = Double(place + $1 * side)
        return $0 + exp(-distance * distance / (2 * deviation * deviation))
      } / ((2 * 3.1415).squareRoot() * deviation)
    }
    let spectrum = (0..<side).map { frequency in
      (0..<side).reduce(0) {
        $0 + gaussian[$1] * cos(2 * .pi * Double(frequency * $1 % side) / Double(side))
      }
    }
    let folded = fold(spectrum, level: level)
    let count = folded.count
    let kernel = (0..<count).map { place in
      (0..<count).reduce(0) {
        $0 + folded[$1] * cos(2 * .pi * Double($1 * place % count) / Double(count))
      } / Double(count)
    }
    let step = 1 << (scattering.scale - level)
    return (1..<side >> scattering.scale - 1).map { output in
      (0..<count).map { kernel[(output * step - $0 + count) % count] }
    }
  }

  /// An ellipse of weights, `slant` times as long across its angle as along it.
  private struct Gaussian {
    let deviation: Double
    let angle: Double
    let slant: Double
  }

  /// The Fourier transform of a Gaussian's wave, less as much of the Gaussian as brings its mean to 0.
  private func spectrum(of gaussian: Gaussian, frequency: Double) -> [Double] {
    let wave = plane(of: gaussian, frequency: frequency)
    let envelope = plane(of: gaussian, frequency: 0)
    func sum(_ plane: [Double], _ part: Int) -> Double {
      stride(from: part, to: plane.count, by: 2).reduce(0) { $0 + plane[$1] }
    }
    // Both sums are real: a plane is even in its real part and odd in its imaginary one.
    let share = sum(wave, 0) / sum(envelope, 0)
    var wavelet = zip(wave, envelope).map { $0 - share * $1 }
    PlaneFourierTransform(rows: rows, columns: columns, planes: 1).transform(&wavelet)
    return stride(from: 0, to: wavelet.count, by: 2).map { wavelet[$0] }
  }

  /// Real and imaginary parts interleaved, repeated with the image's period.
  private func plane(of gaussian: Gaussian, frequency: Double) -> [Double] {
    let (cosine, sine) = (cos(gaussian.angle), sin(gaussian.angle))
    let across = gaussian.slant * gaussian.slant
    let scale = 2 * gaussian.deviation * gaussian.deviation
    let rowCurvature = (cosine * cosine + across * sine * sine) / scale
    let columnCurvature = (sine * sine + across * cosine * cosine) / scale
    let mixedCurvature = 2 * (1 - across) * cosine * sine / scale
    let weight =
      gaussian.slant / (2 * 3.1415 * gaussian.deviation * gaussian.deviation)
    var plane = [Double](repeating: 0, count: 2 * rows * columns)
    for period in -2...2 {
      for otherPeriod in -2...2 {
        for row in 0..<rows {
          for column in 0..<columns {
            let x = Double(row + period * rows)
            let y = Double(column + otherPeriod * columns)
            let size =
              weight
              * exp(-(rowCurvature * x * x + mixedCurvature * x * y + columnCurvature * y * y))
            let phase = frequency * (x * cosine + y * sine)
            plane[2 * (row * columns + column)] += size * cos(phase)
            plane[2 * (row * columns + column) + 1] += size * sin(phase)
          }
        }
      }
    }
    return plane
  }

  /// Folds a spectrum of `[row, column]` so that it filters images of lower resolution.
  private func periodized(_ spectrum: [Double], level: Int) -> [Double] {
    let folded = (0..<rows).map { row in
      fold(Array(spectrum[row * columns..<(row + 1) * columns]), level: level)
    }
    let width = columns >> level
    var planes = [[Double]](repeating: [], count: width)
    for column in 0..<width { planes[column] = fold(folded.map { $0[column] }, level: level) }
    return (0..<rows >> level).flatMap { row in (0..<width).map { planes[$0][row] } }
  }

  /// Drops the frequencies that the lower resolution does not have, and adds up the others.
  private func fold(_ spectrum: [Double], level: Int) -> [Double] {
    let kept = spectrum.count >> level
    let first = spectrum.count >> (level + 1)
    let dropped = first..<(first + spectrum.count - kept)
    return (0..<kept).map { place in
      stride(from: place, to: spectrum.count, by: kept)
        .reduce(0) { $0 + (dropped.contains($1) ? 0 : spectrum[$1]) }
    }
  }
}
