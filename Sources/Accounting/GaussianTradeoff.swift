import Foundation
import SpecialMath

/// The exact privacy of telling N(0, 1) from N(mu, 1), mu > 0, which is that of a composition of
/// Gaussian mechanisms with mu^2 the sum of their precisions (Dong, Roth & Su 2022, arXiv
/// 1905.02383, Corollary 3.3).
///
///     delta(epsilon) = P(Y > a) - e^epsilon P(Y > b),  a = epsilon / mu - mu / 2,  b = a + mu
///
/// (Balle & Wang 2018, Theorem 8). As e^epsilon density(b) = density(a), this is
///
///     delta(epsilon) = density(a) (R(a) - R(b))
///
/// with Mills' ratio R, which neither underflows nor, for wide gaps, cancels; for narrow ones the
/// difference is the integral of -R' over the gap.
struct GaussianTradeoff {
  let mu: Double

  init(mu: Double) {
    self.mu = mu
  }

  init(precision: Double) {
    mu = precision.squareRoot()
  }

  /// Bounds on log delta, which differ from the exact one by rounding only.
  func logDelta(epsilon: Double) -> (lower: Double, upper: Double) {
    let a = epsilon / mu - mu / 2
    let b = epsilon / mu + mu / 2
    // delta < e^-(10^299): the square of a would overflow.
    guard a < 1e150 else { return (-.infinity, -.greatestFiniteMagnitude) }
    let value: Double
    if mu < 1 {
      // By its place within the gap, whose width is known better than its ends.
      let descent = Self.descentRule.integral(over: 0...1) {
        StandardNormal.millsRatioDescent(a + $0 * mu)
      }
      value = StandardNormal.logDensity(a) + log(mu * descent)
    } else if a > 0 {
      value =
        StandardNormal.logDensity(a)
        + log(StandardNormal.millsRatio(a) - StandardNormal.millsRatio(b))
    } else {
      let missed = exp(StandardNormal.logDensity(a)) * StandardNormal.millsRatio(b)
      value = log(StandardNormal.upperTail(a) - missed)
    }
    // a carries the rounding of its parts, which moves log density(a) by a times that; R(a) - R(b)
    // loses up to a factor of a + 1 to cancellation.
    let slack = 1e-12 + 1e-15 * (max(a, 0) + 1) * (abs(a) + epsilon / mu + mu)
    return (value - slack, min(0, value + slack))
  }

  /// Bounds on epsilon at `delta`, a relative 1e-12 or rounding apart.
  func epsilon(delta: Double) -> (lower: Double, upper: Double) {
    // P(Y > a) <= e^(-a^2 / 2), so at this epsilon delta is no more than asked for.
    let ceiling = mu * (mu / 2 + (-2 * log(delta)).squareRoot())
    // epsilon is less than 50 mu below it, and mu is about 1e154 when it overflows.
    guard ceiling.isFinite else { return (Double.greatestFiniteMagnitude / 4, .infinity) }
    let target = log(delta)
    func boundary(_ passes: (Double) -> Bool) -> (below: Double, above: Double) {
      if passes(0) { return (0, 0) }
      return MonotoneSearch.bisect(
        0...ceiling * (1 + 1e-9), relativeTolerance: 1e-12, until: passes)
    }
    return (
      lower: boundary { logDelta(epsilon: $0).lower <= target }.below,
      upper: boundary { logDelta(epsilon: $0).upper <= target }.above
    )
  }

  private static let descentRule = GaussLegendreRule(count: 20)
}
