public import Accounting
public import LinearAlgebra
public import Randomness

/// Gaussian noise of standard deviation `noiseMultiplier * clippingNorm`, added once to the sum
/// (Dwork et al. 2006; DP-SGD: Abadi et al. 2016; DP-FedAvg: McMahan et al. 2018).
///
/// This is research randomness: floating-point Gaussian noise is not hardened against attacks on the
/// low bits of the result (Mironov 2012; Haney et al. 2022).
public struct GaussianMechanism: NoiseMechanism {
  /// Largest Euclidean norm of one unit's contribution; in 1e-30 ... 1e30.
  public let clippingNorm: Double
  public let rule: ClippingRule
  /// Standard deviation on the sum, relative to `clippingNorm`; finite and above 0.
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

  /// Absolute, on the sum.
  public var noiseStandardDeviation: Double { noiseMultiplier * clippingNorm }

  public var event: PrivacyEvent { .gaussian(noiseMultiplier: noiseMultiplier) }

  public var bound: ContributionBound { .clipped(toNorm: clippingNorm, by: rule) }

  public func release(
    _ sum: ClippedSum, expectedCohortSize: Double, noise: StreamKey, workers: Workers
  ) -> PrivateUpdate {
    let mean = noisedMean(
      of: sum, expectedCohortSize: expectedCohortSize, noise: noise, workers: workers)
    sum.empty()
    return PrivateUpdate(Release(mean: mean), event: event)
  }

  func noisedMean(
    of sum: ClippedSum, expectedCohortSize: Double, noise: StreamKey, workers: Workers
  ) -> [Float] {
    precondition(sum.bound == bound, "a sum made for other noise")
    precondition(expectedCohortSize > 0, "the expected cohort size must be positive")
    sum.close()
    return sampler.noisedMean(
      of: sum.total, standardDeviation: noiseStandardDeviation, divisor: expectedCohortSize,
      key: noise, workers: workers)
  }
}
