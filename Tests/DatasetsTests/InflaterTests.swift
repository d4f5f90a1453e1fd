import Testing

@testable import Datasets

struct InflaterTests {
  /// `printf 'the trade-off function' | gzip -n -9`, GNU gzip 1.12.
  static let packed: [UInt8] = [
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x2b, 0xc9, 0x48, 0x55, 0x28,
    0x29, 0x4a, 0x4c, 0x49, 0xd5, 0xcd, 0x4f, 0x4b, 0x53, 0x48, 0x2b, 0xcd, 0x4b, 0x2e, 0xc9,
    0xcc, 0xcf, 0x03, 0x00, 0x8d, 0x95, 0x53, 0xb9, 0x16, 0x00, 0x00, 0x00,
  ]
  static let text = Array("the trade-off function".utf8)

  @Test func unpacksWhatGzipPacked() throws {
    var input = Self.packed[...]
    var output = [UInt8](repeating: 0, count: 100)
    var decoder = Inflater(.gzip)
    let count = try decoder.decode(&input, into: &output, from: 0)
    #expect(Array(output.prefix(count)) == Self.text)
    let isFinished = decoder.isFinished
    #expect(isFinished)
    #expect(input.isEmpty)
  }

  @Test func unpacksByteByByte() throws {
    var output = [UInt8](repeating: 0, count: Self.text.count)
    var filled = 0
    var decoder = Inflater(.gzip)
    for byte in Self.packed {
      var input: ArraySlice<UInt8> = [byte]
      filled += try decoder.decode(&input, into: &output, from: filled)
    }
    #expect(output == Self.text)
    let isFinished = decoder.isFinished
    #expect(isFinished)
  }

  @Test func leavesWhatFollowsTheStream() throws {
    var input = (Self.packed + [1, 2, 3])[...]
    var output = [UInt8](repeating: 0, count: 100)
    var decoder = Inflater(.gzip)
    _ = try decoder.decode(&input, into: &output, from: 0)
    let isFinished = decoder.isFinished
    #expect(isFinished)
    #expect(Array(input) == [1, 2, 3])
  }

  @Test func refusesAnAlteredChecksum() throws {
    var altered = Self.packed
    altered[altered.count - 5] ^= 1
    var input = altered[...]
    var output = [UInt8](repeating: 0, count: 100)
    var decoder = Inflater(.gzip)
    var reason: String?
    do throws(Inflater.Failure) {
      _ = try decoder.decode(&input, into: &output, from: 0)
    } catch {
      reason = error.reason
    }
    #expect(reason == "incorrect data check")
  }
}
