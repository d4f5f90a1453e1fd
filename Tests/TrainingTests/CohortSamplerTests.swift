import Accounting
import CGSL
import Randomness
import Testing
import Training
import _TestSupport

@Suite struct CohortSamplerTests {
  static let event = PrivacyEvent.gaussian(noiseMultiplier: 1.3)

  static func key(_ round: Int) -> StreamKey {
    StreamKey(seed: 321).child(.cohort).child(.round, UInt64(round))
  }

  // MARK: Poisson

  /// Nine checks, three a rate: how often each client takes part, how large cohorts are, and how
  /// often two neighbors take part together.
  @Test(arguments: [0.02, 0.3, 0.9]) func poissonCohortsAreIndependentCoins(rate: Double) {
    let (clientCount, rounds) = (40, 4000)
    let sampler = PoissonSampler(samplingRate: rate, unitCount: clientCount)
    var inclusions = [Int](repeating: 0, count: clientCount)
    var sizes = [Int](repeating: 0, count: clientCount + 1)
    var pairs = 0
    for round in 0..<rounds {
      let cohort = sampler.cohort(from: clientCount, round: 1, key: Self.key(round))
      for client in cohort { inclusions[client] += 1 }
      sizes[cohort.count] += 1
      // Pairs (0, 1), (2, 3) and so on do not overlap, so they are independent too.
      let members = Set(cohort)
      pairs += stride(from: 0, to: clientCount, by: 2)
        .count { members.contains($0) && members.contains($0 + 1) }
    }
    // Both outcomes of a client add up to Pearson's statistic of a coin; clients are independent.
    let expected = Double(rounds) * rate
    let statistic = inclusions.reduce(0.0) {
      let difference = Double($1) - expected
      return $0 + difference * difference / (expected * (1 - rate))
    }
    #expect(gsl_cdf_chisq_Q(statistic, Double(clientCount)) > AlarmBudget.perCheck)

    let (observed, expectedSizes) = pooled(
      sizes,
      (0...clientCount).map {
        Double(rounds) * gsl_ran_binomial_pdf(UInt32($0), rate, UInt32(clientCount))
      })
    #expect(
      GoodnessOfFit.chiSquare(observed: observed, expected: expectedSizes) > AlarmBudget.perCheck)

