import Testing

@testable import SecureAggregation

@Suite struct MersenneElementTests {
  /// Every pair of elements, against integers reduced by division.
  private func checkLaws<let exponent: Int>(_ type: MersenneElement<exponent>.Type) throws {
    let modulus = UInt64(1) << exponent - 1
    #expect(type.modulus == modulus)
    let elements = try (0..<modulus).map { try #require(type.init(exactly: $0)) }
    for left in elements {
      for right in elements {
        #expect((left + right).value == (left.value + right.value) % modulus)
        #expect((left - right).value == (left.value + modulus - right.value) % modulus)
        #expect((left * right).value == left.value * right.value % modulus)
      }
      if left != .zero { #expect(left * left.inverse == .one) }
    }
    #expect(type.init(exactly: modulus) == nil)
  }

  @Test func smallFieldsAreIntegersModuloAPrime() throws {
    try checkLaws(MersenneElement<2>.self)
    try checkLaws(MersenneElement<3>.self)
    try checkLaws(MersenneElement<5>.self)
    try checkLaws(MersenneElement<7>.self)
  }

  /// At both ends, against division of the full product.
  @Test func theLargeFieldReducesProductsOfAllSizes() throws {
    let modulus = MersenneElement<61>.modulus
    let values: [UInt64] = [0, 1, 2, 3, 1 << 31, 1 << 32 + 5, 1 << 60, modulus - 2, modulus - 1]
    for left in values {
      for right in values {
        let product = left.multipliedFullWidth(by: right)
        let remainder = modulus.dividingFullWidth((product.high, product.low)).remainder
        let a = try #require(MersenneElement<61>(exactly: left))
        let b = try #require(MersenneElement<61>(exactly: right))
        #expect((a * b).value == remainder)
        #expect((a + b).value == (left + right) % modulus)
        #expect(a - b + b == a)
        if left != 0 { #expect(a.inverse * a == .one) }
      }
    }
    #expect(MersenneElement<61>(exactly: modulus) == nil)
  }
}
