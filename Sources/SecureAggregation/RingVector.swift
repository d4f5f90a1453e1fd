/// A vector of integers modulo `2^bits`: what a client contributes, and what their sum is.
public struct RingVector: Hashable, Sendable {
  public let ring: Ring
  /// Each at most `ring.largest`.
  public internal(set) var elements: [UInt64]

  public init(_ elements: [UInt64], in ring: Ring) throws(SecureAggregationError) {
    let largest = ring.largest
    if let index = elements.firstIndex(where: { $0 > largest }) {
      throw .elementOutsideRing(index: index, bits: ring.bits)
    }
    self.ring = ring
    self.elements = elements
  }

  public init(_ elements: [UInt32], in ring: Ring) throws(SecureAggregationError) {
    try self.init(elements.map { UInt64($0) }, in: ring)
  }

  /// All zero.
  public init(dimension: Int, in ring: Ring) {
    self.ring = ring
    elements = [UInt64](repeating: 0, count: dimension)
  }

  public var dimension: Int { elements.count }

  /// Of the packed elements: `bits` each, the last byte filled up.
  public var byteCount: Int { (dimension * ring.bits + 7) / 8 }

  /// Adds element by element, modulo `2^bits`.
  /// - Precondition: `other` has the same ring and dimension.
  public mutating func add(_ other: RingVector) {
    precondition(other.ring == ring && other.dimension == dimension, "vectors of one shape")
    let largest = ring.largest
    elements.withUnsafeMutableBufferPointer { sums in
      other.elements.withUnsafeBufferPointer { others in
        for index in sums.indices { sums[index] = (sums[index] &+ others[index]) & largest }
      }
    }
  }
}
