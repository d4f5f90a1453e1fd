import Foundation

/// The Gaussian-DP central limit approximation for Gaussian noise on Poisson-sampled cohorts, to
/// price published results that used it. It is NOT a bound.
///
/// It treats `rounds` releases with noise multiplier z at rate q as one Gaussian mechanism with
///
///     mu = q sqrt(rounds (e^(1 / z^2) - 1))
///
/// (Bu, Dong, Long & Su 2020), which is right in the limit of many rounds with q sqrt(rounds) fixed.
/// For finitely many rounds the estimate falls below the truth in most settings, the more the
/// smaller delta is. So it has no ``PrivacyBound``, is no ``PrivacyAccountant``, and cannot be made
/// into a ``PrivacyGuarantee``.
public struct CentralLimitEstimate: Hashable, Sendable {
  /// Of the Gaussian mechanism N(0, 1) against N(mu, 1).
  public let mu: Double

  /// - Parameters:
  ///   - noiseMultiplier: The standard deviation over the clipping norm, finite and greater than 0.
  ///   - samplingRate: In (0, 1]. Neighbors add or remove one unit, or set it to zero.
  ///   - rounds: In 1 ... 2^53.
  public init(
    noiseMultiplier: Double, samplingRate: Double, rounds: Int
  ) throws(AccountingError) {
    try NumberRange.positive.check(noiseMultiplier, argument: "noise_multiplier")
    try NumberRange.probabilityAboveZero.check(samplingRate, argument: "sampling_rate")
    try AccountingError.check(rounds, isWithin: 1...PrivacyEvent.largestCount, argument: "rounds")
    let inverse = 1 / noiseMultiplier
    mu = samplingRate * Double(rounds).squareRoot() * expm1(inverse * inverse).squareRoot()
  }

  /// What epsilon would be at `delta`, in (0, 1), in the limit.
  public func estimatedEpsilon(atDelta delta: Double) throws(AccountingError) -> Double {
    try NumberRange.openUnitInterval.check(delta, argument: "delta")
    guard mu > 0, mu.isFinite else { return mu }
    return GaussianTradeoff(mu: mu).epsilon(delta: delta).upper
  }

  /// What delta would be at `epsilon`, 0 or greater and finite, in the limit.
  public func estimatedDelta(atEpsilon epsilon: Double) throws(AccountingError) -> Double {
    try NumberRange.nonNegative.check(epsilon, argument: "epsilon")
    guard mu > 0, mu.isFinite else { return mu > 0 ? 1 : 0 }
    return exp(GaussianTradeoff(mu: mu).logDelta(epsilon: epsilon).upper)
  }
}
