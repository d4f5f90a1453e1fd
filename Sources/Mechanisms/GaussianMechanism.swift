public import Accounting
public import Randomness

/// Which of GSL's generators' two samplers draws the noise. Both read the same keyed stream.
public enum GaussianSampler: String, CaseIterable, Codable, Sendable {
  /// GSL's polar method, one draw at a time, over 53-bit uniforms.
  case gsl
  /// A vectorised Box-Muller fill in Double.
  case bulk
}

/// Gaussian noise of standard deviation `noiseMultiplier * clippingNorm`, added once to the sum
/// (Dwork et al. 2006; DP-FedAvg: McMahan et al. 2018).
///
/// This is research randomness: floating-point Gaussian noise is not hardened against attacks on the
/// low bits of the result (Mironov 2012; Haney et al. 2022).
public struct GaussianMechanism: NoiseMechanism {
  /// Largest Euclidean norm of one unit's contribution; in 1e-30 ... 1e30.
  public let clippingNorm: Double
  /// Standard deviation on the sum, relative to `clippingNorm`; finite and above 0.
  public let noiseMultiplier: Double
  public let sampler: GaussianSampler

  public init(clippingNorm: Double, noiseMultiplier: Double, sampler: GaussianSampler = .gsl) {
    precondition(
      (1e-30...1e30).contains(clippingNorm),
      "a clipping norm must lie in 1e-30 ... 1e30, not be \(clippingNorm)")
    precondition(
      noiseMultiplier > 0 && (noiseMultiplier * clippingNorm).isNormal,
      "a noise multiplier must be positive, and its noise neither vanish nor overflow")
    self.clippingNorm = clippingNorm
    self.noiseMultiplier = noiseMultiplier
    self.sampler = sampler
  }

  /// Absolute, on the sum.
  public var noiseStandardDeviation: Double { noiseMultiplier * clippingNorm }

  public var event: PrivacyEvent { .gaussian(noiseMultiplier: noiseMultiplier) }

  public func makeSum(dimension: Int) -> ClippedSum {
    ClippedSum(dimension: dimension, bound: .clipped(toNorm: clippingNorm))
  }

  public func release(
    _ sum: consuming ClippedSum, expectedCohortSize: Double, noise: inout RandomStream
  ) -> PrivateUpdate {
    PrivateUpdate(
      Release(mean: noisedMean(of: sum, expectedCohortSize: expectedCohortSize, noise: &noise)),
      event: event)
  }

  func noisedMean(
    of sum: borrowing ClippedSum, expectedCohortSize: Double, noise: inout RandomStream
  ) -> [Float] {
    precondition(sum.bound == .clipped(toNorm: clippingNorm), "a sum made for other noise")
    precondition(expectedCohortSize > 0, "the expected cohort size must be positive")
    var noised = [Double](repeating: 0, count: sum.total.count)
    switch sampler {
    case .gsl:
      for index in noised.indices {
        noised[index] = noise.gaussian(standardDeviation: noiseStandardDeviation)
      }
    case .bulk:
      noise.fillGaussian(&noised, standardDeviation: noiseStandardDeviation)
    }
    return zip(sum.total, noised).map { Float(($0 + $1) / expectedCohortSize) }
  }
}
