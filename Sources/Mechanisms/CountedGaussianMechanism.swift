public import Accounting
public import LinearAlgebra
public import Randomness

/// Gaussian noise on a sum, and on the number of contributions to it.
///
/// Who takes part is what add-or-remove-one privacy hides, so nothing may follow from how many did: whoever
/// wants to know, to leave a round out that too few came to, needs a noised number. A release is one Gaussian
/// mechanism on the pair of the clipped sum and that number, and one event pays for both.
///
/// One contribution moves the sum by at most the clipping norm `C` and the number by 1. Measured in
/// their standard deviations, `updateNoiseMultiplier * C` and `countStandardDeviation`, it adds a
/// vector of norm at most `1 / noiseMultiplier` to the pair (as in Andrew et al. 2021, theorem 1), which is
/// all that a Gaussian event says under add-or-remove-one, sampled or not.
public struct CountedGaussianMechanism: NoiseMechanism {
  /// Of the whole release; finite and above 0.
  public let noiseMultiplier: Double
  /// Absolute, on the number of contributions; above `noiseMultiplier`.
  public let countStandardDeviation: Double
  private let mechanism: GaussianMechanism

  public init(
    clippingNorm: Double, rule: ClippingRule = .flat, noiseMultiplier: Double,
    countStandardDeviation: Double, sampler: GaussianSampler = .gsl
  ) throws(CountNoiseError) {
    let updateNoiseMultiplier = GaussianMechanism.updateNoiseMultiplier(
      joint: noiseMultiplier, countStandardDeviation: countStandardDeviation, countSensitivity: 1)
    guard let updateNoiseMultiplier else {
      throw .countIsTooExact(
        countStandardDeviation: countStandardDeviation, noiseMultiplier: noiseMultiplier)
    }
    self.noiseMultiplier = noiseMultiplier
    self.countStandardDeviation = countStandardDeviation
    mechanism = GaussianMechanism(
      clippingNorm: clippingNorm, rule: rule, noiseMultiplier: updateNoiseMultiplier,
      sampler: sampler)
  }

  /// Standard deviation on the sum relative to the clipping norm: `(noiseMultiplier^-2 -
  /// countStandardDeviation^-2)^(-1/2)`, which is above `noiseMultiplier`, to pay for the count.
  public var updateNoiseMultiplier: Double { mechanism.noiseMultiplier }

  public var event: PrivacyEvent { .gaussian(noiseMultiplier: noiseMultiplier) }

  public var bound: ContributionBound { mechanism.bound }

  public func release(
    _ sum: ClippedSum, expectedCohortSize: Double, noise: StreamKey, workers: Workers
  ) -> PrivateUpdate {
    let (mean, count) = mechanism.noised(
      sum, count: Double(sum.contributionCount), countStandardDeviation: countStandardDeviation,
      expectedCohortSize: expectedCohortSize, noise: noise, workers: workers)
    return PrivateUpdate(Release(mean: mean, contributionCount: count), event: event)
  }
}

/// What can be wrong with the noise on a number of contributions.
public enum CountNoiseError: Error, Hashable, Sendable {
  /// The count alone says more than the whole release may: `countStandardDeviation` must exceed
  /// `noiseMultiplier`.
  case countIsTooExact(countStandardDeviation: Double, noiseMultiplier: Double)
}

extension CountNoiseError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .countIsTooExact(let countStandardDeviation, let noiseMultiplier):
      """
      the count's standard deviation is \(countStandardDeviation); for the noise multiplier \
      \(noiseMultiplier) it must be greater than that
      """
    }
  }
}
