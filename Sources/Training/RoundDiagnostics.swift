internal import Mechanisms

/// What happened inside a round before the noise. Not covered by any guarantee.
public struct RoundDiagnostics: Hashable, Sendable {
  public let cohortSize: Int
  private let outcomes: ClipOutcomes

  init(cohortSize: Int, outcomes: ClipOutcomes) {
    self.cohortSize = cohortSize
    self.outcomes = outcomes
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
