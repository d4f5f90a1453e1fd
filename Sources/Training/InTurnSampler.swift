public import Accounting
public import Randomness

/// One unit after another in a fixed, public order, and again from the first: cyclic training (Sheller
/// et al. 2019) and the incremental gradient method (Bertsekas 2011). The model visits unit
/// `(round - 1) mod unitCount`.
///
/// Who takes part when is public: only neighbors that leave everybody in place make sense.
public struct InTurnSampler: CohortSampler {
  public let unitCount: Int

  public init(unitCount: Int) {
    precondition(unitCount > 0, "a plan declares at least one unit")
    self.unitCount = unitCount
  }

  public var expectedCohortSize: Double { 1 }

  public func cohort(from population: Int, round: Int, key: StreamKey) -> [Int] {
    precondition(population == unitCount, "whose turn it is is public")
    return [(round - 1) % unitCount]
  }

  public func amplified(_ event: PrivacyEvent) -> PrivacyEvent {
    .takingTurns(event, unitCount: unitCount)
  }
}
