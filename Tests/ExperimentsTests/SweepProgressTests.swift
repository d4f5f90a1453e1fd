import Accounting
import Results
import Synchronization
import Testing
import _TestSupport

@testable import Experiments

@Suite struct SweepProgressTests {
  private static func events(
    _ source: String = TinyExperiment.source, threads: Int = 1
  ) async throws -> [SweepRunner.Event] {
    let events = Mutex<[SweepRunner.Event]>([])
    try await Sweep.run(source, in: TemporaryFolder(), threads: threads) { event in
      events.withLock { $0.append(event) }
    }
    return events.withLock { $0 }
  }

  @Test(arguments: [1, 2])
  func theEventsOfASweepLeadToItsEnd(threads: Int) async throws {
    var progress = SweepProgress()
    var (shares, seen) = ([0.0], Set<Int>())
    for event in try await Self.events(threads: threads) {
      progress.note(event)
      shares.append(progress.share)
      for running in progress.groups {
        seen.insert(running.group.number)
        #expect(running.group.rounds == 3 && running.round <= 3)
        // The tiny experiment measures rounds 2 and 3.
        #expect((running.accuracies?.count == 3) == (running.round >= 2))
      }
    }
    #expect(seen == [0, 1])
    #expect(shares == shares.sorted() && shares.last == 1)
    #expect(progress.trials == 6 && progress.computedTrials == 6 && progress.keptTrials == 0)
    #expect(progress.groups.isEmpty)
    #expect(progress.secondsLeft() == 0)
    #expect(try #require(progress.slowestSetting).seconds > 0)
  }

  /// Rounds of one group are alike, so that half of them is half of the time.
  @Test func timeLeftGoesByTheWork() async throws {
    let events = try await Self.events(TinyExperiment.plain(["replicates: 2": "replicates: 1"]))
    let start = ContinuousClock.now
    var progress = SweepProgress()
    for event in events {
      guard case .finishedRound(let round, _, _) = event else {
        progress.note(event, at: start)
        continue
      }
      #expect(progress.secondsLeft(at: start) == nil || round > 1)
      progress.note(event, at: start)
      let left = try #require(progress.secondsLeft(at: start + .seconds(10 * round)))
      #expect(abs(left - Double(10 * (3 - round))) < 1e-6)
    }
  }

  /// A trial with twice the cohort has twice the work, but for what a round takes without anybody.
  @Test func workIsThatOfTheCohorts() throws {
    let plan = try TinyExperiment.plan(
      TinyExperiment.plain([
        "smoke:": "sweep: {training.sampling: [{poisson_rate: 0.25}, {poisson_rate: 0.5}]}\nsmoke:"
      ]))
    let work = plan.trials.map(\.task.workPerRound)
    // 7850 parameters; 60,000 examples of 40 clients, a quarter or half of which take part.
    #expect(work[0] == 7850 * (1 + 15_000) && work[2] == 7850 * (1 + 30_000))
  }

  @Test func spentBudgetsAreUpperBounds() throws {
    let plan = try TinyExperiment.plan(
      TinyExperiment.plain(["rounds: 3\n": "rounds: 25\n", "replicates: 2": "replicates: 1"]))
    let trial = plan.trials[0]
    func price(_ rounds: Int) throws -> PrivacyBound {
      var accountant = PrivacyLossAccountant(relation: .addOrRemoveOne)
      try accountant.compose(
        .poissonSampled(.gaussian(noiseMultiplier: 1), samplingRate: 0.25), count: rounds)
      return try accountant.epsilon(atDelta: 1e-5)
    }
    for rounds in [1, 7, 24] {
      #expect(try trial.epsilonUpper(after: rounds) == price(rounds).upper)
    }
    #expect(try trial.epsilonUpper(after: 25) == trial.claim.epsilonUpper)

    var budgets = SpentBudgets()
    #expect(budgets.epsilonUpper(of: trial, after: 1) == trial.claim.epsilonUpper)
    for round in 1...25 {
      while let next = budgets.nextRound(of: trial, after: round) {
        #expect(next >= round && next < 25)
        budgets.learn(try trial.epsilonUpper(after: next), of: trial, after: next)
      }
      #expect(budgets.epsilonUpper(of: trial, after: round) >= (try price(round).lower))
    }
    // Five rounds a mark: what is spent after the first round is bounded by the fifth.
    #expect(budgets.epsilonUpper(of: trial, after: 1) == (try price(5).upper))
    #expect(budgets.epsilonUpper(of: trial, after: 25) == trial.claim.epsilonUpper)
  }

  @Test func nothingIsPricedWithoutNoise() throws {
    let plan = try TinyExperiment.plan(TinyExperiment.plain(["{multiplier: 1.0}": "none"]))
    let budgets = SpentBudgets()
    #expect(budgets.nextRound(of: plan.trials[0], after: 1) == nil)
    #expect(budgets.epsilonUpper(of: plan.trials[0], after: 1) == .infinity)
  }
}
