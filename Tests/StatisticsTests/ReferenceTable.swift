import Foundation

/// A table in `Reference/`, cell by cell lists of numbers: lines that start with # say where they come
/// from.
struct ReferenceTable {
  let rows: [Row]

  struct Row: CustomStringConvertible {
    fileprivate let cells: [String: [Double]]

    /// Numbers that `;` separates.
    func list(_ column: String) throws -> [Double] {
      guard let values = cells[column] else { throw Malformed(what: column) }
      return values
    }

    func number(_ column: String) throws -> Double {
      let values = try list(column)
      guard values.count == 1 else { throw Malformed(what: column) }
      return values[0]
    }

    var description: String { "\(cells)" }
  }

  init(_ name: String) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Reference/\(name)")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      .filter { !$0.hasPrefix("#") }
      .map { $0.split(separator: ",") }
    guard let header = lines.first?.map(String.init), lines.count > 1 else {
      throw Malformed(what: name)
    }
    rows = try lines.dropFirst().map { cells in
      let lists = try cells.map { cell in
        try cell.split(separator: ";").map { number in
          guard let value = Double(number) else { throw Malformed(what: String(number)) }
          return value
        }
      }
      guard lists.count == header.count else { throw Malformed(what: name) }
      return Row(cells: Dictionary(uniqueKeysWithValues: zip(header, lists)))
    }
  }

  struct Malformed: Error {
    let what: String
  }
}
