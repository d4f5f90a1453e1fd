/// Floats that begin at a cache line.
///
/// Products read a vector that lies across two lines at half the speed, and an array begins where the
/// allocator likes. So this one is a little longer than needed, and what counts begins at ``offset``.
/// A copy keeps its values, and may lose the alignment.
public struct AlignedFloats: Sendable {
  public var values: [Float]
  /// Where the first element is.
  public let offset: Int
  public let count: Int

  private static let lineBytes = 64

  /// - Parameter isAligned: false for a buffer that begins where the allocator likes, at offset 0.
  public init(count: Int, isAligned: Bool = true) {
    self.count = count
    guard isAligned else {
      values = [Float](repeating: 0, count: count)
      offset = 0
      return
    }
    let slack = Self.lineBytes / MemoryLayout<Float>.stride
    values = [Float](repeating: 0, count: count + slack)
    offset = values.withUnsafeBufferPointer { buffer in
      let address = Int(bitPattern: buffer.baseAddress)
      let place = address % Self.lineBytes / MemoryLayout<Float>.stride
      return (slack - place) % slack
    }
  }
}
