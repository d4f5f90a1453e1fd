public import Accounting
public import LinearAlgebra
public import Randomness

/// Gaussian noise on a sum whose clipping norm follows a quantile of the norms before it (Andrew et
/// al. 2021).
///
/// A release is one Gaussian mechanism on the pair of the clipped sum and the count of contributions
/// that were not clipped: one event pays for both. Given the rounds before, the clipping norm is a
/// constant, so the rounds compose adaptively like those of a ``GaussianMechanism``.
public struct AdaptiveGaussianMechanism: NoiseMechanism {
  public let clipping: QuantileClipping
  /// Of the whole release; finite and above 0.
  public let noiseMultiplier: Double
  private let mechanism: GaussianMechanism

  /// The mechanism of the first round.
  public init(
    clipping: QuantileClipping, noiseMultiplier: Double, sampler: GaussianSampler = .gsl
  ) throws(AdaptiveClippingError) {
    self.clipping = clipping
    self.noiseMultiplier = noiseMultiplier
    mechanism = GaussianMechanism(
      clippingNorm: clipping.initialClippingNorm,
      noiseMultiplier: try clipping.updateNoiseMultiplier(joint: noiseMultiplier),
      sampler: sampler)
  }

  private init(_ other: AdaptiveGaussianMechanism, clippingNorm: Double) {
    clipping = other.clipping
    noiseMultiplier = other.noiseMultiplier
    mechanism = GaussianMechanism(
      clippingNorm: clippingNorm, noiseMultiplier: other.mechanism.noiseMultiplier,
      sampler: other.mechanism.sampler)
  }

  /// Goes on from the clipping norm that an interrupted run had come to.
  public func resumed(atClippingNorm clippingNorm: Double) -> AdaptiveGaussianMechanism {
    AdaptiveGaussianMechanism(self, clippingNorm: clippingNorm)
  }

  /// This round's, made of releases alone: it is public.
  public var clippingNorm: Double { mechanism.clippingNorm }

  /// Standard deviation on the sum relative to `clippingNorm`; above `noiseMultiplier`, to pay for the
  /// count.
  public var updateNoiseMultiplier: Double { mechanism.noiseMultiplier }

  public var event: PrivacyEvent { .gaussian(noiseMultiplier: noiseMultiplier) }

  public var bound: ContributionBound { mechanism.bound }

  public func release(
    _ sum: ClippedSum, expectedCohortSize: Double, noise: StreamKey, workers: Workers
  ) -> PrivateUpdate {
    let (mean, balance) = mechanism.noised(
      sum, count: sum.unclippedBalance, countStandardDeviation: clipping.countStandardDeviation,
      expectedCohortSize: expectedCohortSize, noise: noise, workers: workers)
    return PrivateUpdate(
      Release(mean: mean, unclippedFraction: balance / expectedCohortSize + 0.5), event: event)
  }

  public func next(after release: Release) -> AdaptiveGaussianMechanism {
    guard let unclippedFraction = release.unclippedFraction else {
      preconditionFailure("a release of another mechanism")
    }
    return AdaptiveGaussianMechanism(
      self,
      clippingNorm: clipping.clippingNorm(
        after: clippingNorm, unclippedFraction: unclippedFraction))
  }
}
