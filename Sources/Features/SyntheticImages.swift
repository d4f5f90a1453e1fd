internal import Foundation
internal import Randomness
internal import SpecialMath

/// Gray images that nobody took: up to five overlapping ellipses and tapered boxes on black, some cut
/// out, filled with shades and with noise of a 1/f spectrum.
///
/// They hold no data of anybody, so what is learned from them is public; after the random processes
/// of Baradad et al. 2021 and Tang et al. 2023. They are made to look like single objects before a
/// dark ground, which is what one knows of such a data set without looking into it.
struct SyntheticImages {
  let height: Int
  let width: Int

  /// Images by their numbers, `[image, row, column]` in 0 ... 255.
  func images(_ numbers: Range<Int>) -> [UInt8] {
    let root = StreamKey(seed: 0)
    let fourier = PlaneFourierTransform(rows: height, columns: width, planes: 1)
    return numbers.flatMap { number in
      var stream = RandomStream(root.child(.syntheticImage, UInt64(number)))
      return image(from: &stream, fourier)
    }
  }

  private func image(
    from stream: inout RandomStream, _ fourier: PlaneFourierTransform
  ) -> [UInt8] {
    var image = [Double](repeating: 0, count: height * width)
    for part in 0..<Int(stream.uniform(1, 6)) {
      let outline = Outline(height: height, width: width, from: &stream)
      let exponent = stream.uniform(0.5, 2)
      let texture = texture(exponent: exponent, from: &stream, fourier)
      let (shade, contrast) = (stream.uniform(0, 1), stream.uniform(0, 0.3))
      let isHole = stream.uniform(0, 1) < 0.2 && part > 0
      for row in 0..<height {
        for column in 0..<width where outline.covers(row: row, column: column) {
          let place = row * width + column
          image[place] =
            isHole ? 0 : min(max(shade + contrast * texture[place], 0.02), 1)
        }
      }
    }
    return image.map { UInt8(($0 * 255).rounded()) }
  }

  /// Noise of variance 1 whose amplitudes fall with the frequency to the power `-exponent`.
  private func texture(
    exponent: Double, from stream: inout RandomStream, _ fourier: PlaneFourierTransform
  ) -> [Double] {
    var plane = [Double](repeating: 0, count: 2 * height * width)
    for place in 0..<height * width {
      plane[2 * place] = stream.gaussian(standardDeviation: 1)
    }
    fourier.transform(&plane)
    for row in 0..<height {
      for column in 0..<width {
        let y = Double(min(row, height - row)) / Double(height)
        let x = Double(min(column, width - column)) / Double(width)
        let frequency = max((x * x + y * y).squareRoot(), 1 / Double(max(height, width)))
        let factor = pow(frequency, -exponent)
        plane[2 * (row * width + column)] *= factor
        plane[2 * (row * width + column) + 1] *= factor
      }
    }
    fourier.invert(&plane)
    let noise = (0..<height * width).map { plane[2 * $0] }
    let mean = noise.reduce(0, +) / Double(noise.count)
    let variance = noise.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(noise.count)
    return noise.map { $0 / variance.squareRoot() }
  }
}

/// What a part of an image covers: the points where `|u|^power + |v|^power < 1`, in turned, stretched
/// and tapered coordinates.
private struct Outline {
  let centerX: Double
  let centerY: Double
  let halfWidth: Double
  let halfHeight: Double
  let angle: Double
  let taper: Double
  let power: Double

  /// Sizes are in parts of the image's, as they are for 28 pixels.
  init(height: Int, width: Int, from stream: inout RandomStream) {
    let (y, x) = (Double(height) / 28, Double(width) / 28)
    centerX = x * stream.uniform(6, 22)
    centerY = y * stream.uniform(6, 22)
    halfWidth = x * stream.uniform(1.5, 12)
    halfHeight = y * stream.uniform(1.5, 12)
    let tilt = stream.gaussian(standardDeviation: 0.2)
    let turn = stream.uniform(0, .pi)
    angle = [0, tilt, turn][Int(stream.uniform(0, 3))]
    taper = stream.gaussian(standardDeviation: 0.3)
    power = [2, 4, 16][Int(stream.uniform(0, 3))]
  }

  func covers(row: Int, column: Int) -> Bool {
    let (x, y) = (Double(column) - centerX, Double(row) - centerY)
    let v = (y * cos(angle) - x * sin(angle)) / halfHeight
    let u = (x * cos(angle) + y * sin(angle)) / halfWidth * (1 + taper * v)
    return pow(abs(u), power) + pow(abs(v), power) < 1
  }
}

extension RandomStream {
  /// At least `low`, and below `high`.
  fileprivate mutating func uniform(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * uniform()
  }
}
