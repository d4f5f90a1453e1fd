/// Whole numbers as bytes.
enum Bytes {
  static func bigEndian(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.bigEndian) { [UInt8]($0) }
  }

  /// Up to eight bytes, the first one lowest.
  static func littleEndian(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var value: UInt64 = 0
    for (index, byte) in bytes.enumerated() { value |= UInt64(byte) << (8 * index) }
    return value
  }
}
