public import Statistics

/// One setting of a run less another, replicate by replicate.
///
/// The replicates of one number share cohorts, batches and initial weights in all settings of a run; what
/// differs is the setting, and the noise.
public struct SettingDifference: Hashable, Sendable {
  public let first: TradeoffRow
  public let second: TradeoffRow
  private let paired: PairedDifference
  /// nil, as all that follows, for a single pair.
  public let interval: Interval?
  /// Among all differences of the family.
  public let holmPValue: Double?
  /// For an interval of the difference as narrow as wanted.
  public let replicatesNeeded: Int?
  public let verdict: DifferenceVerdict

  /// Differences that are read together, and their p-values adjusted for that. Pairs that share no
  /// replicate are left out.
  static func family(
    _ pairs: [(first: SettingSample, second: SettingSample)], terms: StatisticsTerms
  ) -> [SettingDifference] {
    let differences = pairs.compactMap { first, second in
      let values = first.paired(with: second)
      return values.own.isEmpty
        ? nil
        : (
          first: first.row, second: second.row,
          paired: PairedDifference(from: values.own, to: values.others)
        )
    }
    return zip(differences, holmAdjusted(differences.map(\.paired.pValue))).map {
      SettingDifference(
        first: $0.first, second: $0.second, paired: $0.paired, holmPValue: $1, terms: terms)
    }
  }

  private init(
    first: TradeoffRow, second: TradeoffRow, paired: PairedDifference, holmPValue: Double?,
    terms: StatisticsTerms
  ) {
    self.first = first
    self.second = second
    self.paired = paired
    self.holmPValue = holmPValue
    interval = paired.interval(terms.method, confidence: terms.confidence)
    replicatesNeeded = paired.differences.replicatesNeeded(terms)
    verdict = DifferenceVerdict(
      estimate: paired.estimate, interval: interval, adjustedPValue: holmPValue,
      confidence: terms.confidence)
  }

  /// The second less the first: the mean difference, as a share of all examples.
  public var estimate: Double { paired.estimate }

  /// nil for a single pair.
  public var standardError: Double? { paired.standardError }

  /// Two-sided, by Student's distribution; nil for a single pair.
  public var pValue: Double? { paired.pValue }

  /// By all choices of signs, which takes long for many pairs; nil for a single pair and for very many.
  public var signFlipPValue: Double? { paired.signFlipPValue }

  /// Pairs.
  public var n: Int { paired.differences.count }
}

extension SettingDifference: Encodable {
  private enum CodingKeys: String, CodingKey {
    case first
    case second
    case difference
    case standardError = "standard_error"
    case lower
    case upper
    case pValue = "p_value"
    case holmPValue = "p_value_holm"
    case signFlipPValue = "p_value_sign_flip"
    case n
    case replicatesNeeded = "replicates_needed"
    case verdict
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(first.sweep, forKey: .first)
    try fields.encode(second.sweep, forKey: .second)
    try fields.encode(estimate, forKey: .difference)
    try fields.encodeIfPresent(standardError, forKey: .standardError)
    try fields.encodeIfPresent(interval?.lower, forKey: .lower)
    try fields.encodeIfPresent(interval?.upper, forKey: .upper)
    try fields.encodeIfPresent(pValue, forKey: .pValue)
    try fields.encodeIfPresent(holmPValue, forKey: .holmPValue)
    try fields.encodeIfPresent(signFlipPValue, forKey: .signFlipPValue)
    try fields.encode(n, forKey: .n)
    try fields.encodeIfPresent(replicatesNeeded, forKey: .replicatesNeeded)
    try fields.encode(verdict, forKey: .verdict)
  }
}
