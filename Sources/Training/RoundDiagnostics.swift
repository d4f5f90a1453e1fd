internal import Mechanisms

/// What happened inside a round before the noise. Not covered by any guarantee.
public struct RoundDiagnostics: Hashable, Sendable {
  public let cohortSize: Int
  public private(set) var clippedCount = 0
  private var normTotal = 0.0

  init(cohortSize: Int) { self.cohortSize = cohortSize }

  mutating func note(_ outcome: ClipOutcome) {
    if outcome.wasClipped { clippedCount += 1 }
    normTotal += outcome.norm
  }

  /// In [0, 1]; nil for an empty cohort.
  public var clippedFraction: Double? {
    cohortSize == 0 ? nil : Double(clippedCount) / Double(cohortSize)
  }

  /// Mean Euclidean norm of the members' updates before clipping; nil for an empty cohort.
  public var meanUpdateNorm: Double? {
    cohortSize == 0 ? nil : normTotal / Double(cohortSize)
  }
}
