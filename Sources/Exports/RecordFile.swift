internal import Foundation

/// A file of records, each with its length and the checksums of both, as TensorFlow writes them
/// (https://www.tensorflow.org/tutorials/load_data/tfrecord).
struct RecordFile {
  private(set) var bytes = Data()

  mutating func append(_ record: Data) {
    let length = littleEndianBytes(UInt64(record.count))
    bytes.append(length)
    bytes.append(littleEndianBytes(Self.maskedChecksum(length)))
    bytes.append(record)
    bytes.append(littleEndianBytes(Self.maskedChecksum(record)))
  }

  /// A checksum that is itself data of other checksums is rotated and moved.
  static func maskedChecksum(_ data: Data) -> UInt32 {
    let sum = castagnoliChecksum(data)
    return (sum >> 15 | sum << 17) &+ 0xa282_ead8
  }
}

/// CRC-32C (Castagnoli; RFC 3720, appendix B.4).
func castagnoliChecksum(_ data: Data) -> UInt32 {
  ~data.reduce(~0) { sum, byte in
    castagnoliTable[Int((sum ^ UInt32(byte)) & 0xff)] ^ sum >> 8
  }
}

private let castagnoliTable = (0..<256).map { byte in
  (0..<8).reduce(UInt32(byte)) { sum, _ in sum >> 1 ^ (sum & 1 == 1 ? 0x82f6_3b78 : 0) }
}
