import Foundation

/// The bytes of a file in order, unpacked if it is a gzip file.
///
/// A gzip file is known by its first two bytes, not by its name: some downloaders unpack a file and
/// leave its name as it was.
struct UnpackedFile: ~Copyable {
  let path: String
  private let handle: FileHandle
  private let isPacked: Bool
  private var decoder = Inflater(.gzip)
  /// Bytes read from the file and not yet unpacked.
  private var input: ArraySlice<UInt8>

  init(path: String) throws(DatasetError) {
    let handle: FileHandle
    do {
      handle = try FileHandle(forReadingFrom: URL(filePath: path))
    } catch {
      throw .unreadable(path: path, reason: Self.reason(of: error))
    }
    let input = try Self.chunk(of: handle, path: path)
    self.path = path
    self.handle = handle
    self.input = input
    isPacked = input.starts(with: [0x1f, 0x8b])
  }

  /// The next `count` bytes, or as many as there are.
  mutating func read(_ count: Int) throws(DatasetError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count, !decoder.isFinished {
      if input.isEmpty { input = try Self.chunk(of: handle, path: path) }
      if input.isEmpty { break }
      filled += try unpack(into: &bytes, from: filled)
    }
    bytes.removeSubrange(filled...)
    return bytes
  }

  /// Whether nothing is left, neither unpacked bytes nor anything behind the gzip stream.
  ///
  /// Reading on to the end also makes zlib compare the stream's own length and CRC-32.
  mutating func isAtEnd() throws(DatasetError) -> Bool {
    guard try read(1).isEmpty else { return false }
    if input.isEmpty { input = try Self.chunk(of: handle, path: path) }
    guard input.isEmpty else { return false }
    if isPacked && !decoder.isFinished {
      throw .damagedGzip(path: path, reason: "the stream ends early")
    }
    return true
  }

  private mutating func unpack(
    into bytes: inout [UInt8], from start: Int
  ) throws(DatasetError) -> Int {
    guard isPacked else {
      let count = min(input.count, bytes.count - start)
      bytes.replaceSubrange(start..<start + count, with: input.prefix(count))
      input = input.dropFirst(count)
      return count
    }
    do {
      return try decoder.decode(&input, into: &bytes, from: start)
    } catch {
      throw .damagedGzip(path: path, reason: error.reason)
    }
  }

  private static func chunk(
    of handle: FileHandle, path: String
  ) throws(DatasetError) -> ArraySlice<UInt8> {
    do {
      return try handle.read(upToCount: 1 << 18).map { ArraySlice($0) } ?? []
    } catch {
      throw .unreadable(path: path, reason: reason(of: error))
    }
  }

  /// The system's own words, such as "Is a directory".
  static func reason(of error: any Error) -> String {
    let cocoa = error as NSError
    let cause = cocoa.userInfo[NSUnderlyingErrorKey] as? NSError ?? cocoa
    return cause.domain == NSPOSIXErrorDomain
      ? String(cString: strerror(Int32(cause.code))) : cocoa.localizedDescription
  }
}
