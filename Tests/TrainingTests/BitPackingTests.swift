import Randomness
import Testing

@testable import Training

@Suite struct BitPackingTests {
  /// 5 in 3 bits, 1 in 1 bit, 77 in 9 bits and nothing in none: 1011 0100 1101 000, lowest bits first.
  @Test func bitsLieInOrder() {
    var writer = BitWriter()
    writer.write(5, width: 3)
    writer.write(1, width: 1)
    writer.write(77, width: 9)
    writer.write(0, width: 0)
    #expect(writer.bytes == [0b1101_1101, 0b0000_0100])
  }

  @Test func whatIsWrittenIsRead() {
    var stream = RandomStream(StreamKey(seed: 341))
    var writer = BitWriter()
    var numbers: [(value: UInt32, width: Int)] = []
    var bitCount = 0
    for _ in 0..<5000 {
      let width = stream.uniformInteger(below: 33)
      let value = width == 0 ? 0 : UInt32(stream.uniformInteger(below: 1 << width))
      numbers.append((value, width))
      writer.write(value, width: width)
      bitCount += width
    }
    #expect(writer.bytes.count == (bitCount + 7) / 8)
    var reader = BitReader(writer.bytes)
    for (value, width) in numbers { #expect(reader.read(width: width) == value) }
  }

  @Test(arguments: [
    0, -0.0, 1.5, .pi, -.infinity, .leastNonzeroMagnitude, .greatestFiniteMagnitude,
  ])
  func floatsKeepTheirBits(value: Float) {
    var writer = BitWriter()
    writer.write(1, width: 1)
    writer.write(value)
    var reader = BitReader(writer.bytes)
    #expect(reader.read(width: 1) == 1)
    #expect(reader.readFloat().bitPattern == value.bitPattern)
  }

  @Test func aNumberMustFit() async {
    await #expect(processExitsWith: .failure) {
      var writer = BitWriter()
      writer.write(4, width: 2)
    }
  }

  @Test func theBytesMustNotEndEarly() async {
    await #expect(processExitsWith: .failure) {
      var reader = BitReader([1, 2])
      _ = reader.read(width: 17)
    }
  }
}
