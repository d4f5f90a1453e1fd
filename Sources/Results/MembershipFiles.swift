public import Foundation

/// The files of an audit of membership, as bytes.
public struct MembershipFiles: Hashable, Sendable {
  /// The text of the experiment.
  public let experiment: Data
  public let membership: Data
  public let curves: Data

  public init(experiment: String, rows: [MembershipRow], points: [MembershipPoint]) {
    self.experiment = Data(experiment.utf8)
    membership = CSV.encode(rows)
    curves = CSV.encode(points)
  }

  public static let tableName = "membership.csv"

  /// File names with their contents, in the order in which they are written.
  public var byName: [(name: String, contents: Data)] {
    [(AuditFiles.experimentName, experiment), ("roc.csv", curves), (Self.tableName, membership)]
  }

  public func rows() throws(ResultsError) -> [MembershipRow] {
    try CSV.decode(MembershipRow.self, from: membership, file: Self.tableName)
  }

  public func points() throws(ResultsError) -> [MembershipPoint] {
    try CSV.decode(MembershipPoint.self, from: curves, file: "roc.csv")
  }
}
