internal import Foundation
internal import SwiftCSV

/// A value that a CSV cell can hold.
protocol CSVCell {
  /// Unquoted text; a number is its shortest decimal that reads back to the same bits.
  var csvText: String { get }
  var value: TableValue { get }
}

extension String: CSVCell {
  var csvText: String { self }
  var value: TableValue { .text(self) }
}

extension Int: CSVCell {
  var csvText: String { String(self) }
  var value: TableValue { .integer(self) }
}

extension Double: CSVCell {
  var csvText: String {
    if isNaN { return "nan" }
    if isInfinite { return self > 0 ? "inf" : "-inf" }
    if self == 0 && sign == .minus { return "-0" }
    return self == rounded() && abs(self) < 0x1p53 ? String(Int64(self)) : description
  }

  var value: TableValue { .number(self) }
}

extension Optional: CSVCell where Wrapped: CSVCell {
  /// Empty for what was not measured.
  var csvText: String { self?.csvText ?? "" }
  var value: TableValue { self?.value ?? .missing }
}

/// A type whose values are the rows of one CSV file (RFC 4180, UTF-8, lines ending in LF).
protocol CSVRow {
  static var header: [String] { get }
  var cells: [any CSVCell] { get }
  /// Columns behind the others, in files of which a row has something to say there.
  static var addedHeader: [String] { get }
  var addedCells: [any CSVCell]? { get }
  init(_ row: CSVFields) throws(ResultsError)
}

extension CSVRow {
  static var addedHeader: [String] { [] }
  var addedCells: [any CSVCell]? { nil }

  /// All cells of the row in a file with added columns.
  var allCells: [any CSVCell] {
    cells + (addedCells ?? Self.addedHeader.map { _ in String?.none })
  }
}

enum CSV {
  static func encode<Row: CSVRow>(_ rows: [Row]) -> Data {
    let isWide = rows.contains { $0.addedCells != nil }
    let lines =
      [line(Row.header + (isWide ? Row.addedHeader : []))]
      + rows.map { line((isWide ? $0.allCells : $0.cells).map(\.csvText)) }
    return Data(lines.joined().utf8)
  }

  static func decode<Row: CSVRow>(
    _ type: Row.Type, from data: Data, file: String
  ) throws(ResultsError) -> [Row] {
    let records = try records(in: data, file: file)
    let header = Row.header + (hasAddedColumns(Row.self, records.first) ? Row.addedHeader : [])
    guard records.first == header else {
      throw .unreadable(
        file: "\(file):1", reason: headerProblem(records.first ?? [], expected: Row.header))
    }
    var rows: [Row] = []
    for (index, cells) in records.enumerated().dropFirst() {
      let place = "\(file):\(index + 1)"
      guard cells.count == header.count else {
        throw .unreadable(
          file: place, reason: "\(cells.count) fields where the header has \(header.count)")
      }
      rows.append(
        try Row(
          CSVFields(
            place: place, values: Dictionary(uniqueKeysWithValues: zip(header, cells)))))
    }
    return rows
  }

  private static func hasAddedColumns<Row: CSVRow>(
    _ type: Row.Type, _ header: [String]?
  ) -> Bool {
    header?.count == Row.header.count + Row.addedHeader.count
  }

  private static func headerProblem(_ found: [String], expected: [String]) -> String {
    let place = zip(found, expected).prefix { $0 == $1 }.count
    let name = place < found.count ? "is \"\(found[place])\"" : "is missing"
    let wanted = place < expected.count ? "where \(expected[place]) belongs" : "behind the last"
    return
      "its header is not \(expected.joined(separator: ",")): column \(place + 1) \(name), \(wanted)"
  }

  private static func records(in data: Data, file: String) throws(ResultsError) -> [[String]] {
    guard let text = String(validating: data, as: UTF8.self) else {
      throw .unreadable(file: file, reason: "it is not UTF-8")
    }
    guard text.last?.isNewline == true else {
      throw .unreadable(file: file, reason: "its last line has no end; the file was cut off")
    }
    var records: [[String]] = []
    do {
      // Row by row: the whole table at once would fill short rows up and hide what was cut.
      let table = try EnumeratedCSV(
        string: text, delimiter: .comma, loadColumns: false, rowLimit: 0)
      try table.enumerateAsArray(startAt: 0, rowLimit: nil) { records.append($0) }
    } catch {
      let reason =
        switch error as? CSVParseError {
        case .generic(let message), .quotation(let message): message
        case nil: "\(error)"
        }
      throw .unreadable(file: "\(file):\(records.count + 1)", reason: reason)
    }
    return records
  }

  private static func line(_ cells: [String]) -> String {
    cells.map(quoted).joined(separator: ",") + "\n"
  }

  /// Spaces at an end are quoted too, which RFC 4180 keeps and many readers drop.
  private static func quoted(_ cell: String) -> String {
    let isPlain = !cell.contains { $0 == "," || $0 == "\"" || $0.isNewline }
    guard !isPlain || cell.first?.isWhitespace == true || cell.last?.isWhitespace == true else {
      return cell
    }
    return "\"" + cell.replacingOccurrences(of: "\"", with: "\"\"") + "\""
  }
}

/// The fields of one row while it is read.
struct CSVFields {
  let place: String
  let values: [String: String]

  func text(_ column: String) -> String { values[column] ?? "" }

  func double(_ column: String) throws(ResultsError) -> Double {
    guard let value = try optionalDouble(column) else {
      throw .unreadable(file: place, reason: "\(column) is empty")
    }
    return value
  }

  func optionalDouble(_ column: String) throws(ResultsError) -> Double? {
    let text = text(column)
    guard !text.isEmpty else { return nil }
    guard let value = Double(text) else {
      throw .unreadable(file: place, reason: "\(column) is \"\(text)\", not a number")
    }
    return value
  }

  func int(_ column: String) throws(ResultsError) -> Int {
    guard let value = Int(text(column)) else {
      throw .unreadable(file: place, reason: "\(column) is \"\(text(column))\", not a whole number")
    }
    return value
  }

  func optionalText(_ column: String) -> String? {
    let text = text(column)
    return text.isEmpty ? nil : text
  }

  func requiredText(_ column: String) throws(ResultsError) -> String {
    guard let text = optionalText(column) else {
      throw .unreadable(file: place, reason: "\(column) is empty")
    }
    return text
  }

  /// One of several names; nil where the field is empty.
  func optionalChoice<Choice: RawRepresentable<String> & CaseIterable>(
    _ column: String
  ) throws(ResultsError) -> Choice? {
    guard let name = optionalText(column) else { return nil }
    guard let choice = Choice(rawValue: name) else {
      let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw .unreadable(
        file: place, reason: "\(column) \"\(name)\" is not known; it is one of \(names)")
    }
    return choice
  }

  func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ column: String
  ) throws(ResultsError) -> Choice {
    guard let choice: Choice = try optionalChoice(column) else {
      throw .unreadable(file: place, reason: "\(column) is empty")
    }
    return choice
  }

  /// Throws with the reason unless the field's value is as it should be.
  func check(
    _ isAllowed: Bool, _ column: String, _ allowed: String
  ) throws(ResultsError) {
    guard isAllowed else {
      throw .unreadable(
        file: place, reason: "\(column) is \"\(text(column))\"; it must be \(allowed)")
    }
  }
}
