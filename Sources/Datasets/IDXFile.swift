import Crypto
import Foundation

/// A reader of one IDX file of a known data set.
struct IDXFile {
  let expected: DatasetFile
  let path: String

  /// Finds the file in `folder`, under its name with `.gz` or without.
  init(_ expected: DatasetFile, of dataset: KnownDataset, in folder: String) throws(DatasetError) {
    self.expected = expected
    let candidates = [".gz", ""].map { "\(folder)/\(expected.name)\($0)" }
    guard let path = candidates.first(where: { FileManager.default.fileExists(atPath: $0) }) else {
      throw .fileMissing(name: expected.name, folder: folder, dataset: dataset)
    }
    self.path = path
  }

  /// Reads the header alone and checks it.
  func checkHeader() throws(DatasetError) {
    var file = try UnpackedFile(path: path)
    try expected.header.check(try file.read(expected.header.byteCount), path: path)
  }

  /// Reads and checks everything, and returns what follows the header.
  func elements() throws(DatasetError) -> [UInt8] {
    let header = expected.header
    var file = try UnpackedFile(path: path)
    let headerBytes = try file.read(header.byteCount)
    try header.check(headerBytes, path: path)
    let elements = try file.read(header.elementCount)
    guard elements.count == header.elementCount else {
      throw .truncated(
        path: path, expectedByteCount: expected.unpackedByteCount,
        foundByteCount: header.byteCount + elements.count)
    }
    guard try file.isAtEnd() else {
      throw .trailingBytes(path: path, expectedByteCount: expected.unpackedByteCount)
    }
    if let bound = UInt8(exactly: expected.elementBound),
      let position = elements.firstIndex(where: { $0 >= bound })
    {
      throw .labelOutOfRange(
        path: path, label: elements[position], position: position,
        classCount: expected.elementBound)
    }
    var sum = SHA256()
    sum.update(data: headerBytes)
    sum.update(data: elements)
    let found = sum.finalize().hexadecimal
    guard found == expected.sha256 else {
      throw .wrongChecksum(path: path, expected: expected.sha256, found: found)
    }
    return elements
  }
}
