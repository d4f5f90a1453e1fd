import Foundation
import SpecialMath

/// An upper bound on A - 1 for ``PoissonGaussianRenyi`` at a fractional order, by the trapezoidal
/// rule.
///
/// The known series for fractional orders alternate, and lose digits or whole orders to
/// cancellation. The integrand f(y) = density(y) g(u(z y)) is positive instead, and analytic where
/// the argument of 1 + u = 1 - q + q e^(y / z - 1 / 2z^2) stays off the negative real axis, that is
/// for |Im y| < pi z. For such f the rule with step h converges exponentially: its error is at most
/// 2 M / (e^(2 pi a / h) - 1), where M bounds the integral of |f| along every line Im y = b with
/// |b| < a (Trefethen & Weideman 2014, Theorem 5.1).
///
/// To find M, take a <= pi z / 2 and r = Re y / z - 1 / 2z^2, and write
///
///     g(u) = order (order - 1) u^2 S,   S = integral of (1 - s) (1 + s u)^(order - 2) ds on (0, 1).
///
/// Here |u| <= q (1 + e^r). For order >= 2, |1 + s u| <= max(1, e^r) gives
/// S <= max(1, e^((order - 2) r)) / 2; for order < 2, |1 + s u| >= 1 - s gives S <= 1 / order. As
/// |density(y)| = density(Re y) e^(b^2 / 2) and E[e^(k r)] = e^(k (k - 1) / 2z^2), in both cases
/// M <= 4 e^(a^2 / 2) B with k = max(order, 2) and
///
///     B = order (order - 1) q^2 (1 + e^(k (k - 1) / 2z^2)).
///
/// Also |g| <= max(1, e^(order r)) + 1 + order q (1 + e^r), so that another B serves as well, which
/// is far less for orders near 1 under little noise:
///
///     B = 6 + e^(order (order - 1) / 2z^2).
///
/// The sum stops at -L and at k / z + L. By the same estimates at real y what it leaves out is at
/// most 2 B P(Y > L). Both errors are added to the result, which makes it a bound, and h and L are
/// chosen so that they do not matter.
struct PoissonGaussianIntegral {
  private let order: Double
  private let samplingRate: Double
  private let noiseMultiplier: Double
  private let halfPrecision: Double

  init(_ mechanism: PoissonGaussianRenyi, order: Double) {
    self.order = order
    samplingRate = mechanism.samplingRate
    noiseMultiplier = 1 / mechanism.precision.squareRoot()
    halfPrecision = mechanism.precision / 2
  }

  /// log(A - 1), rounded up by the rule's error bounds.
  var logExcess: Double {
    let convexOrder = max(order, 2)
    let cumulant = order * (order - 1) * halfPrecision
    let logSquare = log(order * (order - 1)) + 2 * log(samplingRate)
    let logScale = min(
      logSquare + LogSpace.logOnePlusExp(convexOrder * (convexOrder - 1) * halfPrecision),
      LogSpace.add(log(6), cumulant))
    // About log(A - 1): the first where u is small, the second where it is not.
    let logSize = max(
      logSquare + min(0, log(2 * halfPrecision)),
      order * log(samplingRate) + cumulant + LogSpace.logOneMinusExp(-cumulant))
    let digits = 50 + max(0, logScale - logSize)
    let reach = (2 * digits).squareRoot()
    let strip = min(.pi / 2 * noiseMultiplier, reach)
    let step = 2 * .pi * strip / (digits + strip * strip / 2)

    var sum = LogSum()
    let first = Int((-reach / step).rounded(.down))
    let last = Int(((convexOrder / noiseMultiplier + reach) / step).rounded(.up)) + 1
    for index in first...last { sum.add(logIntegrand(Double(index) * step)) }

    let ratio = 2 * .pi * strip / step
    var bound = LogSum()
    bound.add(sum.logarithm + log(step))
    bound.add(log(8) + logScale + strip * strip / 2 - ratio - LogSpace.logOneMinusExp(-ratio))
    bound.add(log(2) + logScale + StandardNormal.logUpperTail(reach))
    return bound.logarithm
  }

  private func logIntegrand(_ y: Double) -> Double {
    let shift = y / noiseMultiplier - halfPrecision
    let u = samplingRate * expm1(shift)
    let logOnePlusU =
      u.isFinite ? log1p(u) : LogSpace.add(log1p(-samplingRate), log(samplingRate) + shift)
    return StandardNormal.logDensity(y)
      + TaylorRemainder.logPower(u: u, logOnePlusU: logOnePlusU, order: order)
  }
}
