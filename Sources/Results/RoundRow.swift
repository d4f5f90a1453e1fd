/// One row of `rounds.csv`: a metric of a trial after a round, in long form.
public struct RoundRow: Hashable, Sendable {
  public let trial: String
  /// From 1.
  public let round: Int
  public let metric: Metric
  public let value: Double

  public init(trial: String, round: Int, metric: Metric, value: Double) {
    self.trial = trial
    self.round = round
    self.metric = metric
    self.value = value
  }
}

/// What is measured along a trial. The guarantee does not cover names that begin with `diagnostic_`.
public enum Metric: String, Codable, CaseIterable, Sendable {
  case accuracy
  case loss
  /// Of the next round, where it adapts: it follows from releases alone.
  case clippingNorm = "clipping_norm"
  case diagnosticCohortSize = "diagnostic_cohort_size"
  case diagnosticClippedFraction = "diagnostic_clipped_fraction"
  case diagnosticMeanUpdateNorm = "diagnostic_mean_update_norm"
  /// These four count from the first round on.
  case diagnosticBytesUp = "diagnostic_bytes_up"
  case diagnosticBytesDown = "diagnostic_bytes_down"
  case diagnosticReported = "diagnostic_reported"
  /// Where the server may skip one: it follows from a noised number of reports, or a public one.
  case skippedRounds = "skipped_rounds"
}

extension RoundRow: CSVRow {
  static let header = ["trial", "round", "metric", "value"]

  var cells: [any CSVCell] { [trial, round, metric.rawValue, value] }

  init(_ row: CSVFields) throws(ResultsError) {
    guard let metric = Metric(rawValue: row.text("metric")) else {
      throw .unreadable(file: row.place, reason: "metric \"\(row.text("metric"))\" is not known")
    }
    self.init(
      trial: row.text("trial"), round: try row.int("round"), metric: metric,
      value: try row.double("value"))
  }
}
