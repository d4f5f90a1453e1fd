internal import Foundation

/// A message in the wire format of protocol buffers, field by field
/// (https://protobuf.dev/programming-guides/encoding/): as much of it as event files take.
struct ProtocolBuffer {
  private(set) var bytes = Data()

  /// Of the types int32, int64 and enum.
  mutating func append(_ field: UInt8, integer: Int64) {
    key(field, .varint)
    varint(UInt64(bitPattern: integer))
  }

  mutating func append(_ field: UInt8, double: Double) {
    key(field, .fixed64)
    append(littleEndian: double.bitPattern)
  }

  mutating func append(_ field: UInt8, float: Float) {
    key(field, .fixed32)
    append(littleEndian: float.bitPattern)
  }

  mutating func append(_ field: UInt8, bytes: Data) {
    key(field, .lengthDelimited)
    varint(UInt64(bytes.count))
    self.bytes.append(bytes)
  }

  mutating func append(_ field: UInt8, text: String) { append(field, bytes: Data(text.utf8)) }

  mutating func append(_ field: UInt8, message: ProtocolBuffer) {
    append(field, bytes: message.bytes)
  }

  private enum WireType: UInt8 {
    case varint = 0
    case fixed64 = 1
    case lengthDelimited = 2
    case fixed32 = 5
  }

  /// Fields up to 15 have keys of one byte.
  private mutating func key(_ field: UInt8, _ type: WireType) {
    precondition((1...15).contains(field), "a field's number is from 1 to 15")
    bytes.append(field << 3 | type.rawValue)
  }

  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private mutating func append(littleEndian value: some FixedWidthInteger) {
    bytes.append(littleEndianBytes(value))
  }
}

func littleEndianBytes(_ value: some FixedWidthInteger) -> Data {
  withUnsafeBytes(of: value.littleEndian) { Data($0) }
}
