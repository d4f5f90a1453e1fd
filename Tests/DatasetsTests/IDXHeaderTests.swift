import Testing

@testable import Datasets

struct IDXHeaderTests {
  /// The first 16 bytes of Fashion-MNIST's training images, as `xxd -l 16` shows them.
  let fashion: [UInt8] = [0, 0, 8, 3, 0, 0, 0xea, 0x60, 0, 0, 0, 0x1c, 0, 0, 0, 0x1c]
  let header = IDXHeader(dimensions: [60_000, 28, 28])

  @Test func countsBytes() {
    #expect(header.byteCount == 16)
    #expect(header.elementCount == 47_040_000)
    #expect(IDXHeader(dimensions: [10_000]).byteCount == 8)
  }

  @Test func acceptsItsOwnBytes() throws {
    try header.check(fashion, path: "f")
  }

  @Test func refusesAShortHeader() {
    #expect(
      throws: DatasetError.truncated(
        path: "f", expectedByteCount: 47_040_016, foundByteCount: 15)
    ) {
      try header.check(Array(fashion.dropLast()), path: "f")
    }
  }

  @Test func refusesAnotherMagicNumber() {
    var bytes = fashion
    bytes[3] = 1
    #expect(
      throws: DatasetError.wrongMagic(path: "f", expected: 0x0000_0803, found: 0x0000_0801)
    ) {
      try header.check(bytes, path: "f")
    }
  }

  @Test func refusesAnotherShape() {
    var bytes = fashion
    bytes[11] = 32
    #expect(
      throws: DatasetError.wrongDimensions(
        path: "f", expected: [60_000, 28, 28], found: [60_000, 32, 28])
    ) {
      try header.check(bytes, path: "f")
    }
  }
}