    let together = GoodnessOfFit.binomial(
      successes: pairs, trials: rounds * clientCount / 2, probability: rate * rate)
    #expect(together > AlarmBudget.perCheck)
  }

  /// Whoever sees who sends learns no less from a cohort that was drawn.
  @Test func visibleReportsAreNotAmplified() {
    let report = PrivacyEvent.localGaussian(noiseMultiplier: 1.3)
    let both = PrivacyEvent.composed([Self.event, report])
    for event in [report, both] {
      #expect(PoissonSampler(samplingRate: 0.25, unitCount: 100).amplified(event) == event)
      #expect(FixedSizeSampler(cohortSize: 5, populationSize: 100).amplified(event) == event)
    }
  }

  @Test func aPoissonSamplerStatesItsOwnEvent() {
    let sampler = PoissonSampler(samplingRate: 0.25, unitCount: 100)
    #expect(sampler.amplified(Self.event) == .poissonSampled(Self.event, samplingRate: 0.25))
    #expect(sampler.amplified(Self.event).samplingScheme == .poisson)
  }

  /// The last client can leave or join without anybody else noticing.
  @Test func thePopulationChangesNobodyElsesCoin() {
    let sampler = PoissonSampler(samplingRate: 0.5, unitCount: 30)
    for round in 0..<200 {
      let all = sampler.cohort(from: 30, round: 1, key: Self.key(round))
      let without = sampler.cohort(from: 29, round: 1, key: Self.key(round))
      #expect(all.filter { $0 < 29 } == without)
    }
  }

  @Test func aRateOfOneTakesEverybody() {
    let sampler = PoissonSampler(samplingRate: 1, unitCount: 7)
    #expect(sampler.cohort(from: 7, round: 1, key: Self.key(0)) == Array(0..<7))
  }

  // MARK: Fixed size

  /// Two checks: how often each client takes part, and each pair.
  @Test func fixedCohortsAreUniform() {
    let (cohortSize, population, rounds) = (4, 12, 6000)
    let sampler = FixedSizeSampler(cohortSize: cohortSize, populationSize: population)
    var pairs = [Int](repeating: 0, count: population * population)
    var inclusions = [Int](repeating: 0, count: population)
    for round in 0..<rounds {
      let cohort = sampler.cohort(from: population, round: 1, key: Self.key(round))
      #expect(cohort.count == cohortSize)
      #expect(zip(cohort, cohort.dropFirst()).allSatisfy { $0 < $1 })
      #expect(cohort.allSatisfy { (0..<population).contains($0) })
      for client in cohort { inclusions[client] += 1 }
      for (index, one) in cohort.enumerated() {
        for other in cohort[(index + 1)...] { pairs[one * population + other] += 1 }
      }
    }
    // Counts under a fixed total spread less than coins do: by (N - 1) / (N - n) in the statistic.
    let expected = Double(rounds * cohortSize) / Double(population)
    let statistic = inclusions.reduce(0.0) {
      $0 + (Double($1) - expected) * (Double($1) - expected) / expected
    }
    let spread = Double(population - cohortSize) / Double(population - 1)
    #expect(
      gsl_cdf_chisq_Q(statistic / spread, Double(population - 1)) > AlarmBudget.perCheck)

    // A single pair, drawn with probability n (n - 1) / (N (N - 1)).
    let p = GoodnessOfFit.binomial(
      successes: pairs[0 * population + 11], trials: rounds, probability: 12.0 / 132)
    #expect(p > AlarmBudget.perCheck)
  }

  @Test func aFixedSizeSamplerStatesItsOwnEvent() {
    let sampler = FixedSizeSampler(cohortSize: 3, populationSize: 10)
    #expect(
      sampler.amplified(Self.event)
        == .sampledWithoutReplacement(Self.event, cohortSize: 3, populationSize: 10))
    #expect(sampler.amplified(Self.event).samplingScheme == .withoutReplacement)
    #expect(sampler.expectedCohortSize == 3)
  }

  /// More are asked than count, and the event is that of all who are asked.
  @Test(arguments: [
    (10, 1.0, 10), (10, 1.1, 11), (10, 1.3, 13), (10, 1.31, 14), (3, 1.5, 5), (100, 1.3, 130),
    (100, 1.15, 115), (100, 9, 200),
  ])
  func overSelectionRoundsUp(cohortSize: Int, overSelection: Double, selectionSize: Int) {
    let sampler = FixedSizeSampler(
      cohortSize: cohortSize, populationSize: 200, overSelection: overSelection)
    #expect(sampler.selectionSize == selectionSize)
    #expect(sampler.cohort(from: 200, round: 1, key: Self.key(0)).count == selectionSize)
    #expect(sampler.reportLimit == (overSelection > 1 ? cohortSize : nil))
    #expect(sampler.expectedCohortSize == Double(selectionSize))
    #expect(
      sampler.amplified(Self.event)
        == .sampledWithoutReplacement(
          Self.event, cohortSize: selectionSize, populationSize: 200))
  }

  @Test func anotherPopulationThanThePublicOneIsRefused() async {
    await #expect(processExitsWith: .failure) {
      let sampler = FixedSizeSampler(cohortSize: 3, populationSize: 10)
      _ = sampler.cohort(from: 9, round: 1, key: StreamKey(seed: 1))
    }
  }

  // MARK: Everybody

  @Test func fullParticipationIsNotAmplified() {
    let sampler = FullParticipation(unitCount: 5)
    #expect(sampler.cohort(from: 5, round: 1, key: Self.key(0)) == [0, 1, 2, 3, 4])
    #expect(sampler.cohort(from: 4, round: 1, key: Self.key(1)) == [0, 1, 2, 3])
    #expect(sampler.amplified(Self.event) == Self.event)
    #expect(sampler.expectedCohortSize == 5)
  }

  // MARK: Divisor

  @Test func theDivisorIsAConstantOfThePlan() {
    let poisson = PoissonSampler(samplingRate: 0.15, unitCount: 30)
    let everyone = FullParticipation(unitCount: 30)
    for population in [0, 1, 29, 30, 31] {
      for sampler in [poisson, everyone] as [any CohortSampler] {
        let before = sampler.expectedCohortSize
        _ = sampler.cohort(from: population, round: 1, key: Self.key(population))
        #expect(sampler.expectedCohortSize == before)
      }
    }
    #expect((poisson.expectedCohortSize - 4.5).magnitude < 1e-12)
    #expect(everyone.expectedCohortSize == 30)
  }

  /// Joins the outer bins until each expects five or more.
  private func pooled(_ observed: [Int], _ expected: [Double]) -> ([Int], [Double]) {
    var bins: [(observed: Int, expected: Double)] = []
    var open = (observed: 0, expected: 0.0)
    for (observed, expected) in zip(observed, expected) {
      open = (open.observed + observed, open.expected + expected)
      if open.expected >= 5 {
        bins.append(open)
        open = (0, 0)
      }
    }
    bins[bins.count - 1].observed += open.observed
    bins[bins.count - 1].expected += open.expected
    return (bins.map(\.observed), bins.map(\.expected))
  }
}
