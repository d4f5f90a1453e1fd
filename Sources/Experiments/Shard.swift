/// One of several parts of a sweep that run apart from each other, on one machine or on many, and are
/// merged when all are there.
public struct Shard: Hashable, Sendable, CustomStringConvertible {
  /// From 1 to ``count``.
  public let index: Int
  public let count: Int

  /// - Returns: nil unless 1 <= index <= count <= ``mostShards``.
  public init?(_ index: Int, of count: Int) {
    guard 1...Self.mostShards ~= count, 1...count ~= index else { return nil }
    self.index = index
    self.count = count
  }

  public static let mostShards = 100_000

  public var description: String { "\(index) of \(count)" }

  /// The plan's trials that are this part's, such that every trial is in one part and parts differ by one
  /// trial at most.
  ///
  /// Trials that would train side by side stay together as far as that allows.
  public func trials(of plan: Plan) -> [PlannedTrial] {
    let trials = plan.trialsByGroup
    return Array(trials[(trials.count * (index - 1) / count)..<(trials.count * index / count)])
  }
}

extension Plan {
  /// All trials, those of a group next to each other.
  fileprivate var trialsByGroup: [PlannedTrial] {
    let place = Dictionary(
      uniqueKeysWithValues: TrialGroup.groups(of: trials.compactMap(\.training))
        .flatMap(\.trials).enumerated().map { ($1.id, $0) })
    return trials.enumerated().sorted { left, right in
      (place[left.element.id] ?? .max, left.offset) < (
        place[right.element.id] ?? .max, right.offset
      )
    }.map(\.element)
  }
}
