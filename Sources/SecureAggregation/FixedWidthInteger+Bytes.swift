extension FixedWidthInteger {
  var bigEndianBytes: [UInt8] { withUnsafeBytes(of: bigEndian) { [UInt8]($0) } }

  var littleEndianBytes: [UInt8] { withUnsafeBytes(of: littleEndian) { [UInt8]($0) } }

  /// - Parameter bytes: The lowest first, no more than fit.
  init(littleEndianBytes bytes: some Sequence<UInt8>) {
    self = 0
    for (index, byte) in bytes.enumerated() { self |= Self(byte) << (8 * index) }
  }
}
