/// The integers modulo `2^bits`, in which secure sums are taken. They wrap: choose bits so that the sum
/// of all clients cannot.
public struct Ring: Hashable, Sendable {
  public let bits: Int

  /// - Parameter bits: In 1 ... 64.
  public init(bits: Int) throws(SecureAggregationError) {
    guard (1...64).contains(bits) else { throw .ringBitsOutOfRange(given: bits) }
    self.bits = bits
  }

  /// The largest element, which has all bits set.
  public var largest: UInt64 { UInt64.max >> UInt64(64 - bits) }
}
