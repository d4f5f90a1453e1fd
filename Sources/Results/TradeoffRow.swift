internal import Statistics

/// One row of `tradeoff.csv`: a setting's price and what its replicates reached.
public struct TradeoffRow: Hashable, Sendable {
  public let setting: Int
  public let sweep: String
  public let claim: PrivacyClaim
  public let accuracyMean: Double
  /// Of the mean; nil for a single replicate.
  public let accuracyStandardError: Double?
  /// Two-sided 95 % Student interval of the mean over replicates; nil for a single one.
  public let accuracyLower: Double?
  public let accuracyUpper: Double?
  /// Replicates.
  public let n: Int
  public let links: LinkUse
  /// nil where nothing is audited.
  public let audit: SettingAudit?
}

extension TradeoffRow {
  /// Groups trials by setting, in order. Replicates of a setting have the same claim.
  public static func summarize(_ trials: [TrialRow]) -> [TradeoffRow] {
    Dictionary(grouping: trials, by: \.setting).sorted { $0.key < $1.key }.map { setting, rows in
      let accuracies = Sample(rows.map(\.accuracy))
      let interval = accuracies.studentInterval(confidence: .ninetyFivePercent)
      return TradeoffRow(
        setting: setting, sweep: rows[0].sweep, claim: rows[0].claim,
        accuracyMean: accuracies.mean, accuracyStandardError: accuracies.standardError,
        accuracyLower: interval?.lower, accuracyUpper: interval?.upper, n: rows.count,
        links: .mean(of: rows.map(\.links)),
        audit: SettingAudit(of: rows.map(\.audit), delta: rows[0].claim.delta))
    }
  }
}

extension TradeoffRow {
  /// The same row under other swept values, such as those of a table that holds several runs.
  package func renamed(_ sweep: String) -> TradeoffRow {
    TradeoffRow(
      setting: setting, sweep: sweep, claim: claim, accuracyMean: accuracyMean,
      accuracyStandardError: accuracyStandardError, accuracyLower: accuracyLower,
      accuracyUpper: accuracyUpper, n: n, links: links,
      audit: audit)
  }
}

extension TradeoffRow: CSVRow {
  static let header =
    ["setting", "sweep"] + PrivacyClaim.columns + [
      "accuracy_mean", "accuracy_standard_error", "accuracy_lower", "accuracy_upper", "n",
    ] + PrivacyClaim.addedColumns + LinkUse.columns(suffix: meanSuffix)

  private static let meanSuffix = "_mean"

  var cells: [any CSVCell] {
    [setting, sweep] + claim.cells + [
      accuracyMean, accuracyStandardError, accuracyLower, accuracyUpper, n,
    ] + claim.addedCells + links.cells
  }

  static let addedHeader = SettingAudit.columns

  var addedCells: [any CSVCell]? { audit?.cells }

  init(_ row: CSVFields) throws(ResultsError) {
    setting = try row.int("setting")
    sweep = row.text("sweep")
    claim = try PrivacyClaim(row)
    accuracyMean = try row.double("accuracy_mean")
    accuracyStandardError = try row.optionalDouble("accuracy_standard_error")
    accuracyLower = try row.optionalDouble("accuracy_lower")
    accuracyUpper = try row.optionalDouble("accuracy_upper")
    n = try row.int("n")
    links = try LinkUse(row, suffix: Self.meanSuffix)
    audit = try SettingAudit(row)
  }
}
