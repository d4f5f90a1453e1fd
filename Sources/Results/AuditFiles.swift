public import Foundation

/// The files of a finished audit, of whichever kind.
public struct AuditFiles: Sendable {
  public static let experimentName = "experiment.yaml"

  /// The text of the experiment.
  public let experiment: Data
  /// File names with their contents.
  public let contents: [(name: String, contents: Data)]
  private let table: Table

  private enum Table: String, CaseIterable {
    case membership = "membership.csv"
    case manyRuns = "many-runs.csv"

    var names: [String] {
      switch self {
      case .membership: [AuditFiles.experimentName, "roc.csv", rawValue]
      case .manyRuns: [AuditFiles.experimentName, "many-runs.json", rawValue]
      }
    }
  }

  /// Nil where the folder holds no finished audit.
  public init?(directory: String) throws(ResultsError) {
    guard let table = Table.allCases.first(where: { exists("\(directory)/\($0.rawValue)") })
    else { return nil }
    self.table = table
    var contents: [(name: String, contents: Data)] = []
    for name in table.names { contents.append((name, try read("\(directory)/\(name)"))) }
    self.contents = contents
    experiment = contents[0].contents
  }

  /// What the table says of each setting that it is about.
  public func claims() throws(ResultsError) -> [(setting: Int, claim: PrivacyClaim)] {
    let data = contents[contents.count - 1].contents
    var claims: [(setting: Int, claim: PrivacyClaim)] = []
    switch table {
    case .membership:
      for row in try CSV.decode(MembershipRow.self, from: data, file: table.rawValue) {
        claims.append((row.setting, row.claim))
      }
    case .manyRuns:
      for row in try CSV.decode(ManyRunRow.self, from: data, file: table.rawValue) {
        guard claims.last?.setting != row.setting || claims.last?.claim != row.claim else {
          continue
        }
        claims.append((row.setting, row.claim))
      }
    }
    return claims
  }
}
