import Crypto

/// A reader of one file of text of a known data set.
struct TextFile {
  let expected: DatasetFile
  let path: String

  /// Finds the file in `folder`, under its name with `.gz` or without.
  init(_ expected: DatasetFile, of dataset: KnownDataset, in folder: String) throws(DatasetError) {
    self.expected = expected
    path = try expected.path(in: folder, of: dataset)
  }

  /// Opens the file and reads the first of it.
  func checkStart() throws(DatasetError) { _ = try UnpackedFile(path: path) }

  /// Reads everything and checks it.
  func contents() throws(DatasetError) -> [UInt8] {
    var file = try UnpackedFile(path: path)
    let count = expected.unpackedByteCount
    let bytes = try file.read(count)
    guard bytes.count == count else {
      throw .truncated(path: path, expectedByteCount: count, foundByteCount: bytes.count)
    }
    guard try file.isAtEnd() else { throw .trailingBytes(path: path, expectedByteCount: count) }
    try expected.check(sha256: SHA256.hash(data: bytes).hexadecimal, path: path)
    return bytes
  }
}
