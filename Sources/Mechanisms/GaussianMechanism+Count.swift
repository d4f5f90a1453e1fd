internal import LinearAlgebra
internal import Randomness

/// A Gaussian release of the pair of a sum and a number about its contributions, for which one event
/// pays (Andrew et al. 2021, theorem 1).
extension GaussianMechanism {
  /// The noise multiplier of the sum that, with the number's noise, makes one release whose noise
  /// multiplier is `joint`: `(joint^-2 - (countStandardDeviation / countSensitivity)^-2)^(-1/2)`; nil
  /// where the number alone says more than the whole release may.
  ///
  /// Rounded up, by a relative error of 2^-50 in the squares, so that the joint is not below `joint`.
  static func updateNoiseMultiplier(
    joint noiseMultiplier: Double, countStandardDeviation: Double, countSensitivity: Double
  ) -> Double? {
    let share = countSensitivity * noiseMultiplier / countStandardDeviation
    let left = 1 - share * share - 0x1p-50
    return left > 0 ? noiseMultiplier / left.squareRoot() : nil
  }

  /// Noises a sum, and a number about its contributions from a stream of its own.
  func noised(
    _ sum: ClippedSum, count: Double, countStandardDeviation: Double, expectedCohortSize: Double,
    noise: StreamKey, workers: Workers
  ) -> (mean: [Float], count: Double) {
    let mean = noisedMean(
      of: sum, expectedCohortSize: expectedCohortSize, noise: noise, workers: workers)
    var stream = RandomStream(noise.child(.count))
    sum.empty()
    return (mean, count + stream.gaussian(standardDeviation: countStandardDeviation))
  }
}
