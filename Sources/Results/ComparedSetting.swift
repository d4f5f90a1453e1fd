public import Statistics

/// One setting in two runs.
public struct ComparedSetting: Sendable {
  public let first: TradeoffRow
  public let second: TradeoffRow
  public let basis: ComparisonBasis
  /// The second less the first, as a share of all examples.
  public let estimate: Double
  /// nil, as the next two, where a run has too few replicates, or both hold the same trials.
  public let interval: Interval?
  /// Two-sided, by Student's distribution.
  public let pValue: Double?
  /// Among all settings that are compared.
  public let holmPValue: Double?
  public let verdict: DifferenceVerdict
  /// What differs in the resolved plans, but for what differs in all settings alike.
  public let planDifferences: [PlanDifference]
}

/// How the replicates of two runs are compared.
public enum ComparisonBasis: Hashable, Sendable {
  /// Both runs hold the same trials with the same accuracies.
  case sameTrials
  /// Replicates of one number share seed, data and cohorts: so many pairs.
  case paired(Int)
  /// Nothing pairs them, since plans differ at `path`, or, for nil, no replicates share a number.
  case unpaired(first: Int, second: Int, path: String?)
}

extension ComparisonBasis {
  /// Replicates draw their cohorts from a key of the seed and their number, out of the data as they are
  /// dealt.
  init(_ first: RecordedSetting, _ second: RecordedSetting) {
    let obstacle = first.values.differences(to: second.values, where: Self.decidesCohorts).first
    let pairs = first.sample.paired(with: second.sample)
    if obstacle == nil, !pairs.own.isEmpty {
      self =
        first.trials == second.trials && pairs.own == pairs.others
        ? .sameTrials : .paired(pairs.own.count)
    } else {
      self = .unpaired(
        first: first.sample.accuracies.count, second: second.sample.accuracies.count,
        path: obstacle?.path)
    }
  }

  private static func decidesCohorts(_ path: String) -> Bool {
    path == "seed" || path == "dataset_fingerprint" || path == "privacy.unit"
      || ["dataset", "training.sampling"].contains { path == $0 || path.hasPrefix("\($0).") }
  }
}

/// A setting of one run and its counterpart, before the p-values of all are known.
struct SettingPair {
  let first: RecordedSetting
  let second: RecordedSetting
  let basis: ComparisonBasis
  let estimate: Double
  let interval: Interval?
  let pValue: Double?

  init(_ first: RecordedSetting, _ second: RecordedSetting, terms: StatisticsTerms) {
    self.first = first
    self.second = second
    basis = ComparisonBasis(first, second)
    switch basis {
    case .sameTrials:
      (estimate, interval, pValue) = (0, nil, nil)
    case .paired:
      let values = first.sample.paired(with: second.sample)
      let difference = PairedDifference(from: values.own, to: values.others)
      estimate = difference.estimate
      interval = difference.interval(terms.method, confidence: terms.confidence)
      pValue = difference.pValue
    case .unpaired:
      let difference = WelchDifference(from: first.sample.sample, to: second.sample.sample)
      estimate = second.sample.row.accuracyMean - first.sample.row.accuracyMean
      interval = difference?.interval(confidence: terms.confidence)
      pValue = difference?.pValue
    }
  }

  func compared(
    holmPValue: Double?, common: [PlanDifference], terms: StatisticsTerms
  ) -> ComparedSetting {
    ComparedSetting(
      first: first.sample.row, second: second.sample.row, basis: basis, estimate: estimate,
      interval: interval, pValue: pValue, holmPValue: holmPValue,
      verdict: basis == .sameTrials
        ? .same
        : DifferenceVerdict(
          estimate: estimate, interval: interval, adjustedPValue: holmPValue,
          confidence: terms.confidence),
      planDifferences: planDifferences.filter { !common.contains($0) })
  }

  var planDifferences: [PlanDifference] { first.values.differences(to: second.values) }
}

extension ComparedSetting: Encodable {
  private enum CodingKeys: String, CodingKey {
    case first
    case second
    case basis
    case basisPath = "unpaired_since"
    case difference
    case lower
    case upper
    case pValue = "p_value"
    case holmPValue = "p_value_holm"
    case verdict
    case planDifferences = "plan_differences"
    case statementDifferences = "privacy_statement_differences"
  }

  private enum RowKeys: String, CodingKey {
    case sweep
    case epsilonUpper = "epsilon_upper"
    case delta
    case mean = "accuracy_mean"
    case n
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    for (key, row) in [(CodingKeys.first, first), (.second, second)] {
      var fields = fields.nestedContainer(keyedBy: RowKeys.self, forKey: key)
      try fields.encode(row.sweep, forKey: .sweep)
      try fields.encode(row.claim.epsilonUpper, forKey: .epsilonUpper)
      try fields.encode(row.claim.delta, forKey: .delta)
      try fields.encode(row.accuracyMean, forKey: .mean)
      try fields.encode(row.n, forKey: .n)
    }
    switch basis {
    case .sameTrials: try fields.encode("same-trials", forKey: .basis)
    case .paired: try fields.encode("paired", forKey: .basis)
    case .unpaired(_, _, let path):
      try fields.encode("welch", forKey: .basis)
      try fields.encodeIfPresent(path, forKey: .basisPath)
    }
    try fields.encode(estimate, forKey: .difference)
    try fields.encodeIfPresent(interval?.lower, forKey: .lower)
    try fields.encodeIfPresent(interval?.upper, forKey: .upper)
    try fields.encodeIfPresent(pValue, forKey: .pValue)
    try fields.encodeIfPresent(holmPValue, forKey: .holmPValue)
    try fields.encode(verdict, forKey: .verdict)
    try fields.encode(planDifferences, forKey: .planDifferences)
    try fields.encode(
      first.claim.statementDifferences(to: second.claim), forKey: .statementDifferences)
  }
}
