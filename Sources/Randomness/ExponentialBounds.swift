/// e^-x for a fraction x, between two binary fractions of as many bits as are asked for.
///
/// Whole numbers alone, so nothing is rounded in a way that is not counted. A binary fraction is its
/// words behind the point, the first one first; an ulp is one of its last word.
struct ExponentialBounds {
  let lower: [UInt64]
  /// All ones where the bound is 1.
  let upper: [UInt64]

  /// With z = x / 2^s < 1/2, e^-z = 1 - z + z²/2 - z³/6 + ... and e^-x is its square's square's ..., s
  /// times.
  ///
  /// Error: z is short of the truth by less than 1 ulp, and each of the n terms before the first that is
  /// 0 by less than 3, as z ≤ 1/2 halves what it inherits and multiplying and dividing lose 1 each; what
  /// follows is less than 3, and taking the sum from 1 - ulp costs 1. So e^-z is wrong by less than
  /// 3n + 5, and squaring turns an error of a ≤ 2³² into at most 2a + 2: below (3n + 7) 2^s in the end.
  ///
  /// - Parameters:
  ///   - denominator: At least 1; it and the numerator are below 2¹¹⁶.
  ///   - words: At least 1.
  init(expMinus numerator: UInt128, over denominator: UInt128, words: Int) {
    // e^-45 < 2^-64.
    if numerator / denominator >= 45 * UInt128(words) {
      lower = [UInt64](repeating: 0, count: words)
      upper = [UInt64](repeating: 0, count: words - 1) + [1]
      return
    }
    let halvings = UInt128.bitWidth - (numerator / denominator).leadingZeroBitCount + 1
    let z = Self.quotient(numerator, by: denominator << UInt128(halvings), words: words)
    var term = z
    var negated = z
    var terms: UInt64 = 1
    while term.contains(where: { $0 != 0 }) {
      terms += 1
      term = Self.product(term, z)
      Self.divide(&term, by: terms)
      if terms.isMultiple(of: 2) {
        Self.subtract(term, from: &negated)
      } else {
        Self.add(term, to: &negated)
      }
    }
    var power = negated.map { ~$0 }
    for _ in 0..<halvings { power = Self.product(power, power) }
    var slack = [UInt64](repeating: 0, count: words)
    slack[words - 1] = (3 * terms + 7) << UInt64(halvings)
    var (lower, upper) = (power, power)
    if Self.subtract(slack, from: &lower) { lower = [UInt64](repeating: 0, count: words) }
    if Self.add(slack, to: &upper) { upper = [UInt64](repeating: .max, count: words) }
    self.lower = lower
    self.upper = upper
  }

  /// The quotient, which is below 1, rounded down.
  private static func quotient(
    _ numerator: UInt128, by denominator: UInt128, words: Int
  ) -> [UInt64] {
    var remainder = numerator
    return (0..<words).map { _ in
      let (quotient, rest) = denominator.dividingFullWidth((remainder >> 64, remainder << 64))
      remainder = rest
      return UInt64(quotient)
    }
  }

  /// The product, rounded down.
  private static func product(_ one: [UInt64], _ other: [UInt64]) -> [UInt64] {
    var product = [UInt64](repeating: 0, count: one.count + other.count)
    for i in one.indices.reversed() {
      var carry: UInt64 = 0
      for j in other.indices.reversed() {
        let full = one[i].multipliedFullWidth(by: other[j])
        let sum =
          UInt128(full.high) << 64 | UInt128(full.low)
          + UInt128(product[i + j + 1]) + UInt128(carry)
        product[i + j + 1] = UInt64(truncatingIfNeeded: sum)
        carry = UInt64(sum >> 64)
      }
      product[i] = carry
    }
    return [UInt64](product.prefix(one.count))
  }

  /// Rounds down.
  private static func divide(_ fraction: inout [UInt64], by divisor: UInt64) {
    var remainder: UInt64 = 0
    for index in fraction.indices {
      (fraction[index], remainder) = divisor.dividingFullWidth((remainder, fraction[index]))
    }
  }

  /// Says whether the sum exceeds what there is room for.
  @discardableResult
  private static func add(_ summand: [UInt64], to fraction: inout [UInt64]) -> Bool {
    var carry: UInt64 = 0
    for index in fraction.indices.reversed() {
      let sum = UInt128(fraction[index]) + UInt128(summand[index]) + UInt128(carry)
      fraction[index] = UInt64(truncatingIfNeeded: sum)
      carry = UInt64(sum >> 64)
    }
    return carry != 0
  }

  /// Says whether the difference is negative.
  @discardableResult
  private static func subtract(_ subtrahend: [UInt64], from fraction: inout [UInt64]) -> Bool {
    var borrow = false
    for index in fraction.indices.reversed() {
      let (partial, first) = fraction[index].subtractingReportingOverflow(subtrahend[index])
      let (rest, second) = partial.subtractingReportingOverflow(borrow ? 1 : 0)
      fraction[index] = rest
      borrow = first || second
    }
    return borrow
  }
}
