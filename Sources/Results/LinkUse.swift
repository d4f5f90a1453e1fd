/// What a run took of its clients' links and devices. The guarantee does not cover what of it has a
/// `diagnostic_` name.
///
/// In `tradeoff.csv` the names end in `_mean`: they are means over replicates.
public struct LinkUse: Hashable, Sendable {
  /// Bytes of all updates that clients sent, encoded as they were sent.
  public let bytesUp: Double?
  /// Bytes of all models that clients were sent.
  public let bytesDown: Double?
  /// Reports that came in over those of cohorts of the expected size in which everybody reports.
  public let participation: Double?
  /// Rounds in which the server did not step for want of reports: public, since it follows from a
  /// noised number of reports or from one that the neighboring relation makes public. nil where it
  /// always steps.
  public let skippedRounds: Double?

  /// Of a run over examples, where nothing is sent.
  public static let none = LinkUse(
    bytesUp: nil, bytesDown: nil, participation: nil, skippedRounds: nil)

  public init(bytesUp: Double?, bytesDown: Double?, participation: Double?, skippedRounds: Double?)
  {
    self.bytesUp = bytesUp
    self.bytesDown = bytesDown
    self.participation = participation
    self.skippedRounds = skippedRounds
  }

  /// The mean of each number over some trials; nil where one of them lacks it.
  static func mean(of trials: [LinkUse]) -> LinkUse {
    func mean(_ values: [Double?]) -> Double? {
      let known = values.compactMap { $0 }
      return known.count == values.count ? known.reduce(0, +) / Double(known.count) : nil
    }
    return LinkUse(
      bytesUp: mean(trials.map(\.bytesUp)), bytesDown: mean(trials.map(\.bytesDown)),
      participation: mean(trials.map(\.participation)),
      skippedRounds: mean(trials.map(\.skippedRounds)))
  }
}

extension LinkUse {
  static func columns(suffix: String = "") -> [String] {
    [
      "diagnostic_bytes_up", "diagnostic_bytes_down", "diagnostic_participation", "skipped_rounds",
    ].map { $0 + suffix }
  }

  var cells: [any CSVCell] { [bytesUp, bytesDown, participation, skippedRounds] }

  init(_ row: CSVFields, suffix: String = "") throws(ResultsError) {
    bytesUp = try row.optionalDouble("diagnostic_bytes_up" + suffix)
    bytesDown = try row.optionalDouble("diagnostic_bytes_down" + suffix)
    participation = try row.optionalDouble("diagnostic_participation" + suffix)
    skippedRounds = try row.optionalDouble("skipped_rounds" + suffix)
  }
}
