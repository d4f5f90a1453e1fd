import Crypto

/// The bytes of a file one at a time, unpacked where it is packed by gzip, and their sum.
struct SummedBytes: ~Copyable {
  private var file: UnpackedFile
  private var sum = SHA256()
  private var chunk: [UInt8] = []
  /// The place in ``chunk`` of the next byte.
  private var next = 0
  /// How many bytes came before ``chunk``.
  private var passed = 0

  var path: String { file.path }

  /// How many bytes were taken.
  var offset: Int { passed + next }

  init(path: String) throws(DatasetError) {
    file = try UnpackedFile(path: path)
  }

  /// Passes over the mark that some programs put before UTF-8 text.
  static func ofText(at path: String) throws(DatasetError) -> SummedBytes {
    var bytes = try SummedBytes(path: path)
    let mark: [UInt8] = [0xef, 0xbb, 0xbf]
    if try bytes.peek() != nil, bytes.chunk.starts(with: mark) { bytes.next = mark.count }
    return bytes
  }

  /// The next byte, which stays; nil at the end.
  mutating func peek() throws(DatasetError) -> UInt8? {
    if next == chunk.count {
      passed += chunk.count
      next = 0
      chunk = try file.read(1 << 16)
      sum.update(data: chunk)
    }
    return next < chunk.count ? chunk[next] : nil
  }

  /// The next byte; nil at the end.
  mutating func take() throws(DatasetError) -> UInt8? {
    guard let byte = try peek() else { return nil }
    next += 1
    return byte
  }

  /// All bytes that were not taken yet.
  mutating func takeRest() throws(DatasetError) -> [UInt8] {
    var rest: [UInt8] = []
    while try peek() != nil {
      rest += chunk[next...]
      next = chunk.count
    }
    return rest
  }

  /// The SHA-256 of all bytes, 64 lower-case hexadecimal digits.
  consuming func sha256() throws(DatasetError) -> String {
    while try peek() != nil { next = chunk.count }
    guard try file.isAtEnd() else {
      throw .trailingBytes(path: path, expectedByteCount: offset)
    }
    return sum.finalize().hexadecimal
  }
}
