internal import Mechanisms

/// What happened inside a round before the noise. Not covered by any guarantee.
public struct RoundDiagnostics: Hashable, Sendable {
  public private(set) var cohortSize: Int
  private var outcomes: ClipOutcomes

  init(cohortSize: Int = 0, outcomes: ClipOutcomes = ClipOutcomes()) {
    self.cohortSize = cohortSize
    self.outcomes = outcomes
  }

  /// Those of several releases together.
  mutating func add(_ other: RoundDiagnostics) {
    cohortSize += other.cohortSize
    outcomes.add(other.outcomes)
  }

  /// In [0, 1]; nil for an empty cohort.
  public var clippedFraction: Double? {
    if cohortSize == 0 { return nil }
    let clippedCount = outcomes.contributionCount - outcomes.unclippedCount
    return Double(clippedCount) / Double(outcomes.contributionCount)
  }

  /// Mean Euclidean norm of the members' updates before clipping; nil for an empty cohort, and where
  /// nothing is measured.
  public var meanUpdateNorm: Double? {
    cohortSize == 0 || !outcomes.isMeasured ? nil : outcomes.normTotal / Double(cohortSize)
  }
}
