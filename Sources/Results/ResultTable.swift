public import Foundation

/// The tables of a finished run, as others read them.
public enum ResultTable: String, CaseIterable, Sendable {
  case trials
  case rounds
  case tradeoff

  public var fileName: String { "\(rawValue).csv" }

  /// Of every run, in the order of the file's header.
  public var columns: [TableColumn] {
    switch self {
    case .trials: TrialRow.tableColumns
    case .rounds: RoundRow.tableColumns
    case .tradeoff: TradeoffRow.tableColumns
    }
  }

  /// Behind the others, of runs that are audited.
  public var auditColumns: [TableColumn] {
    switch self {
    case .trials: TrialAudit.tableColumns
    case .rounds: []
    case .tradeoff: SettingAudit.tableColumns
    }
  }
}

/// A column of a table.
public struct TableColumn: Hashable, Sendable {
  public let name: String
  public let type: TableColumnType
  /// Whether no cell is empty.
  public let isRequired: Bool
  public let description: String
}

/// What the cells of a column are. A text may look like a number, such as a trial's `12e4567890123456`.
public enum TableColumnType: String, Sendable {
  case text
  case integer
  case number
}

private func text(_ name: String, _ description: String) -> TableColumn {
  TableColumn(name: name, type: .text, isRequired: true, description: description)
}

private func integer(_ name: String, _ description: String) -> TableColumn {
  TableColumn(name: name, type: .integer, isRequired: true, description: description)
}

private func number(_ name: String, _ description: String) -> TableColumn {
  TableColumn(name: name, type: .number, isRequired: true, description: description)
}

extension TableColumn {
  fileprivate static let trial = text(
    "trial", "the first 16 hexadecimal digits of the trial's fingerprint")
  fileprivate static let setting = integer("setting", "the setting's place in the sweep, from 0")
  fileprivate static let sweep = text(
    "sweep", "the swept values, path=value joined by semicolons; empty without a sweep"
  ).optional

  /// The same, whose cells may be empty.
  fileprivate var optional: TableColumn {
    TableColumn(name: name, type: type, isRequired: false, description: description)
  }
}

extension PrivacyClaim {
  fileprivate static let tableColumns = [
    number("epsilon_lower", "no accountant proves an epsilon below this; inf without noise"),
    number("epsilon_upper", "the guarantee, with all columns up to accountant; inf without noise"),
    number("delta", "the probability that epsilon does not cover"),
    number(
      "noise_multiplier",
      "standard deviation of the noise over the clipping norm; 0 without noise"),
    text("privacy_unit", "whose presence is protected: client or example"),
    text("neighboring_relation", "how neighboring data sets differ"),
    text("sampling", "how cohorts are drawn"),
    text("accountant", "whose theorem epsilon is"),
  ]

  fileprivate static let addedTableColumns = [
    number("epsilon_upper_rdp", "what the accountant rdp proves for the same releases").optional,
    text("precision_limit", "why the bounds on epsilon are far apart, where they are").optional,
  ]
}

extension LinkUse {
  fileprivate static func tableColumns(suffix: String, mean: String) -> [TableColumn] {
    [
      ("diagnostic_bytes_up", "bytes that clients sent\(mean); outside the guarantee"),
      ("diagnostic_bytes_down", "bytes that clients were sent\(mean); outside the guarantee"),
      (
        "diagnostic_participation",
        "reports over those of full cohorts\(mean); outside the guarantee"
      ),
      ("skipped_rounds", "rounds without a step for want of reports\(mean)"),
    ].map { number($0.0 + suffix, $0.1).optional }
  }
}

extension TrialAudit {
  fileprivate static let tableColumns =
    [confidenceColumn] + countColumns(of: "the trial")
    + [estimateColumn("")]

  fileprivate static let confidenceColumn = number(
    "audit_confidence", "how sure the lower bound of the audit is"
  ).optional

  fileprivate static func countColumns(of whom: String) -> [TableColumn] {
    [
      integer("audit_canaries", "canaries of \(whom), each under a fair coin").optional,
      integer("audit_guesses", "coins that are guessed from what was released").optional,
      integer("audit_correct", "guesses that are right").optional,
    ]
  }

  fileprivate static func estimateColumn(_ mean: String) -> TableColumn {
    number(
      "audit_epsilon_estimate", "an estimate of epsilon by cosines, and no bound\(mean)"
    ).optional
  }
}

extension SettingAudit {
  fileprivate static let tableColumns =
    [
      number(
        "audit_epsilon_lower", "what ran guarantees no epsilon below this, at audit_confidence"
      ).optional, TrialAudit.confidenceColumn,
    ] + TrialAudit.countColumns(of: "all replicates")
    + [TrialAudit.estimateColumn("; mean over replicates")]
}

extension TrialRow {
  fileprivate static let tableColumns: [TableColumn] =
    [.trial, .setting, integer("replicate", "from 0"), .sweep] + PrivacyClaim.tableColumns + [
      number("clipping_norm", "the largest norm of one contribution").optional,
      number("target_epsilon", "the epsilon that the noise was calibrated for").optional,
      integer("rounds", "how many releases there were"),
      text("evaluation_split", "which examples accuracy and loss are of"),
      number("accuracy", "after the last round, from 0 to 1"),
      number("loss", "after the last round").optional,
    ] + PrivacyClaim.addedTableColumns + LinkUse.tableColumns(suffix: "", mean: "")
}

extension RoundRow {
  fileprivate static let tableColumns: [TableColumn] = [
    .trial, integer("round", "from 1"),
    text("metric", "what was measured; diagnostic_ names are outside the guarantee"),
    number("value", "the measurement"),
  ]
}

extension TradeoffRow {
  fileprivate static let tableColumns: [TableColumn] =
    [.setting, .sweep] + PrivacyClaim.tableColumns + [
      number("accuracy_mean", "over replicates, from 0 to 1"),
      number("accuracy_standard_error", "of the mean").optional,
      number("accuracy_lower", "end of the 95 % Student interval of the mean").optional,
      number("accuracy_upper", "end of the 95 % Student interval of the mean").optional,
      integer("n", "replicates"),
    ] + PrivacyClaim.addedTableColumns
    + LinkUse.tableColumns(suffix: "_mean", mean: ", mean over replicates")
}

extension RunFiles {
  /// The columns of a table, in the order of its file's header.
  public func columns(of table: ResultTable) throws(ResultsError) -> [TableColumn] {
    table.columns + (try hasAudit ? table.auditColumns : [])
  }

  private var hasAudit: Bool {
    get throws(ResultsError) { try trialRows().contains { $0.audit != nil } }
  }

  /// The rows of a table, cell by cell in the order of ``columns(of:)``.
  public func values(of table: ResultTable) throws(ResultsError) -> [[TableValue]] {
    let rows: [any CSVRow] =
      switch table {
      case .trials: try trialRows()
      case .rounds: try roundRows()
      case .tradeoff: try tradeoffRows()
      }
    let isAudited = try hasAudit
    return rows.map { (isAudited ? $0.allCells : $0.cells).map(\.value) }
  }

  /// The bytes of a table's file.
  public func contents(of table: ResultTable) -> Data {
    switch table {
    case .trials: trials
    case .rounds: rounds
    case .tradeoff: tradeoff
    }
  }
}
