/// The records of a delimited text file, one at a time, with the lines on which they begin.
///
/// SwiftCSV, which result files are read with, takes a whole file as one text, drops spaces, knows no
/// line numbers, and accepts a file that ends inside of quotes; so tables have a reader of their own.
struct DelimitedRecords: ~Copyable {
  private let dialect: TableDialect
  private var bytes: SummedBytes
  /// The line of the next byte.
  private var line = 1
  private var value: [UInt8] = []

  init(path: String, dialect: TableDialect) throws(DatasetError) {
    self.dialect = dialect
    bytes = try SummedBytes.ofText(at: path)
  }

  /// The next record, or nil at the end of the file. A line with nothing in it is a record of one
  /// empty value.
  mutating func record() throws(DatasetError) -> (line: Int, values: [String])? {
    while line <= dialect.skippedLines, let byte = try bytes.take() { _ = try endsLine(byte) }
    guard try bytes.peek() != nil else { return nil }
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

  /// Of the whole file, unpacked.
  consuming func sha256() throws(DatasetError) -> String { try bytes.sha256() }

  /// Reads one value and what ends it, and says whether that was the end of the record.
  private mutating func readValue(recordAt start: Int) throws(DatasetError) -> Bool {
    value.removeAll(keepingCapacity: true)
    guard let first = try takeTrimmed() else { return true }
    return first == UInt8(ascii: "\"")
      ? try readQuoted(recordAt: start) : try readPlain(from: first, recordAt: start)
  }

  private mutating func readPlain(
    from first: UInt8, recordAt start: Int
  ) throws(DatasetError) -> Bool {
    var next: UInt8? = first
    while let byte = next, byte != dialect.delimiter, !(try endsLine(byte)) {
      guard byte != UInt8(ascii: "\"") else { throw fault(.misplacedQuote, at: start) }
      value.append(byte)
      next = try bytes.take()
    }
    while let last = value.last, isTrimmed(last) { value.removeLast() }
    return next != dialect.delimiter
  }

  private mutating func readQuoted(recordAt start: Int) throws(DatasetError) -> Bool {
    while true {
      guard let byte = try bytes.take() else { throw fault(.unterminatedQuote, at: start) }
      if byte == UInt8(ascii: "\"") {
        guard try bytes.peek() == byte else { break }
        _ = try bytes.take()
      }
      value.append(byte)
      // Counted as they are elsewhere: CR and LF, but not the LF of CRLF.
      let isSecondHalf =
        byte == UInt8(ascii: "\n") && value.dropLast().last == UInt8(ascii: "\r")
      if byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n") && !isSecondHalf { line += 1 }
    }
    guard let end = try takeTrimmed() else { return true }
    if end == dialect.delimiter { return false }
    guard try endsLine(end) else { throw fault(.misplacedQuote, at: start) }
    return true
  }

  /// The next byte behind spaces that are trimmed.
  private mutating func takeTrimmed() throws(DatasetError) -> UInt8? {
    while let byte = try bytes.take() {
      if !isTrimmed(byte) { return byte }
    }
    return nil
  }

  private func isTrimmed(_ byte: UInt8) -> Bool {
    dialect.trimsSpaces && (byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t"))
  }

  /// Whether the byte just taken ends a line; takes the LF of a CRLF as well.
  private mutating func endsLine(_ byte: UInt8) throws(DatasetError) -> Bool {
    guard byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") else { return false }
    line += 1
    guard byte == UInt8(ascii: "\r"), try bytes.peek() == UInt8(ascii: "\n") else { return true }
    _ = try bytes.take()
    return true
  }

  private func fault(_ problem: TableError.Problem, at line: Int) -> DatasetError {
    .table(TableError(problem, path: bytes.path, line: line))
  }
}
