internal import Foundation
internal import SwiftCSV

/// A value that a CSV cell can hold.
protocol CSVCell {
  /// Unquoted text; a number is its shortest decimal that reads back to the same bits.
  var csvText: String { get }
}

extension String: CSVCell {
  var csvText: String { self }
}

extension Int: CSVCell {
  var csvText: String { String(self) }
}

extension Double: CSVCell {
  var csvText: String {
    if isNaN { return "nan" }
    if isInfinite { return self > 0 ? "inf" : "-inf" }
    return self == rounded() && abs(self) < 0x1p53 ? String(Int64(self)) : description
  }
}

extension Optional: CSVCell where Wrapped: CSVCell {
  /// Empty for what was not measured.
  var csvText: String { self?.csvText ?? "" }
}

/// A type whose values are the rows of one CSV file (RFC 4180, UTF-8, lines ending in LF).
protocol CSVRow {
  static var header: [String] { get }
  var cells: [any CSVCell] { get }
  init(_ row: CSVFields) throws(ResultsError)
}

enum CSV {
  static func encode<Row: CSVRow>(_ rows: [Row]) -> Data {
    let lines = [line(Row.header)] + rows.map { line($0.cells.map(\.csvText)) }
    return Data(lines.joined().utf8)
  }

  static func decode<Row: CSVRow>(
    _ type: Row.Type, from data: Data, file: String
  ) throws(ResultsError) -> [Row] {
    let table: EnumeratedCSV
    do {
      table = try EnumeratedCSV(
        string: String(decoding: data, as: UTF8.self), delimiter: .comma, loadColumns: false)
    } catch {
      throw .unreadable(file: file, reason: "\(error)")
    }
    guard table.header == Row.header else {
      throw .unreadable(
        file: file, reason: "its header is not \(Row.header.joined(separator: ","))")
    }
    var rows: [Row] = []
    for (index, cells) in table.rows.enumerated() {
      guard cells.count == Row.header.count else {
        throw .unreadable(
          file: "\(file):\(index + 2)",
          reason: "\(cells.count) fields where the header has \(Row.header.count)")
      }
      rows.append(
        try Row(
          CSVFields(
            place: "\(file):\(index + 2)",
            values: Dictionary(uniqueKeysWithValues: zip(Row.header, cells)))))
    }
    return rows
  }

  private static func line(_ cells: [String]) -> String {
    cells.map(quoted).joined(separator: ",") + "\n"
  }

  private static func quoted(_ cell: String) -> String {
    guard cell.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return cell }
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
}
