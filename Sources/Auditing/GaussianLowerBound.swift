public import Accounting
import SpecialMath

/// A lower bound on mu of a mechanism that is known to be mu-Gaussian-differentially private, that is, at
/// least as hard to attack as N(0, 1) is to tell from N(mu, 1), and no harder (Nasr, Hayes, Steinke, Balle,
/// Tramer, Jagielski, Carlini & Terzis, Tight auditing of differentially private machine learning, USENIX
/// Security 2023).
///
/// One pair of error rates then says all about the trade-off, also at a delta far below what so few runs
/// show. Of other mechanisms it says nothing: sampled cohorts, other noise and broken code are not Gaussian,
/// and for them this is no bound.
public struct GaussianLowerBound: Hashable, Sendable {
  /// At least 0, and rounded down.
  public let mu: Double

  /// mu = quantile(1 - false alarms) - quantile(misses) of the standard normal distribution.
  init(_ rates: ErrorRates) {
    let hits = StandardNormal.quantile(1 - rates.falseAlarms)
    let errors = StandardNormal.quantile(rates.misses)
    mu = max(0, hits - errors - 1e-12 * (1 + abs(hits) + abs(errors)))
  }

  /// The least epsilon at `delta`, in (0, 1), of a mechanism with this mu, rounded down.
  ///
  /// Throws ``AccountingError`` when delta is out of range.
  public func epsilon(atDelta delta: Double) throws(AccountingError) -> Double {
    var accountant = GaussianDPAccountant(relation: .addOrRemoveOne)
    if mu > 0 { try accountant.compose(.gaussian(noiseMultiplier: (1 / mu).nextUp)) }
    return try accountant.epsilon(atDelta: delta).lower
  }
}
