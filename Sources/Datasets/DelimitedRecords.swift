import Crypto

/// The records of a delimited text file, one at a time, with the lines on which they begin.
///
/// SwiftCSV, which the result files are read with, takes a whole file as one text, knows no line
/// numbers, and accepts a file that ends inside of quotes; so this is a reader of its own.
struct DelimitedRecords: ~Copyable {
  private let dialect: TableDialect
  private var file: UnpackedFile
  private var sum = SHA256()
  private var byteCount = 0
  private var chunk: ArraySlice<UInt8> = []
  /// The line of the next byte.
  private var line = 1
  private var value: [UInt8] = []

  init(path: String, dialect: TableDialect) throws(DatasetError) {
    self.dialect = dialect
    file = try UnpackedFile(path: path)
    let mark: [UInt8] = [0xef, 0xbb, 0xbf]
    try fill()
    if chunk.starts(with: mark) { chunk = chunk.dropFirst(mark.count) }
    while line <= dialect.skippedLines, let byte = try next() { _ = try endsLine(byte) }
  }

  /// The next record, or nil at the end of the file. A line with nothing in it is a record of one
  /// empty value.
  mutating func record() throws(DatasetError) -> (line: Int, values: [String])? {
    try fill()
    guard !chunk.isEmpty else { return nil }
    let start = line
    var values: [String] = []
    while true {
      let isLast = try readValue(recordAt: start)
      guard let text = String(validating: value, as: UTF8.self) else {
        throw fault(.notUTF8, at: start)
      }
      values.append(text)
      if isLast { return (start, values) }
    }
  }

  /// The SHA-256 of the unpacked bytes, once all records were read.
  consuming func sha256() throws(DatasetError) -> String {
    guard try file.isAtEnd() else {
      throw .trailingBytes(path: file.path, expectedByteCount: byteCount)
    }
    return sum.finalize().hexadecimal
  }

  /// Reads one value and what ends it, and says whether that was the end of the record.
  private mutating func readValue(recordAt start: Int) throws(DatasetError) -> Bool {
    value.removeAll(keepingCapacity: true)
    var byte = try next()
    while let space = byte, isTrimmed(space) { byte = try next() }
    guard byte == UInt8(ascii: "\"") else {
      while let plain = byte, plain != dialect.delimiter, !(try endsLine(plain)) {
        guard plain != UInt8(ascii: "\"") else { throw fault(.misplacedQuote, at: start) }
        value.append(plain)
        byte = try next()
      }
      while let last = value.last, isTrimmed(last) { value.removeLast() }
      return byte != dialect.delimiter
    }
    while true {
      guard let inner = try next() else { throw fault(.unterminatedQuote, at: start) }
      if inner == UInt8(ascii: "\"") {
        byte = try next()
        guard byte == UInt8(ascii: "\"") else { break }
      } else {
        // Counts the line; the bytes are part of the value as they are.
        if inner == UInt8(ascii: "\n") { line += 1 }
      }
      value.append(inner)
    }
    while let space = byte, isTrimmed(space) { byte = try next() }
    guard let end = byte else { return true }
    if end == dialect.delimiter { return false }
    guard try endsLine(end) else { throw fault(.misplacedQuote, at: start) }
    return true
  }

  private func isTrimmed(_ byte: UInt8) -> Bool {
    dialect.trimsSpaces && (byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t"))
  }

  /// Whether the byte just read ends a line; reads the LF of a CRLF as well.
  private mutating func endsLine(_ byte: UInt8) throws(DatasetError) -> Bool {
    guard byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") else { return false }
    line += 1
    if byte == UInt8(ascii: "\r") {
      try fill()
      if chunk.first == UInt8(ascii: "\n") { chunk.removeFirst() }
    }
    return true
  }

  private mutating func next() throws(DatasetError) -> UInt8? {
    try fill()
    return chunk.popFirst()
  }

  /// Has a byte in ``chunk``, unless the file has ended.
  private mutating func fill() throws(DatasetError) {
    guard chunk.isEmpty else { return }
    chunk = try file.read(1 << 16)[...]
    sum.update(data: chunk)
    byteCount += chunk.count
  }

  private func fault(_ problem: TableError.Problem, at line: Int) -> DatasetError {
    .table(TableError(problem, path: file.path, line: line))
  }
}
