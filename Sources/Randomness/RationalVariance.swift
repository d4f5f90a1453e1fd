/// A variance as a fraction of whole numbers, small enough that exact samplers need no more than 128
/// bits.
public struct RationalVariance: Hashable, Sendable {
  /// In 1 ... 2⁵², or a square in 1 ... 2⁷².
  public let numerator: UInt128
  /// In 1 ... 2³²; 1 where the numerator exceeds 2⁵².
  public let denominator: UInt128

  public static let largestNumerator: UInt64 = 1 << 52
  public static let largestDenominator: UInt64 = 1 << 32
  /// The largest whole number that can be squared.
  public static let largestDeviation = 1 << 36

  public init(_ numerator: UInt64, over denominator: UInt64 = 1) {
    precondition(
      (1...Self.largestNumerator).contains(numerator),
      "a numerator must lie in 1 ... 2^52, not be \(numerator)")
    precondition(
      (1...Self.largestDenominator).contains(denominator),
      "a denominator must lie in 1 ... 2^32, not be \(denominator)")
    self.numerator = UInt128(numerator)
    self.denominator = UInt128(denominator)
  }

  /// The variance whose root is a whole number: for grids so fine that no fraction is missed.
  /// - Parameter deviation: In 1 ... 2³⁶.
  public init(squareOf deviation: Int) {
    precondition(
      (1...Self.largestDeviation).contains(deviation),
      "a deviation must lie in 1 ... 2^36, not be \(deviation)")
    numerator = UInt128(deviation) * UInt128(deviation)
    denominator = 1
  }

  /// The least fraction at or above `value` whose denominator is a power of two, as large as the limits
  /// allow: above it by a factor of at most 1 + 2⁻⁵¹ or by at most 2⁻³².
  /// - Parameter value: In (0, 2⁵²].
  public init(roundingUp value: Double) {
    precondition(value > 0 && value <= 0x1p52, "a variance must lie in (0, 2^52], not be \(value)")
    let bits = min(32, 51 - min(51, value.exponent))
    let scaled = value * Double(sign: .plus, exponent: bits, significand: 1)
    self.init(UInt64(scaled.rounded(.up)), over: 1 << UInt64(bits))
  }
}
