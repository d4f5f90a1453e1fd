public import Statistics

/// What a setting's replicates tell of its accuracy.
public struct SettingStatistics: Hashable, Sendable {
  public let row: TradeoffRow
  /// Of the mean over replicates; nil, as the next, for a single one.
  public let interval: Interval?
  /// For an interval as narrow as wanted; nil also where it takes more than anybody can run.
  public let replicatesNeeded: Int?
  /// What drawing other examples to measure on would add to the standard error of one accuracy; nil where
  /// their number is not known.
  public let samplingError: Double?

  init(_ setting: SettingSample, terms: StatisticsTerms, exampleCount: Int?) {
    row = setting.row
    let sample = setting.sample
    interval = sample.interval(terms.method, confidence: terms.confidence)
    replicatesNeeded = sample.replicatesNeeded(terms)
    let share = setting.row.accuracyMean
    samplingError =
      (0...1).contains(share)
      ? exampleCount.map { Statistics.samplingError(ofShare: share, exampleCount: $0) } : nil
  }
}

extension Sample {
  func replicatesNeeded(_ terms: StatisticsTerms) -> Int? {
    standardDeviation.flatMap {
      Statistics.replicatesNeeded(
        standardDeviation: $0, halfWidth: terms.halfWidth, confidence: terms.confidence)
    }
  }
}

extension SettingStatistics: Encodable {
  private enum CodingKeys: String, CodingKey {
    case setting
    case sweep
    case epsilonUpper = "epsilon_upper"
    case delta
    case mean = "accuracy_mean"
    case standardError = "accuracy_standard_error"
    case lower = "accuracy_lower"
    case upper = "accuracy_upper"
    case n
    case replicatesNeeded = "replicates_needed"
    case samplingError = "sampling_error"
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(row.setting, forKey: .setting)
    try fields.encode(row.sweep, forKey: .sweep)
    try fields.encode(row.claim.epsilonUpper, forKey: .epsilonUpper)
    try fields.encode(row.claim.delta, forKey: .delta)
    try fields.encode(row.accuracyMean, forKey: .mean)
    try fields.encodeIfPresent(row.accuracyStandardError, forKey: .standardError)
    try fields.encodeIfPresent(interval?.lower, forKey: .lower)
    try fields.encodeIfPresent(interval?.upper, forKey: .upper)
    try fields.encode(row.n, forKey: .n)
    try fields.encodeIfPresent(replicatesNeeded, forKey: .replicatesNeeded)
    try fields.encodeIfPresent(samplingError, forKey: .samplingError)
  }
}
