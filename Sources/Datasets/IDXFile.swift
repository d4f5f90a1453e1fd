import Crypto

/// A reader of one IDX file of a known data set.
struct IDXFile {
  let expected: DatasetFile
  let path: String
  let header: IDXHeader
  let elementBound: Int

  /// Finds the file in `folder`, under its name with `.gz` or without.
  ///
  /// - Precondition: an IDX file is expected.
  init(_ expected: DatasetFile, of dataset: KnownDataset, in folder: String) throws(DatasetError) {
    guard case .idx(let dimensions, let elementBound) = expected.content else {
      preconditionFailure("\(expected.name) is no IDX file")
    }
    self.expected = expected
    self.elementBound = elementBound
    header = IDXHeader(dimensions: dimensions)
    path = try expected.path(in: folder, of: dataset)
  }

  /// Reads the header alone and checks it.
  func checkHeader() throws(DatasetError) {
    var file = try UnpackedFile(path: path)
    try header.check(try file.read(header.byteCount), path: path)
  }

  /// Reads and checks everything, and returns what follows the header.
  func elements() throws(DatasetError) -> [UInt8] {
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
    if let bound = UInt8(exactly: elementBound),
      let position = elements.firstIndex(where: { $0 >= bound })
    {
      throw .labelOutOfRange(
        path: path, label: elements[position], position: position,
        classCount: elementBound)
    }
    var sum = SHA256()
    sum.update(data: headerBytes)
    sum.update(data: elements)
    try expected.check(sha256: sum.finalize().hexadecimal, path: path)
    return elements
  }
}
