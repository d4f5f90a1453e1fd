public import Accounting
public import Randomness

/// Who takes part in a round, and what that does to the cost of a release.
///
/// Stored properties are public knowledge, part of the plan. The population that is really there is
/// sensitive under add-or-remove-one, and passes as an argument.
public protocol CohortSampler: Sendable {
  /// The divisor of every release: a constant of the plan, never a realised size.
  var expectedCohortSize: Double { get }

  /// Members of one round's cohort, ascending, from units `0..<population`. Rounds count from 1.
  func cohort(from population: Int, round: Int, key: StreamKey) -> [Int]

  /// The event of a release over such a cohort, given the event of a release over everybody. Releases
  /// that show who takes part cost the same on a cohort that is drawn.
  func amplified(_ event: PrivacyEvent) -> PrivacyEvent
}

/// Every unit takes part with probability `samplingRate`, independently of all others and rounds.
public struct PoissonSampler: CohortSampler {
  /// In (0, 1].
  public let samplingRate: Double
  public let expectedCohortSize: Double

  /// `unitCount` is the number of units that the plan declares: the divisor follows from it, not
  /// from how many there are.
  public init(samplingRate: Double, unitCount: Int) {
    precondition(samplingRate > 0 && samplingRate <= 1, "a sampling rate is in (0, 1]")
    precondition(unitCount > 0, "a plan declares at least one unit")
    self.samplingRate = samplingRate
    expectedCohortSize = samplingRate * Double(unitCount)
  }

  public func cohort(from population: Int, round: Int, key: StreamKey) -> [Int] {
    var stream = RandomStream(key)
    return stream.poissonSample(rate: samplingRate, outOf: population)
  }

  public func amplified(_ event: PrivacyEvent) -> PrivacyEvent {
    event.showsTheCohort ? event : .poissonSampled(event, samplingRate: samplingRate)
  }
}

/// A uniformly random cohort of fixed size, drawn without replacement. The population is public:
/// only replace-one neighbors make sense.
public struct FixedSizeSampler: CohortSampler {
  public let cohortSize: Int
  public let populationSize: Int

  public init(cohortSize: Int, populationSize: Int) {
    precondition(
      (1...populationSize).contains(cohortSize), "a cohort has between one and all clients")
    self.cohortSize = cohortSize
    self.populationSize = populationSize
  }

  public var expectedCohortSize: Double { Double(cohortSize) }

  public func cohort(from population: Int, round: Int, key: StreamKey) -> [Int] {
    precondition(population == populationSize, "the population of fixed-size sampling is public")
    var stream = RandomStream(key)
    return stream.sampleWithoutReplacement(cohortSize, outOf: population)
  }

  public func amplified(_ event: PrivacyEvent) -> PrivacyEvent {
    event.showsTheCohort
      ? event
      : .sampledWithoutReplacement(event, cohortSize: cohortSize, populationSize: populationSize)
  }
}

/// Everybody, every round: no amplification.
public struct FullParticipation: CohortSampler {
  public let expectedCohortSize: Double

  /// - Parameter unitCount: the number of units that the plan declares.
  public init(unitCount: Int) {
    precondition(unitCount > 0, "a plan declares at least one unit")
    expectedCohortSize = Double(unitCount)
  }

  public func cohort(from population: Int, round: Int, key: StreamKey) -> [Int] {
    Array(0..<population)
  }

  public func amplified(_ event: PrivacyEvent) -> PrivacyEvent { event }
}
