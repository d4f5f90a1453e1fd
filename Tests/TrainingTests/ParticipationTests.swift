import Accounting
import Foundation
import Mechanisms
import Randomness
import Testing
import _TestSupport

@testable import Training

@Suite struct ParticipationTests {
  static let keys = SharedKeys(StreamKey(seed: 381))
  static let noise = NoiseKeys(StreamKey(seed: 382))
  static let everyone = FullParticipation(unitCount: 200)

  private func cohorts(
    _ participation: Participation, _ sampler: any CohortSampler = everyone, rounds: Int = 200
  ) -> [Participation.Cohort] {
    (1...rounds).map {
      participation.cohort(of: sampler, population: 200, round: $0, keys: Self.keys)
    }
  }

  // MARK: Who reports

  @Test func everybodyReportsUnlessSomethingHappens() {
    let sampler = PoissonSampler(samplingRate: 0.3, unitCount: 200)
    for (index, cohort) in cohorts(.full, sampler, rounds: 20).enumerated() {
      #expect(cohort.reporting == cohort.started)
      #expect(
        cohort.started
          == sampler.cohort(from: 200, round: index + 1, key: Self.keys.cohort(round: index + 1)))
    }
  }

  /// Independent coins: three checks of how many start, report and are late over 40,000 devices.
  @Test func everyFailureHasItsProbability() {
    let participation = Participation(
      availability: .probability(0.7), dropOut: 0.2, stragglers: .init(fraction: 0.25, work: 0))
    var (started, reported, late) = (0, 0, 0)
    for (index, cohort) in cohorts(participation).enumerated() {
      started += cohort.started.count
      reported += cohort.reporting.count
      #expect(Set(cohort.reporting).isSubset(of: cohort.started))
      late += (0..<200).count {
        participation.work(of: $0, round: index + 1, keys: Self.keys) == 0
      }
    }
    for (count, probability) in [(started, 0.7), (reported, 0.7 * 0.8 * 0.75), (late, 0.25)] {
      let p = GoodnessOfFit.binomial(successes: count, trials: 40_000, probability: probability)
      #expect(p > AlarmBudget.perCheck)
    }
  }

  /// Whoever is there with a chance is there with a greater one: settings are compared like with like.
  @Test func greaterChancesLoseNobody() {
    func reporting(_ availability: Double, _ dropOut: Double) -> [[Int]] {
      cohorts(Participation(availability: .probability(availability), dropOut: dropOut), rounds: 50)
        .map(\.reporting)
    }
    let (few, many, all) = (reporting(0.4, 0.3), reporting(0.8, 0.3), reporting(0.8, 0.1))
    for round in few.indices {
      #expect(Set(few[round]).isSubset(of: many[round]))
      #expect(Set(many[round]).isSubset(of: all[round]))
    }
    #expect(few != many && many != all)
  }

  /// Nobody's fate depends on who else is asked.
  @Test func thePopulationChangesNobodyElsesFate() {
    let participation = Participation(
      availability: .diurnal(period: 24, lowest: 0.1, highest: 0.9, spread: 1), dropOut: 0.2,
      stragglers: .init(fraction: 0.2, work: 0))
    for round in 1...50 {
      let (all, fewer) = (
        participation.cohort(of: Self.everyone, population: 200, round: round, keys: Self.keys),
        participation.cohort(of: Self.everyone, population: 150, round: round, keys: Self.keys)
      )
      #expect(all.reporting.filter { $0 < 150 } == fewer.reporting)
    }
  }

  // MARK: The day

  /// With one hour for all, the share of devices follows the cosine, round by round: 24 checks.
  @Test func aDayHasItsCourse() {
    let participation = Participation(
      availability: .diurnal(period: 24, lowest: 0.2, highest: 0.8, spread: 0))
    let cohorts = cohorts(participation, rounds: 24 * 20)
    for hour in 0..<24 {
      let started = stride(from: hour, to: cohorts.count, by: 24).reduce(0) {
        $0 + cohorts[$1].started.count
      }
      let swing = cos(2 * .pi * Double(hour + 1) / 24)
      let p = GoodnessOfFit.binomial(
        successes: started, trials: 4000, probability: 0.5 + 0.3 * swing)
      #expect(p > AlarmBudget.perCheck)
    }
  }

  /// With hours all around the clock, as many are there at any time, but each has its own course:
  /// one check of everybody, and every client's rounds half a period apart differ.
  @Test func everyClientHasItsHour() {
    let participation = Participation(
      availability: .diurnal(period: 20, lowest: 0, highest: 1, spread: 1))
    let cohorts = cohorts(participation, rounds: 2000)
    var counts = [[Int]](repeating: [Int](repeating: 0, count: 20), count: 200)
    for (round, cohort) in cohorts.enumerated() {
      for client in cohort.started { counts[client][(round + 1) % 20] += 1 }
    }
    for client in 0..<200 {
      let peak = counts[client].indices.max { counts[client][$0] < counts[client][$1] }!
      #expect(counts[client][peak] > 80)
      #expect(counts[client][(peak + 10) % 20] < 20)
    }
    // Peaks by quarter of the day: a uniform hour each, but for the noise of finding the peak.
    let total = cohorts.reduce(0) { $0 + $1.started.count }
    #expect((Double(total) / 400_000 - 0.5).magnitude < 0.01)
  }

  // MARK: The first reports

  @Test func theFirstReportsCount() {
    let sampler = FixedSizeSampler(cohortSize: 20, populationSize: 200, overSelection: 1.5)
    let participation = Participation(dropOut: 0.1)
    var counts = [Int](repeating: 0, count: 31)
    for cohort in cohorts(participation, sampler) {
      #expect(cohort.started.count == 30)
      #expect(zip(cohort.reporting, cohort.reporting.dropFirst()).allSatisfy { $0 < $1 })
      counts[cohort.reporting.count] += 1
    }
    #expect(counts[20] > 190)
    #expect(counts[21...].allSatisfy { $0 == 0 })
  }

  /// Late devices come last: with as many places as there are others, none of them gets in.
  @Test func stragglersComeLast() {
    let participation = Participation(stragglers: .init(fraction: 0.3, work: 0.5))
    let sampler = FixedSizeSampler(cohortSize: 10, populationSize: 200, overSelection: 3)
    var hadStragglers = false
    for (index, cohort) in cohorts(participation, sampler).enumerated() {
      func isLate(_ client: Int) -> Bool {
        participation.work(of: client, round: index + 1, keys: Self.keys) < 1
      }
      hadStragglers = hadStragglers || cohort.started.contains(where: isLate)
      let inTime = cohort.started.count { !isLate($0) }
      #expect(cohort.reporting.count { !isLate($0) } == min(10, inTime))
    }
    #expect(hadStragglers)
  }

  /// Each member is as likely as any other to be among the first: one check over 200 rounds.
  @Test func speedIsNobodysPrivilege() {
    let sampler = FixedSizeSampler(cohortSize: 100, populationSize: 200, overSelection: 2)
    let lowest = cohorts(.full, sampler).reduce(0) { $0 + $1.reporting.count { $0 < 50 } }
    // 25 of 50 in each round, hypergeometric with variance 100 / 4 * 150 / 199 * ... = 9.42.
    let p = GoodnessOfFit.standardNormal((Double(lowest) - 5000) / (200 * 9.4221).squareRoot())
    #expect(p > AlarmBudget.perCheck)
  }

  /// To replace one member moves the sum by at most twice the clipping norm, whoever is displaced: the
  /// sets that report differ by one at most on each side.
  @Test func oneMemberDisplacesOneAtMost() {
    let participation = Participation(
      dropOut: 0.2, stragglers: .init(fraction: 0.3, work: 0.5))
    for round in 1...100 {
      var stream = RandomStream(StreamKey(seed: 383).child(.round, UInt64(round)))
      let asked = stream.sampleWithoutReplacement(30, outOf: 200)
      let stranger = (0..<200).first { !asked.contains($0) }!
      for place in [0, 7, 29] {
        var other = asked
        other[place] = stranger
        let (one, two) = [asked, other].map { members in
          Set(
            participation.cohort(
              of: Members(members: members.sorted(), reportLimit: 15), population: 200,
              round: round,
              keys: Self.keys
            ).reporting)
        }.pair
        #expect(one.subtracting(two).count <= 1 && two.subtracting(one).count <= 1)
      }
    }
  }

  // MARK: The divisor

  @Test func theDivisorIsWhatThePlanExpects() {
    let poisson = PoissonSampler(samplingRate: 0.25, unitCount: 200)
    #expect(Participation.full.expectedReports(of: poisson) == 50)
    func expected(_ participation: Participation) -> Double {
      participation.expectedReports(of: poisson)
    }
    #expect(expected(Participation(availability: .probability(0.5))) == 25)
    #expect(expected(Participation(dropOut: 0.5)) == 25)
    #expect(expected(Participation(stragglers: .init(fraction: 0.5, work: 0))) == 25)
    #expect(expected(Participation(stragglers: .init(fraction: 0.5, work: 0.1))) == 50)
    let day = Participation.Availability.diurnal(period: 24, lowest: 0.25, highest: 0.75, spread: 1)
    #expect(expected(Participation(availability: day, dropOut: 0.5)) == 12.5)
    let chosen = FixedSizeSampler(cohortSize: 20, populationSize: 200, overSelection: 2)
    #expect(Participation.full.expectedReports(of: chosen) == 20)
    #expect(Participation(dropOut: 0.25).expectedReports(of: chosen) == 20)
    #expect(Participation(dropOut: 0.75).expectedReports(of: chosen) == 10)
  }

  /// One check: the mean number of reports is the divisor, so that steps keep their size.
  @Test func theDivisorIsTheMeanNumberOfReports() {
    let participation = Participation(
      availability: .probability(0.8), dropOut: 0.1, stragglers: .init(fraction: 0.5, work: 0.5))
    let sampler = PoissonSampler(samplingRate: 0.5, unitCount: 200)
    let total = cohorts(participation, sampler).reduce(0) { $0 + $1.reporting.count }
    #expect((participation.expectedReports(of: sampler) - 72).magnitude < 1e-12)
    let p = GoodnessOfFit.binomial(successes: total, trials: 40_000, probability: 0.36)
    #expect(p > AlarmBudget.perCheck)
  }

  // MARK: A round in training

  /// Eleven devices, all of them there or nobody; ten are asked for.
  @Test(arguments: [(10, false), (11, false), (12, true)])
  func theServerStepsIfEnoughReport(fewest: Int, isSkipped: Bool) throws {
    var trainer = SingleTrainer(
      [0], FullParticipation(unitCount: 11), NonPrivateMechanism(),
      participation: Participation(fewestReports: fewest),
      ScriptedUpdates(updates: [[Float]](repeating: [2], count: 11)), shared: Self.keys,
      noise: Self.noise)
    var ledger = Ledger()
    let diagnostics = try trainer.runRound(1, charging: &ledger)
    #expect(diagnostics.isSkipped == isSkipped)
    #expect(trainer.parameters == [isSkipped ? 0 : 2])
    #expect(diagnostics.bytesUp == 44 && diagnostics.bytesDown == 44)
    #expect(ledger.runs.map(\.count) == [1])
  }

  /// A skipped round changes nothing that a later one depends on, and is charged like any other.
  @Test func aSkippedRoundIsChargedAndForgotten() throws {
    let mechanism = try CountedGaussianMechanism(
      clippingNorm: 1, noiseMultiplier: 0.5, countStandardDeviation: 0.6)
    func trainer(_ fewest: Int) -> SingleTrainer<ScriptedUpdates> {
      SingleTrainer(
        [0], FullParticipation(unitCount: 5), mechanism, averaging: .tail(from: 1),
        participation: Participation(fewestReports: fewest),
        ScriptedUpdates(updates: [[Float]](repeating: [1], count: 5)), shared: Self.keys,
        noise: Self.noise)
    }
    var (never, always) = (trainer(0), trainer(100))
    var ledgers = (Ledger(), Ledger())
    for round in 1...4 {
      #expect(try !never.runRound(round, charging: &ledgers.0).isSkipped)
      #expect(try always.runRound(round, charging: &ledgers.1).isSkipped)
    }
    #expect(always.parameters == [0] && always.evaluatedParameters == [0])
    #expect(never.parameters != [0])
    #expect(ledgers.0 == ledgers.1)
    #expect(ledgers.0.runs.map(\.event) == [.gaussian(noiseMultiplier: 0.5)])
  }

  /// Five report and five are asked for, with noise of standard deviation 2: about half of the rounds
  /// are skipped, whatever the true number is. One check.
  @Test func theNoisedNumberDecides() throws {
    let mechanism = try CountedGaussianMechanism(
      clippingNorm: 1, noiseMultiplier: 0.5, countStandardDeviation: 2)
    var trainer = SingleTrainer(
      [0], FullParticipation(unitCount: 5), mechanism,
      participation: Participation(fewestReports: 5),
      ScriptedUpdates(updates: [[Float]](repeating: [1], count: 5)), shared: Self.keys,
      noise: Self.noise)
    var ledger = Ledger()
    var skipped = 0
    for round in 1...1000 where try trainer.runRound(round, charging: &ledger).isSkipped {
      skipped += 1
    }
    let p = GoodnessOfFit.binomial(successes: skipped, trials: 1000, probability: 0.5)
    #expect(p > AlarmBudget.perCheck)
  }

  /// Who drops out has been sent the model and sends nothing.
  @Test func bytesAreThoseOfTheDevices() throws {
    let participation = Participation(availability: .probability(0.5), dropOut: 0.5)
    var trainer = SingleTrainer(
      [0, 0, 0], Self.everyone, NonPrivateMechanism(), participation: participation,
      ScriptedUpdates(updates: [[Float]](repeating: [1, 2, 3], count: 200)), shared: Self.keys,
      noise: Self.noise)
    var ledger = Ledger()
    for (index, cohort) in cohorts(participation, rounds: 5).enumerated() {
      let diagnostics = try trainer.runRound(index + 1, charging: &ledger)
      #expect(diagnostics.cohortSize == cohort.reporting.count)
      #expect(diagnostics.bytesUp == 12 * cohort.reporting.count)
      #expect(diagnostics.bytesDown == 12 * cohort.started.count)
      #expect(cohort.reporting.count < cohort.started.count && cohort.started.count < 200)
    }
  }
}

/// A cohort that is given.
private struct Members: CohortSampler {
  let members: [Int]
  let reportLimit: Int?

  var expectedCohortSize: Double { Double(members.count) }

  func cohort(from population: Int, round: Int, key: StreamKey) -> [Int] { members }

  func amplified(_ event: PrivacyEvent) -> PrivacyEvent { event }
}

extension Array {
  fileprivate var pair: (Element, Element) { (self[0], self[1]) }
}
