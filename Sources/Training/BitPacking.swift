/// Whole numbers of any width, one after the other, lowest bits first. Zeros fill up the last byte.
struct BitWriter {
  private var full: [UInt8] = []
  private var pending: UInt64 = 0
  private var pendingCount = 0

  /// - Parameters:
  ///   - value: Below `2^width`.
  ///   - width: In 0 ... 32.
  mutating func write(_ value: UInt32, width: Int) {
    precondition(UInt64(value) >> UInt64(width) == 0, "\(value) has more than \(width) bits")
    pending |= UInt64(value) << UInt64(pendingCount)
    pendingCount += width
    while pendingCount >= 8 {
      full.append(UInt8(truncatingIfNeeded: pending))
      pending >>= 8
      pendingCount -= 8
    }
  }

  /// All 32 bits.
  mutating func write(_ value: Float) { write(value.bitPattern, width: 32) }

  var bytes: [UInt8] {
    pendingCount == 0 ? full : full + [UInt8(truncatingIfNeeded: pending)]
  }
}

/// Reads what a ``BitWriter`` wrote, with the same widths in the same order.
struct BitReader {
  private let bytes: [UInt8]
  private var next = 0
  private var pending: UInt64 = 0
  private var pendingCount = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func read(width: Int) -> UInt32 {
    while pendingCount < width {
      precondition(next < bytes.count, "the bytes end before the last number")
      pending |= UInt64(bytes[next]) << UInt64(pendingCount)
      next += 1
      pendingCount += 8
    }
    let value = pending & (1 << UInt64(width) - 1)
    pending >>= UInt64(width)
    pendingCount -= width
    return UInt32(value)
  }

  mutating func readFloat() -> Float { Float(bitPattern: read(width: 32)) }
}
