internal import Foundation

/// Short decimals on the asked-for side of a number.
public enum OutwardDecimal {
  /// `value`, 0 or greater, with four significant digits: not less than `value` if rounded up, not
  /// greater if rounded down.
  public static func text(_ value: Double, rounded rule: FloatingPointRoundingRule) -> String {
    guard value > 0, value.isFinite else { return value == 0 ? "0" : "infinity" }
    let exponent = Int(log10(value).rounded(.down)) - 3
    // The power of ten as a divisor is exact up to 10^22; the loop mends what rounding still does.
    var digits =
      (exponent < 0 ? value * pow(10, Double(-exponent)) : value / pow(10, Double(exponent)))
      .rounded(rule)
    func number() -> Double { Double("\(Int(digits))e\(exponent)") ?? value }
    if rule == .up {
      while number() < value { digits += 1 }
    } else {
      while number() > value { digits -= 1 }
    }
    return "\(number())"
  }
}
