import Crypto
import Testing

@testable import SecureAggregation

@Suite struct RingVectorTests {
  @Test func ringsHaveFrom1To64Bits() throws {
    #expect(try Ring(bits: 1).largest == 1)
    #expect(try Ring(bits: 20).largest == 1_048_575)
    #expect(try Ring(bits: 64).largest == .max)
    for bits in [-1, 0, 65] {
      #expect(throws: SecureAggregationError.ringBitsOutOfRange(given: bits)) {
        try Ring(bits: bits)
      }
    }
  }

  @Test func elementsBeyondTheRingAreRefused() throws {
    let ring = try Ring(bits: 8)
    #expect(try RingVector([0, 255] as [UInt32], in: ring).elements == [0, 255])
    #expect(throws: SecureAggregationError.elementOutsideRing(index: 2, bits: 8)) {
      try RingVector([1, 2, 256] as [UInt64], in: ring)
    }
    #expect(try RingVector([.max] as [UInt64], in: Ring(bits: 64)).elements == [.max])
    #expect(try RingVector([.max] as [UInt32], in: Ring(bits: 32)).elements == [4_294_967_295])
  }

  @Test(arguments: [(1, 1), (8, 1), (9, 2), (20, 3), (64, 8)])
  func elementsArePackedToTheByte(bits: Int, byteCount: Int) throws {
    #expect(RingVector(dimension: 1, in: try Ring(bits: bits)).byteCount == byteCount)
    #expect(RingVector(dimension: 8000, in: try Ring(bits: bits)).byteCount == 1000 * bits)
  }

  @Test(arguments: [1, 2, 31, 32, 33, 63, 64])
  func sumsWrap(bits: Int) throws {
    let ring = try Ring(bits: bits)
    var sum = try RingVector([ring.largest, 0, ring.largest], in: ring)
    sum.add(try RingVector([1, 1, ring.largest], in: ring))
    #expect(sum.elements == [0, 1, ring.largest - 1])
  }

  /// At lengths around the pieces in which the keystream is made.
  @Test(arguments: [1, 20, 32, 33, 64], [1, 3, 8191, 8193, 16_384, 40_001])
  func aMaskTakenAwayLeavesTheVector(bits: Int, dimension: Int) throws {
    let ring = try Ring(bits: bits)
    let vector = try RingVector(
      (0..<UInt64(dimension)).map { $0 &* 0x9e37_79b9_7f4a_7c15 & ring.largest }, in: ring)
    let mask = Mask(key: SymmetricKey(data: [UInt8](repeating: 5, count: 32)))
    var masked = vector
    masked.add(mask)
    #expect(masked != vector || dimension == 1)
    #expect(masked.elements.allSatisfy { $0 <= ring.largest })
    var negative = vector
    negative.add(mask, negated: true)
    masked.add(mask, negated: true)
    #expect(masked == vector)
    negative.add(mask)
    #expect(negative == vector)
  }
}
