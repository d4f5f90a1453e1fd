internal import Foundation

/// One row of `rounds.csv`: a metric of a trial after a round, in long form.
public struct RoundRow: Hashable, Sendable {
  public let trial: String
  /// From 1.
  public let round: Int
  public let metric: Metric
  /// Whose held-out examples it is about, in the file `accuracy_at_cleveland`; nil for those of all.
  public let site: String?
  public let value: Double

  public init(trial: String, round: Int, metric: Metric, site: String? = nil, value: Double) {
    self.trial = trial
    self.round = round
    self.metric = metric
    self.site = site
    self.value = value
  }

  /// The metric as the file has it, such as `accuracy` or `accuracy_at_cleveland`.
  public var name: String { metric.rawValue + (site.map { Self.siteMark + $0 } ?? "") }
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
  /// The share of held-out next words, or of the commonest held-out words, among so many first answers.
  case recallAt1 = "recall_at_1"
  case recallAt3 = "recall_at_3"
  case recallAt5 = "recall_at_5"
  case recallAt10 = "recall_at_10"
  case recallAt30 = "recall_at_30"
  case recallAt100 = "recall_at_100"
  case recallAt300 = "recall_at_300"
  case recallAt1000 = "recall_at_1000"
  /// The share of held-out running text that consists of released words.
  case coverage
  /// How many keys passed the threshold.
  case releasedCount = "released_count"
  /// How many coins of canaries are guessed, after the last round. It and the next two follow from releases,
  /// and from coins that no guarantee hides.
  case auditGuesses = "audit_guesses"
  case auditCorrect = "audit_correct"
  case auditEpsilonEstimate = "audit_epsilon_estimate"
  /// Of the words that are the commonest among the contributing users.
  case diagnosticRecall = "diagnostic_recall"
}

extension RoundRow: CSVRow {
  static let header = ["trial", "round", "metric", "value"]

  private static let siteMark = "_at_"

  var cells: [any CSVCell] { [trial, round, name, value] }

  init(_ row: CSVFields) throws(ResultsError) {
    let text = row.text("metric")
    // The longest name that fits, since one may hold the mark of a site: recall_at_3.
    let metric = Metric.allCases
      .filter { text == $0.rawValue || text.hasPrefix($0.rawValue + Self.siteMark) }
      .max { $0.rawValue.count < $1.rawValue.count }
    guard let metric else {
      throw .unreadable(file: row.place, reason: "metric \"\(text)\" is not known")
    }
    let site = text.dropFirst(metric.rawValue.count + Self.siteMark.count)
    self.init(
      trial: row.text("trial"), round: try row.int("round"), metric: metric,
      site: site.isEmpty ? nil : String(site), value: try row.double("value"))
  }
}
