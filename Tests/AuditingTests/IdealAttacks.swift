import Accounting
import Foundation
import Randomness
import SpecialMath

/// Gaussian noise with sensitivity 1 whose exact epsilon at a delta is known.
enum IdealGaussian {
  /// By bisection on the exact trade-off.
  static func noiseMultiplier(epsilon: Double, delta: Double) throws -> Double {
    try Calibration.noiseMultiplier(
      targetEpsilon: epsilon, delta: delta, accountant: .gaussianDP, relation: .addOrRemoveOne,
      event: { .gaussian(noiseMultiplier: $0) })
  }

  /// So many releases with the unit, or without it, seen by an adversary who knows all else.
  static func scores(
    _ count: Int, noiseMultiplier: Double, isIncluded: Bool, key: StreamKey
  ) -> [Double] {
    var stream = RandomStream(key)
    var noise = [Double](repeating: 0, count: count)
    stream.fillGaussian(&noise, standardDeviation: noiseMultiplier)
    return noise.map { $0 + (isIncluded ? 1 : 0) }
  }
}

/// Of repetitions.
struct Spread {
  let mean: Double
  let standardDeviation: Double
  let count: Int

  init(_ values: [Double]) {
    count = values.count
    let mean = values.reduce(0, +) / Double(values.count)
    self.mean = mean
    standardDeviation =
      (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)).squareRoot()
  }

  /// Whether the mean is that of a figure printed to a last digit of `unit`, by Student's test, as if the
  /// published mean came from as many repetitions: a figure that is right fails in one of 1000 runs.
  func agrees(with published: Double, unit: Double) -> Bool {
    let quantile = studentQuantile(upperTail: 5e-4, degreesOfFreedom: Double(count - 1))
    return abs(mean - published)
      <= quantile * standardDeviation * (2 / Double(count)).squareRoot() + unit / 2
  }
}
