import Foundation

/// A table in `Reference/`: lines that start with # say where its numbers come from.
struct ReferenceTable {
  let rows: [[String: Double]]

  init(_ name: String) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Reference").appending(path: name)
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      .filter { !$0.hasPrefix("#") }
      .map { $0.split(separator: ",").map(String.init) }
    guard let header = lines.first, lines.count > 1 else { throw Malformed(name: name) }
    rows = try lines.dropFirst().map { fields in
      let values = fields.compactMap { Double($0) }
      guard values.count == header.count else { throw Malformed(name: name) }
      return Dictionary(uniqueKeysWithValues: zip(header, values))
    }
  }

  struct Malformed: Error {
    let name: String
  }
}

extension [String: Double] {
  /// The value of a column that every row has.
  func column(_ name: String) throws -> Double {
    guard let value = self[name] else { throw ReferenceTable.Malformed(name: name) }
    return value
  }

  func count(_ name: String) throws -> Int { Int(try column(name)) }
}
