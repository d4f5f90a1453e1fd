import Foundation
import Results

/// The lines of a file, one in memory at a time.
final class LineReader {
  private let file: String
  private let stream: UnsafeMutablePointer<FILE>
  private var buffer: UnsafeMutablePointer<CChar>?
  private var capacity = 0

  /// Opens a file, or standard input for `-`.
  init(file: String) throws {
    self.file = file
    guard let stream = fopen(file == "-" ? "/dev/stdin" : file, "r") else {
      throw ResultsError.cannotRead(path: file, reason: String(cString: strerror(errno)))
    }
    self.stream = stream
  }

  deinit {
    free(buffer)
    fclose(stream)
  }

  /// Without the line's end; nil at the end of the file.
  func next() throws -> Data? {
    let count = getline(&buffer, &capacity, stream)
    guard count >= 0, let buffer else {
      guard ferror(stream) == 0 else {
        throw ResultsError.cannotRead(path: file, reason: String(cString: strerror(errno)))
      }
      return nil
    }
    let line = Data(bytes: buffer, count: count)
    return line.last == UInt8(ascii: "\n") ? line.dropLast() : line
  }
}
