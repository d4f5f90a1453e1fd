internal import Mechanisms

/// What happened inside a round before the noise. Not covered by any guarantee.
public struct RoundDiagnostics: Hashable, Sendable {
  /// How many updates are in the sum, those of canaries included, of which the other facts say nothing.
  public private(set) var cohortSize: Int
  /// Of the models that the units were sent: 4 a parameter. Examples are sent nothing.
  public private(set) var bytesDown: Int
  /// Whether the server did not step for want of reports. This alone is public: see
  /// ``Participation/fewestReports``.
  public private(set) var isSkipped: Bool
  private var outcomes: UpdateOutcomes

  init(
    cohortSize: Int = 0, outcomes: UpdateOutcomes = UpdateOutcomes(), bytesDown: Int = 0,
    isSkipped: Bool = false
  ) {
    self.cohortSize = cohortSize
    self.bytesDown = bytesDown
    self.isSkipped = isSkipped
    self.outcomes = outcomes
  }

  /// Those of several releases together.
  mutating func add(_ other: RoundDiagnostics) {
    cohortSize += other.cohortSize
    bytesDown += other.bytesDown
    isSkipped = isSkipped || other.isSkipped
    outcomes.add(other.outcomes)
  }

  /// Of the updates that were sent; 0 for examples.
  public var bytesUp: Int { outcomes.bytesUp }

  /// In [0, 1]; nil for an empty cohort.
  public var clippedFraction: Double? {
    if outcomes.clipping.contributionCount == 0 { return nil }
    let clippedCount = outcomes.clipping.contributionCount - outcomes.clipping.unclippedCount
    return Double(clippedCount) / Double(outcomes.clipping.contributionCount)
  }

  /// Mean Euclidean norm of the members' updates before clipping; nil for an empty cohort, and where
  /// nothing is measured.
  public var meanUpdateNorm: Double? {
    outcomes.clipping.contributionCount == 0 || !outcomes.clipping.isMeasured
      ? nil : outcomes.clipping.normTotal / Double(outcomes.clipping.contributionCount)
  }
}
