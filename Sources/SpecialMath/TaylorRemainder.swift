import Foundation

/// What is left of a function after its value and slope at 0 are taken off, without cancellation.
///
/// Expected values of convex functions of a privacy loss are such remainders: the constant and the
/// linear part are known exactly and would drown the rest.
public enum TaylorRemainder {
  /// e^x - 1 - x, which is 0 or greater.
  public static func exponential(_ x: Double) -> Double {
    guard abs(x) < 0.5 else { return expm1(x) - x }
    var term = x * x / 2
    var sum = 0.0
    var next = 3.0
    while abs(term) > sum * 1e-17 {
      sum += term
      term *= x / next
      next += 1
    }
    return sum
  }

  /// log((1 + u)^order - 1 - order u) for order > 1, where u = e^logOnePlusU - 1.
  ///
  /// The remainder is 0 or greater by Bernoulli's inequality; minus infinity stands for its zero at
  /// u = 0. `u` may be infinite when it overflows; `logOnePlusU` then still tells its size, and may
  /// be minus infinity at u = -1.
  public static func logPower(u: Double, logOnePlusU: Double, order: Double) -> Double {
    if abs(u) * order < 0.1 { return logSmallPower(u: u, order: order) }
    let logPower = order * logOnePlusU
    if logPower < 30 { return log(expm1(logPower) - order * u) }
    let logLinear = (order * u).isFinite ? log1p(order * u) : log(order) + logOnePlusU
    return logPower + LogSpace.logOneMinusExp(logLinear - logPower)
  }

  /// The binomial series, whose terms shrink at least tenfold each for |u| order < 0.1.
  private static func logSmallPower(u: Double, order: Double) -> Double {
    guard u != 0 else { return -.infinity }
    var term = 1.0
    var sum = 0.0
    var degree = 2.0
    while abs(term) > sum * 1e-17 {
      sum += term
      term *= u * (order - degree) / (degree + 1)
      degree += 1
    }
    return log(order * (order - 1) / 2) + 2 * log(abs(u)) + log(sum)
  }
}
