public import Accounting

/// What a trial leaves behind: kept as soon as it ends, so that an interrupted sweep loses none.
public struct FinishedTrial: Hashable, Codable, Sendable {
  /// A metric after a round.
  public struct Measurement: Hashable, Codable, Sendable {
    public let round: Int
    public let metric: Metric
    /// Whose held-out examples it is about; nil for those of all.
    public let site: String?
    public let value: Double

    public init(round: Int, metric: Metric, site: String? = nil, value: Double) {
      self.round = round
      self.metric = metric
      self.site = site
      self.value = value
    }
  }

  public let measurements: [Measurement]
  public let ledger: Ledger
  public let timing: TimingRow

  public init(measurements: [Measurement], ledger: Ledger, timing: TimingRow) {
    self.measurements = measurements
    self.ledger = ledger
    self.timing = timing
  }

  /// The rows of `rounds.csv`.
  public var rounds: [RoundRow] {
    measurements.map {
      RoundRow(
        trial: timing.trial, round: $0.round, metric: $0.metric, site: $0.site, value: $0.value)
    }
  }

  /// The last measurement of a metric on the examples of all.
  public func final(_ metric: Metric) throws(ResultsError) -> Double {
    guard let last = last(metric) else {
      throw .unreadable(
        file: "trial \(timing.trial)", reason: "\(metric.rawValue) was never measured")
    }
    return last
  }

  /// The last measurement of a metric that not every trial has.
  public func last(_ metric: Metric) -> Double? {
    measurements.last { $0.metric == metric && $0.site == nil }?.value
  }
}
