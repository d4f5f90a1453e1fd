/// The curve f(y) = e^(-y² / 2σ²) of whole numbers, against which random numbers are held.
struct GaussianCurve: Sendable {
  /// σ² = p / q.
  private let p: UInt128
  private let q: UInt128
  /// Of p.
  private let bits: Int
  /// 2^(bits + 63) / p, rounded down, and never above 2⁶⁴ - 1.
  private let reciprocal: UInt64
  /// By what ``bounds(at:)`` are apart from the approximation between them, in units of 2⁻⁶⁴.
  private let slack: UInt64

  /// More than the approximation's error.
  static let leastSlack: UInt64 = 1 << 20

  /// - Parameter slack: A larger one makes decisions slower, and none of them different.
  init(_ variance: RationalVariance, slack: UInt64 = leastSlack) {
    precondition(slack >= Self.leastSlack, "the slack must exceed the error")
    p = variance.numerator
    q = variance.denominator
    bits = UInt128.bitWidth - p.leadingZeroBitCount
    let (high, low) = (bits + 63).quotientAndRemainder(dividingBy: 128)
    let power: (high: UInt128, low: UInt128) = high == 0 ? (0, 1 << low) : (1 << low, 0)
    reciprocal = UInt64(clamping: p.dividingFullWidth(power).quotient)
    self.slack = slack
  }

  /// Decides whether (level + v) / 2^exponent < f(y), where v is uniform on the real numbers of [0, 1):
  /// true with probability 2^exponent f(y) - level, or as near as lies in [0, 1].
  ///
  /// The bits of v are drawn as they are needed. The first word of the left side nearly always
  /// decides: it leaves an interval of 2⁻⁶⁴, and ``bounds(at:)`` enclose f. Where they overlap,
  /// more words of v and bounds of more bits follow until they do not, which comes to pass with
  /// probability 1. So the answer has exactly the probability that it should have.
  ///
  /// - Parameters:
  ///   - level: Below 2^exponent; 0 from an exponent of 64 on.
  @inline(__always)
  func exceeds(
    _ level: UInt64, over exponent: Int, at y: UInt64, more stream: inout RandomStream
  ) -> Bool {
    let first = level << (64 - exponent) | stream.uniformWord() >> exponent
    return quickly(exceeds: first, at: y)
      ?? exactly(exceeds: [first], at: y) { stream.uniformWord() }
  }

  /// Decides whether f(y) exceeds the number with these words behind the point, and further ones as they
  /// are needed.
  func exceeds(_ start: [UInt64], at y: UInt64, nextWord: () -> UInt64) -> Bool {
    quickly(exceeds: start[0], at: y) ?? exactly(exceeds: start, at: y, nextWord: nextWord)
  }

  /// From the first word, where that is enough.
  @inline(__always)
  private func quickly(exceeds first: UInt64, at y: UInt64) -> Bool? {
    let bounds = bounds(at: y)
    if first < bounds.lower { return true }
    if let upper = bounds.upper, first >= upper { return false }
    return nil
  }

  @inline(never)
  private func exactly(
    exceeds start: [UInt64], at y: UInt64, nextWord: () -> UInt64
  ) -> Bool {
    var words = start
    let square = UInt128(y) * UInt128(y) * q
    while true {
      let bounds = ExponentialBounds(expMinus: square, over: 2 * p, words: words.count + 1)
      if words.lexicographicallyPrecedes(bounds.lower.prefix(words.count)) { return true }
      if bounds.upper.prefix(words.count).lexicographicallyPrecedes(words) { return false }
      words.append(nextWord())
    }
  }

  /// 2⁶⁴ f(y) is at least `lower` and at most `upper`; there is no upper bound where it would be 2⁶⁴
  /// or more.
  ///
  /// In units of 2⁻⁶⁴: for x = y² / 2σ² < 16, z = x / 2⁸ < 2⁻⁴ is short of the truth by less than 2, as
  /// each factor of it is by less than 1. In 1 - z + z²/2 - ..., what follows z⁸ is below z⁹ / 9! < 2¹⁰;
  /// each coefficient and each product loses less than 1, and less than 2⁻⁴ of it is handed on; and
  /// taking the sum from 2⁶⁴ - 1 loses 1. So e^-z is wrong by less than 2¹⁰ + 8, and each of eight
  /// squarings turns an error a into at most 2a + 2: into less than 2¹⁹ in the end. For x ≥ 16,
  /// f < 2⁻²³.
  @inline(__always)
  func bounds(at y: UInt64) -> (lower: UInt64, upper: UInt64?) {
    let square = UInt128(y) * UInt128(y) * q
    guard square < 32 * p else { return (0, 1 << 41) }
    // Below 2⁶⁴, as the square is below 2^(bits + 5).
    let shift = bits - 59
    let leading = shift >= 0 ? square &>> UInt128(shift) : square &<< UInt128(-shift)
    let z = UInt64(truncatingIfNeeded: leading).highProduct(reciprocal) >> 3
    // 2⁶⁴ / k! for k = 8, ..., 2.
    var sum: UInt64 = 0x0001_a01a_01a0_1a01
    sum = 0x000d_00d0_0d00_d00d &- z.highProduct(sum)
    sum = 0x005b_05b0_5b05_b05b &- z.highProduct(sum)
    sum = 0x0222_2222_2222_2222 &- z.highProduct(sum)
    sum = 0x0aaa_aaaa_aaaa_aaaa &- z.highProduct(sum)
    sum = 0x2aaa_aaaa_aaaa_aaaa &- z.highProduct(sum)
    sum = 0x8000_0000_0000_0000 &- z.highProduct(sum)
    var power = ~(z &- z.highProduct(z.highProduct(sum)))
    for _ in 0..<8 { power = power.highProduct(power) }
    let (upper, overflows) = power.addingReportingOverflow(slack)
    return (power > slack ? power - slack : 0, overflows ? nil : upper)
  }
}

extension UInt64 {
  @inline(__always)
  fileprivate func highProduct(_ other: UInt64) -> UInt64 { multipliedFullWidth(by: other).high }
}
