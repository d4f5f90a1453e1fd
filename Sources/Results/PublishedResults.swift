/// The published results that are known, in the order of their file.
public struct PublishedResults: Sendable {
  public let path: String
  public let rows: [PublishedRow]

  /// Reads a CSV file of ``PublishedRow``. Errors name its line and column.
  public init(path: String) throws(ResultsError) {
    let rows = try CSV.decode(PublishedRow.self, from: try read(path), file: path)
    self.path = path
    self.rows = rows
    var ids: Set<String> = []
    for row in rows where !ids.insert(row.id).inserted {
      throw .unreadable(
        file: Self.location(of: rows.lastIndex { $0.id == row.id }!, in: path),
        reason: "id \"\(row.id)\" stands twice")
    }
  }

  /// The file and line of a row, for errors.
  public func location(of row: PublishedRow) -> String {
    rows.firstIndex { $0.id == row.id }.map { Self.location(of: $0, in: path) } ?? path
  }

  private static func location(of index: Int, in path: String) -> String { "\(path):\(index + 2)" }
}
