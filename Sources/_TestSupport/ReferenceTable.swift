import Foundation

/// A table in the `Reference` folder of a test target: lines that start with # say where its numbers come
/// from.
public struct ReferenceTable {
  public let rows: [[String: Double]]

  /// - Parameter test: the file that asks, in the target's folder or one folder below.
  public init(_ name: String, for test: String = #filePath) throws {
    let folder = URL(filePath: test).deletingLastPathComponent()
    let folders = [folder, folder.deletingLastPathComponent()].map {
      $0.appending(path: "Reference")
    }
    let file = (folders.first { FileManager.default.fileExists(atPath: $0.path) } ?? folders[0])
      .appending(path: name)
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
  public func column(_ name: String) throws -> Double {
    guard let value = self[name] else { throw ReferenceTable.Malformed(name: name) }
    return value
  }

  /// The same as a whole number.
  public func count(_ name: String) throws -> Int { Int(try column(name)) }
}
