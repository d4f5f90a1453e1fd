import Foundation

/// The standard normal distribution, accurate relative to each result arbitrarily far out.
public enum StandardNormal {
  /// log(sqrt(2 pi)).
  private static let logRootTwoPi = 0.918_938_533_204_672_8

  /// The logarithm of the density at `x`.
  public static func logDensity(_ x: Double) -> Double {
    -x * x / 2 - logRootTwoPi
  }

  /// P(X > x). Underflows to 0 beyond x = 38.5; see ``logUpperTail(_:)``.
  public static func upperTail(_ x: Double) -> Double {
    erfc(x * 0.5.squareRoot()) / 2
  }

  /// log P(X > x), finite for every x up to 1e154.
  ///
  /// Three ranges keep relative accuracy of the tail (and, on the left, of its distance to 1): a
  /// complement for x < 0, erfc while its argument's rounding is harmless, and Mills' ratio beyond.
  public static func logUpperTail(_ x: Double) -> Double {
    if x < 0 { return log1p(-upperTail(-x)) }
    if x < continuedFractionStart { return log(upperTail(x)) }
    return logDensity(x) + log(millsRatio(x))
  }

  /// Mills' ratio R(x) = P(X > x) / density(x), which falls from infinity to 0 like 1/x.
  ///
  /// Overflows to infinity below about x = -38.
  public static func millsRatio(_ x: Double) -> Double {
    if x < continuedFractionStart { return exp(x * x / 2 + logRootTwoPi) * upperTail(x) }
    return 1 / (x + continuedFractionTail(x))
  }

  /// -R'(x) = 1 - x R(x) > 0, the rate at which Mills' ratio falls, without the cancellation that
  /// the right side suffers at large x.
  public static func millsRatioDescent(_ x: Double) -> Double {
    if x < continuedFractionStart { return 1 - x * millsRatio(x) }
    let tail = continuedFractionTail(x)
    return tail / (x + tail)
  }

  /// From here on `continuedFractionTerms` terms of Laplace's fraction give full accuracy.
  private static let continuedFractionStart = 5.0
  private static let continuedFractionTerms = 32

  /// c in R(x) = 1 / (x + c), with c = 1/(x + 2/(x + 3/(x + ...))) (Laplace 1805).
  private static func continuedFractionTail(_ x: Double) -> Double {
    var tail = 0.0
    for term in stride(from: continuedFractionTerms, through: 1, by: -1) {
      tail = Double(term) / (x + tail)
    }
    return tail
  }
}
