import Foundation
import Testing

@testable import Exports

@Suite struct RecordFileTests {
  /// RFC 3720, appendix B.4: 32 bytes of zeros, of ones, rising, falling; and the check value of "123456789".
  private static let checksums: [(data: Data, sum: UInt32)] = [
    (Data(repeating: 0, count: 32), 0x8a91_36aa), (Data(repeating: 0xff, count: 32), 0x62a8_ab43),
    (Data(0..<32), 0x46dd_794e), (Data((0..<32).reversed()), 0x113f_db5c),
    (Data("123456789".utf8), 0xe306_9283), (Data(), 0),
  ]

  @Test(arguments: checksums)
  func checksumsAreThoseOfTheStandard(data: Data, sum: UInt32) {
    #expect(castagnoliChecksum(data) == sum)
  }

  /// What RecordWriter of tensorboard 2.21.0 (tensorboard.summary.writer.record_writer) writes of
  /// event_pb2.Event(wall_time=1.5, file_version="brain.Event:2").SerializeToString().
  @Test func recordsAreThoseOfTensorBoard() {
    var version = ProtocolBuffer()
    version.append(1, double: 1.5)
    version.append(3, text: "brain.Event:2")
    var file = RecordFile()
    file.append(version.bytes)
    #expect(
      file.bytes.map { String(format: "%02x", $0) }.joined()
        == "1800000000000000a37f4b2209000000000000f83f1a0d627261696e2e4576656e743a322a28646c")
  }

  @Test func integersAreWrittenSevenBitsAtATime() {
    var message = ProtocolBuffer()
    message.append(1, integer: 150)
    message.append(2, integer: -1)
    message.append(3, float: 1)
    // 08 96 01 is the first example of the encoding guide.
    var expected: [UInt8] = [0x08, 0x96, 0x01, 0x10]
    expected += [UInt8](repeating: 0xff, count: 9)
    expected += [0x01, 0x1d, 0, 0, 0x80, 0x3f]
    #expect([UInt8](message.bytes) == expected)
  }
}
