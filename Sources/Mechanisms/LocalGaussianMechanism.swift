public import Accounting
public import LinearAlgebra
public import Randomness

/// Gaussian noise that every contribution gets before it leaves its unit, so that nobody has to be
/// trusted with it: the local model of differential privacy (Kasiviswanathan et al. 2008).
///
/// Each contribution is a release of its own, seen with its sender: it costs a Gaussian release whenever
/// the unit takes part, and cohorts amplify nothing. The noise on the sum grows with the number of
/// contributions; the divisor stays public.
public struct LocalGaussianMechanism: NoiseMechanism {
  /// Of ONE contribution.
  private let mechanism: GaussianMechanism

  /// - Parameters:
  ///   - clippingNorm: the largest Euclidean norm of one unit's contribution; in 1e-30 ... 1e30.
  ///   - noiseMultiplier: standard deviation of ONE contribution's noise, relative to `clippingNorm`;
  ///     finite and above 0.
  public init(
    clippingNorm: Double, rule: ClippingRule = .flat, noiseMultiplier: Double,
    sampler: GaussianSampler = .gsl
  ) {
    mechanism = GaussianMechanism(
      clippingNorm: clippingNorm, rule: rule, noiseMultiplier: noiseMultiplier, sampler: sampler)
  }

  public var event: PrivacyEvent { .localGaussian(noiseMultiplier: mechanism.noiseMultiplier) }

  public var bound: ContributionBound { mechanism.bound }

  public var form: ContributionForm? {
    .noised(standardDeviation: mechanism.noiseStandardDeviation, sampler: mechanism.sampler)
  }

  public func release(
    _ sum: ClippedSum, expectedCohortSize: Double, noise: StreamKey, workers: Workers
  ) -> PrivateUpdate {
    precondition(sum.bound == bound && sum.form == form, "a sum made for other noise")
    return PrivateUpdate(
      Release(mean: sum.releaseMean(expectedCohortSize: expectedCohortSize)), event: event)
  }
}
