public import Foundation

/// The files of an audit by many runs, as bytes.
public struct ManyRunFiles: Hashable, Sendable {
  /// The text of the experiment.
  public let experiment: Data
  public let table: Data
  public let rows: [ManyRunRow]

  public init(experiment: String, rows: [ManyRunRow]) {
    self.experiment = Data(experiment.utf8)
    self.rows = rows
    table = CSV.encode(rows)
  }

  public static let tableName = "many-runs.csv"

  /// File names with their contents, in the order in which they are written.
  public func byName() throws(ResultsError) -> [(name: String, contents: Data)] {
    [
      (AuditFiles.experimentName, experiment), ("many-runs.json", try CanonicalJSON.document(rows)),
      (Self.tableName, table),
    ]
  }

  public static func read(_ table: Data, file: String) throws(ResultsError) -> [ManyRunRow] {
    try CSV.decode(ManyRunRow.self, from: table, file: file)
  }
}
