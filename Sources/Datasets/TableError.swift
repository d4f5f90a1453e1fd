/// What is wrong with a table of text, and where.
public struct TableError: Error, Hashable, Sendable {
  public let path: String
  /// From 1: where the record begins; nil where the whole file is meant.
  public let line: Int?
  /// nil where the whole record is meant.
  public let column: String?
  public let problem: Problem

  public enum Problem: Hashable, Sendable {
    case notUTF8
    /// The file ends inside of quotes.
    case unterminatedQuote
    /// A quote inside of a value without quotes, or something behind a closing quote.
    case misplacedQuote
    case fieldCount(expected: Int, found: Int)
    /// The header names a column twice.
    case repeatedColumn
    /// The header lacks a declared column.
    case absentColumn(header: [String])
    /// The header names a column that is not declared.
    case undeclaredColumn
    case missingLabel
    case missingUser
    /// A value is missing where nothing stands in for it.
    case missingValue
    case unknownLabel(String, known: [String])
    case unknownCategory(String, known: [String])
    case notANumber(String)
  }

  public init(_ problem: Problem, path: String, line: Int? = nil, column: String? = nil) {
    self.path = path
    self.line = line
    self.column = column
    self.problem = problem
  }
}

extension TableError: CustomStringConvertible {
  public var description: String {
    let place = line.map { "\(path):\($0)" } ?? path
    return column.map { "\(place): column \($0): \(problem)" } ?? "\(place): \(problem)"
  }
}

extension TableError.Problem: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notUTF8: "is not UTF-8 text. Convert it, for example with `iconv -t UTF-8`."
    case .unterminatedQuote: "the file ends inside of quotes that begin in this record."
    case .misplacedQuote:
      "a quote stands inside of a value, or something follows a closing quote. Put the whole value "
        + "in quotes, and double the quotes in it."
    case .fieldCount(let expected, let found):
      "expected \(expected) values, found \(found). Check the delimiter, and quotes around values "
        + "that hold one."
    case .repeatedColumn: "the header names it twice."
    case .absentColumn(let header):
      "is declared, and not in the header: \(header.joined(separator: ", "))."
    case .undeclaredColumn: "is in the header, and not declared. Declare what it is, or ignore it."
    case .missingLabel: "the label is missing. Remove the row."
    case .missingUser: "it does not say whose row this is. Remove the row."
    case .missingValue:
      "the value is missing. Declare what stands in for a missing value, or remove the row."
    case .unknownLabel(let text, let known):
      "\"\(text)\" is not a class. Declared: \(known.joined(separator: ", "))."
    case .unknownCategory(let text, let known):
      "\"\(text)\" is not a category. Declared: \(known.joined(separator: ", "))."
    case .notANumber(let text): "\"\(text)\" is not a finite decimal number."
    }
  }
}
