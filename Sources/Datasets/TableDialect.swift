/// How a text file separates its values.
///
/// Values follow RFC 4180: a value in double quotes may hold delimiters, line ends and, doubled,
/// quotes; a quote anywhere else is an error. Lines end in LF, CRLF or CR.
public struct TableDialect: Hashable, Sendable {
  /// One ASCII character, neither a quote nor a line end.
  public let delimiter: UInt8

  /// Whether the first record names the columns.
  public let hasHeader: Bool

  /// Lines before the first record, whatever they hold.
  public let skippedLines: Int

  /// Whether spaces and tabs around a value are dropped, which RFC 4180 keeps.
  public let trimsSpaces: Bool

  /// - Throws: ``DatasetError/tableSchema(column:reason:)`` for a delimiter that cannot be one.
  public init(
    delimiter: Character = ",", hasHeader: Bool = true, skippedLines: Int = 0,
    trimsSpaces: Bool = false
  ) throws(DatasetError) {
    precondition(skippedLines >= 0, "a number of lines")
    guard let byte = delimiter.asciiValue, !"\"\r\n".utf8.contains(byte),
      !(trimsSpaces && "\t ".utf8.contains(byte))
    else {
      throw .tableSchema(
        column: nil,
        reason: "the delimiter must be one ASCII character, neither a quote nor a line end nor, "
          + "where spaces are trimmed, a space or tab; given \(delimiter.debugDescription)")
    }
    self.delimiter = byte
    self.hasHeader = hasHeader
    self.skippedLines = skippedLines
    self.trimsSpaces = trimsSpaces
  }
}
