/// Two finished runs, setting by setting.
///
/// A setting's counterpart has the same resolved values, whatever its seed; else the same swept values.
public struct RunComparison: Sendable, Encodable {
  public let terms: StatisticsTerms
  public let first: Run
  public let second: Run
  public let settings: [ComparedSetting]
  /// What differs in the resolved plans of all settings that are compared.
  public let planDifferences: [PlanDifference]
  /// Settings without a counterpart, as swept values.
  public let onlyInFirst: [String]
  public let onlyInSecond: [String]

  public struct Run: Hashable, Sendable, Encodable {
    public let directory: String
    public let name: String
  }

  public init(_ first: RecordedRun, _ second: RecordedRun, terms: StatisticsTerms) {
    self.terms = terms
    self.first = Run(directory: first.directory, name: first.name)
    self.second = Run(directory: second.directory, name: second.name)
    let matched = Self.match(first.settings, second.settings)
    let pairs = matched.pairs.map { SettingPair($0, $1, terms: terms) }
    let common = pairs.dropFirst().reduce(pairs.first?.planDifferences ?? []) { common, pair in
      common.filter(pair.planDifferences.contains)
    }
    planDifferences = common
    settings = zip(pairs, holmAdjusted(pairs.map(\.pValue))).map {
      $0.compared(holmPValue: $1, common: common, terms: terms)
    }
    onlyInFirst = matched.onlyInFirst.map(\.sample.row.sweep)
    onlyInSecond = matched.onlyInSecond.map(\.sample.row.sweep)
  }

  private static func match(
    _ first: [RecordedSetting], _ second: [RecordedSetting]
  ) -> (
    pairs: [(RecordedSetting, RecordedSetting)], onlyInFirst: [RecordedSetting],
    onlyInSecond: [RecordedSetting]
  ) {
    var counterparts: [Int: RecordedSetting] = [:]
    var rest = second
    let isAlike: [(RecordedSetting, RecordedSetting) -> Bool] = [
      { $0.resolved == $1.resolved }, { $0.sample.row.sweep == $1.sample.row.sweep },
    ]
    for isAlike in isAlike {
      for (index, setting) in first.enumerated() where counterparts[index] == nil {
        guard let found = rest.firstIndex(where: { isAlike(setting, $0) }) else { continue }
        counterparts[index] = rest.remove(at: found)
      }
    }
    return (
      first.enumerated().compactMap { index, setting in
        counterparts[index].map { (setting, $0) }
      },
      first.enumerated().filter { counterparts[$0.offset] == nil }.map(\.element), rest
    )
  }

  private enum CodingKeys: String, CodingKey {
    case terms
    case first
    case second
    case settings
    case planDifferences = "plan_differences"
    case onlyInFirst = "only_in_first"
    case onlyInSecond = "only_in_second"
  }
}
