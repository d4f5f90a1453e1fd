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
  /// Largest Euclidean norm of one unit's contribution; in 1e-30 ... 1e30.
  public let clippingNorm: Double
  public let rule: ClippingRule
  /// Standard deviation of ONE contribution's noise, relative to `clippingNorm`; finite and above 0.
  public let noiseMultiplier: Double
  public let sampler: GaussianSampler

  public init(
    clippingNorm: Double, rule: ClippingRule = .flat, noiseMultiplier: Double,
    sampler: GaussianSampler = .gsl
  ) {
    precondition(
      (1e-30...1e30).contains(clippingNorm),
      "a clipping norm must lie in 1e-30 ... 1e30, not be \(clippingNorm)")
    precondition(
      noiseMultiplier > 0 && (noiseMultiplier * clippingNorm).isNormal,
      "a noise multiplier must be positive, and its noise neither vanish nor overflow")
    self.clippingNorm = clippingNorm
    self.rule = rule
    self.noiseMultiplier = noiseMultiplier
    self.sampler = sampler
  }

  public var event: PrivacyEvent { .localGaussian(noiseMultiplier: noiseMultiplier) }

  public var bound: ContributionBound { .clipped(toNorm: clippingNorm, by: rule) }

  public var form: ContributionForm? {
    .noised(standardDeviation: noiseMultiplier * clippingNorm, sampler: sampler)
  }

  public func release(
    _ sum: ClippedSum, expectedCohortSize: Double, noise: StreamKey, workers: Workers
  ) -> PrivateUpdate {
    precondition(sum.bound == bound && sum.form == form, "a sum made for other noise")
    precondition(expectedCohortSize > 0, "the expected cohort size must be positive")
    sum.close()
    let mean = scaled(sum.total, by: 1 / expectedCohortSize)
    sum.empty()
    return PrivateUpdate(Release(mean: mean), event: event)
  }
}
