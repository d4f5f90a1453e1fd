internal import Foundation

/// How a clipping norm follows a quantile of the contributions' norms (Andrew, Thakkar, McMahan &
/// Ramaswamy 2021). All fields are public constants of the plan.
///
/// Each contribution votes 1/2 if its norm is within the clipping norm `C`, else -1/2. The sum of
/// votes, noised with standard deviation `countStandardDeviation`, divided by the expected cohort
/// size and raised by 1/2, estimates the fraction `b` within `C`; then `C` becomes
/// `C exp(-clippingLearningRate (b - targetQuantile))`, which is post-processing.
public struct QuantileClipping: Hashable, Sendable {
  /// In 1e-30 ... 1e30, which `C` never leaves.
  public let initialClippingNorm: Double
  /// The fraction of contributions to leave unclipped; in [0, 1]. The paper recommends 1/2.
  public let targetQuantile: Double
  /// Positive. The paper recommends 0.2.
  public let clippingLearningRate: Double
  /// The paper's sigma_b: absolute, on the count of unclipped contributions; positive. The paper
  /// recommends a twentieth of the expected cohort size.
  public let countStandardDeviation: Double

  static let clippingNorms = 1e-30...1e30

  public init(
    initialClippingNorm: Double, targetQuantile: Double, clippingLearningRate: Double,
    countStandardDeviation: Double
  ) {
    precondition(
      Self.clippingNorms.contains(initialClippingNorm),
      "a clipping norm must lie in 1e-30 ... 1e30, not be \(initialClippingNorm)")
    precondition((0...1).contains(targetQuantile), "a quantile is in [0, 1]")
    precondition(
      clippingLearningRate > 0 && clippingLearningRate.isFinite, "the clipping rate is positive")
    precondition(
      countStandardDeviation > 0 && countStandardDeviation.isFinite,
      "the count's noise has a positive standard deviation")
    self.initialClippingNorm = initialClippingNorm
    self.targetQuantile = targetQuantile
    self.clippingLearningRate = clippingLearningRate
    self.countStandardDeviation = countStandardDeviation
  }

  /// The noise multiplier of the update that, with the count's noise, makes one release whose noise
  /// multiplier is `joint`: `(joint^-2 - (2 countStandardDeviation)^-2)^(-1/2)` (theorem 1).
  ///
  /// One contribution moves the update by at most `C` and the count by 1/2. Measured in their standard
  /// deviations it therefore adds a vector of norm at most `1 / joint` to the pair. That is all
  /// that a Gaussian event says, so it holds under every neighboring relation: to replace a
  /// contribution moves both by twice as much, and to zero it out takes its vote with it.
  public func updateNoiseMultiplier(
    joint noiseMultiplier: Double
  ) throws(AdaptiveClippingError) -> Double {
    let updateNoiseMultiplier = GaussianMechanism.updateNoiseMultiplier(
      joint: noiseMultiplier, countStandardDeviation: countStandardDeviation,
      countSensitivity: 0.5)
    guard let updateNoiseMultiplier else {
      throw .countIsTooExact(
        countStandardDeviation: countStandardDeviation, noiseMultiplier: noiseMultiplier)
    }
    return updateNoiseMultiplier
  }

  /// The clipping norm of the round after one in which a fraction, noise included, was within
  /// `clippingNorm`.
  public func clippingNorm(after clippingNorm: Double, unclippedFraction: Double) -> Double {
    let moved =
      clippingNorm * exp(-clippingLearningRate * (unclippedFraction - targetQuantile))
    return min(max(moved, Self.clippingNorms.lowerBound), Self.clippingNorms.upperBound)
  }
}
