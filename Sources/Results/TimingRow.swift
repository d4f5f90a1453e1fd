/// One row of `timings.csv`: the only table that differs between identical runs.
public struct TimingRow: Hashable, Codable, Sendable {
  public let trial: String
  /// Wall-clock time of the trial, evaluation included.
  public let seconds: Double
  /// Client updates computed.
  public let clientsTrained: Int

  public init(trial: String, seconds: Double, clientsTrained: Int) {
    self.trial = trial
    self.seconds = seconds
    self.clientsTrained = clientsTrained
  }

  private enum CodingKeys: String, CodingKey {
    case trial
    case seconds
    case clientsTrained = "clients_trained"
  }
}

extension TimingRow: CSVRow {
  static let header = ["trial", "seconds", "clients_trained"]

  var cells: [any CSVCell] { [trial, seconds, clientsTrained] }

  init(_ row: CSVFields) throws(ResultsError) {
    self.init(
      trial: row.text("trial"), seconds: try row.double("seconds"),
      clientsTrained: try row.int("clients_trained"))
  }
}
