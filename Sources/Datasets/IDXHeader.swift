/// The header of an IDX file of unsigned bytes: two zero bytes, the element type 0x08, the number
/// of dimensions, then each dimension as a big-endian 32-bit integer.
///
/// LeCun, Cortes, Burges: The MNIST database, "The IDX file format" (1998).
struct IDXHeader: Hashable {
  let dimensions: [Int]

  var byteCount: Int { 4 + 4 * dimensions.count }

  var elementCount: Int { dimensions.reduce(1, *) }

  var magic: UInt32 { 0x0000_0800 | UInt32(dimensions.count) }

  var bytes: [UInt8] {
    ([magic] + dimensions.map { UInt32($0) }).flatMap { word in
      stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> UInt32($0)) }
    }
  }

  /// Refuses `bytes`, the first bytes of the file at `path`, unless they are this very header.
  func check(_ bytes: [UInt8], path: String) throws(DatasetError) {
    guard bytes.count == byteCount else {
      throw .truncated(
        path: path, expectedByteCount: byteCount + elementCount, foundByteCount: bytes.count)
    }
    let words = stride(from: 0, to: byteCount, by: 4).map { start in
      bytes[start..<start + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    }
    guard words[0] == magic else {
      throw .wrongMagic(path: path, expected: magic, found: words[0])
    }
    let found = words.dropFirst().map { Int($0) }
    guard found == dimensions else {
      throw .wrongDimensions(path: path, expected: dimensions, found: found)
    }
  }
}
