internal import Foundation

/// `reproduction.csv`: every published result that was run here, in the order of the published file.
public struct ReproductionFile: Sendable {
  public let path: String

  public init(path: String) { self.path = path }

  /// Empty where there is no file yet.
  public func rows() throws(ResultsError) -> [ReproductionRow] {
    guard exists(path) else { return [] }
    return try CSV.decode(ReproductionRow.self, from: try read(path), file: path)
  }

  /// Puts rows in, in the place of those of the same ids, and keeps the others. The file is replaced in
  /// one step. Rows that `published` no longer has come last.
  public func record(
    _ rows: [ReproductionRow], orderedBy published: PublishedResults
  ) throws(ResultsError) {
    let ids = Set(rows.map(\.published.id))
    let kept = try self.rows().filter { !ids.contains($0.published.id) }
    let places = Dictionary(
      uniqueKeysWithValues: published.rows.enumerated().map { ($1.id, $0) })
    func place(_ row: ReproductionRow) -> (Int, String) {
      (places[row.published.id] ?? places.count, row.published.id)
    }
    try makeDirectory(folder(of: path))
    try writeAtomically(
      CSV.encode((kept + rows).sorted { place($0) < place($1) }), to: path)
  }
}
