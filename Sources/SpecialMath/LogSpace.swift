import Foundation

/// Arithmetic on numbers given by their natural logarithms, for values that overflow or underflow.
///
/// Minus infinity stands for zero. Results are accurate to a few units in the last place of the
/// larger of the result and 1, so the represented numbers are accurate to about 1e-15 relative.
public enum LogSpace {
  /// log(e^a + e^b).
  public static func add(_ a: Double, _ b: Double) -> Double {
    let larger = max(a, b)
    guard larger.isFinite else { return larger }
    return larger + log1p(exp(min(a, b) - larger))
  }

  /// log(e^a - e^b) for a >= b.
  public static func subtract(_ a: Double, _ b: Double) -> Double {
    precondition(a >= b, "the difference has no logarithm")
    guard a.isFinite else { return a }
    return a + logOneMinusExp(b - a)
  }

  /// log(1 + e^x), accurate relative to the result however small it is.
  public static func logOnePlusExp(_ x: Double) -> Double {
    x > 0 ? x + log1p(exp(-x)) : log1p(exp(x))
  }

  /// log(1 - e^x) for x <= 0, accurate at both ends (Maechler 2012, "Accurately computing
  /// log(1 - exp(-|a|))").
  public static func logOneMinusExp(_ x: Double) -> Double {
    x > -0.693_147_180_559_945_3 ? log(-expm1(x)) : log1p(-exp(x))
  }
}

/// A sum of many numbers given by their logarithms, kept relative to the largest one seen.
public struct LogSum {
  private var largest = -Double.infinity
  private var scaledSum = 0.0

  public init() {}

  public mutating func add(_ logTerm: Double) {
    if logTerm <= largest {
      // Equal infinities: zero adds nothing to zero, and infinity has no larger sum.
      if largest.isFinite { scaledSum += exp(logTerm - largest) }
    } else {
      scaledSum = largest.isFinite ? scaledSum * exp(largest - logTerm) + 1 : 1
      largest = logTerm
    }
  }

  /// The logarithm of the sum; minus infinity for an empty one.
  public var logarithm: Double {
    largest.isFinite ? largest + log(scaledSum) : largest
  }
}
