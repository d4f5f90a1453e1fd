/// One row of `timings.csv`: the only table that differs between identical runs.
public struct TimingRow: Hashable, Codable, Sendable {
  public let trial: String
  /// The trial's share of the wall-clock time of those that were trained side by side, evaluation
  /// included.
  public let seconds: Double
  /// Updates computed: one a member of a cohort, be it a client or an example.
  public let updates: Int

  public init(trial: String, seconds: Double, updates: Int) {
    self.trial = trial
    self.seconds = seconds
    self.updates = updates
  }

  /// Reads `timings.csv` of a finished run.
  public static func read(directory: String) throws(ResultsError) -> [TimingRow] {
    let path = "\(directory)/timings.csv"
    return try CSV.decode(TimingRow.self, from: try Results.read(path), file: path)
  }

  private enum CodingKeys: String, CodingKey {
    case trial
    case seconds
    case updates
  }
}

extension TimingRow: CSVRow {
  static let header = ["trial", "seconds", "updates"]

  var cells: [any CSVCell] { [trial, seconds, updates] }

  init(_ row: CSVFields) throws(ResultsError) {
    self.init(
      trial: row.text("trial"), seconds: try row.double("seconds"),
      updates: try row.int("updates"))
  }
}
