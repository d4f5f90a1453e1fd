/// What the replicates of a run tell of its settings, and of the differences between them.
///
/// Replicates differ in initial weights, cohorts, batches and noise. They share the data, how the data are
/// dealt to clients, and the examples that accuracy is measured on: no interval covers drawing others.
public struct RunStatistics: Sendable, Encodable {
  public let terms: StatisticsTerms
  public let settings: [SettingStatistics]
  /// Neighbors by rising epsilon among settings that differ in their noise alone.
  public let neighbors: [SettingDifference]
  /// Each setting less the one of its series without noise. Where there is none, less the best one of its
  /// series; and less the best of all such where the series is a single setting.
  public let againstBaseline: [SettingDifference]

  /// - Parameter exampleCount: that accuracies are measured on; nil where it is not known.
  /// - Throws: ``ResultsError/unreadable(file:reason:)`` for accuracies that are no numbers, and for
  ///   replicates that occur twice.
  public init(
    of trials: [TrialRow], terms: StatisticsTerms = StatisticsTerms(), exampleCount: Int?
  ) throws(ResultsError) {
    let samples = try SettingSample.all(of: trials, file: "trials.csv")
    let series = SettingSeries.all(of: samples)
    let bestOfSingles = series.filter { $0.baseline == nil }.flatMap(\.members).best
    self.terms = terms
    settings = samples.map {
      SettingStatistics($0, terms: terms, exampleCount: exampleCount)
    }
    neighbors = SettingDifference.family(
      series.flatMap { zip($0.members, $0.members.dropFirst()).map { ($0, $1) } }, terms: terms)
    againstBaseline = SettingDifference.family(
      series.flatMap { series in
        (series.baseline ?? bestOfSingles).map { baseline in
          series.members.filter { $0.row.setting != baseline.row.setting }
            .map { (baseline, $0) }
        } ?? []
      }, terms: terms)
  }

  private enum CodingKeys: String, CodingKey {
    case terms
    case settings
    case neighbors
    case againstBaseline = "against_baseline"
  }
}
