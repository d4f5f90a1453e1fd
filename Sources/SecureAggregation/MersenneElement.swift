/// An integer modulo the Mersenne prime `2^exponent - 1`: an element of a prime field in which reduction
/// is a shift and an addition, without a division and without a branch on the value.
///
/// `exponent` is one of 2, 3, 5, 7, 13, 17, 19, 31 and 61. Secrets are shared over `2^61 - 1`, the
/// largest whose elements fit in a word: unlike bytes in GF(256) it has room for more than 255 clients,
/// and unlike a prime above `2^256` it needs no long arithmetic. The small ones can be enumerated.
struct MersenneElement<let exponent: Int>: Hashable, Sendable {
  /// Below the modulus.
  let value: UInt64

  static var modulus: UInt64 { 1 << UInt64(exponent) - 1 }

  static var zero: Self { Self(reduced: 0) }
  static var one: Self { Self(reduced: 1) }

  /// Nil unless the value is below the modulus.
  init?(exactly value: UInt64) {
    guard value < Self.modulus else { return nil }
    self.value = value
  }

  private init(reduced value: UInt64) { self.value = value }

  /// Takes a value of at most twice the modulus.
  private init(reducing value: UInt64) {
    self.value = value >= Self.modulus ? value - Self.modulus : value
  }

  static func + (left: Self, right: Self) -> Self { Self(reducing: left.value + right.value) }

  static func - (left: Self, right: Self) -> Self {
    Self(reducing: left.value + (modulus - right.value))
  }

  /// As `2^exponent` is 1, the product is the sum of its low and its high bits.
  static func * (left: Self, right: Self) -> Self {
    let product = left.value.multipliedFullWidth(by: right.value)
    let high = product.high << UInt64(64 - exponent) | product.low >> UInt64(exponent)
    return Self(reducing: (product.low & modulus) + high)
  }

  /// By Fermat's theorem.
  /// - Precondition: not zero.
  var inverse: Self {
    precondition(value != 0, "zero has no inverse")
    var result = Self.one
    var power = self
    var rest = Self.modulus - 2
    while rest > 0 {
      if rest & 1 == 1 { result = result * power }
      power = power * power
      rest >>= 1
    }
    return result
  }
}
