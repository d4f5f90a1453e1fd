import Accounting
import Foundation
import Results
import Synchronization
import Testing
import _TestSupport

@testable import Experiments

@Suite struct SweepRunnerTests {
  @Test func anyNumberOfThreadsGivesTheSameBytes() async throws {
    let one = try await Sweep.run(threads: 1)
    for threads in [1, 2, 5] {
      let other = try await Sweep.run(threads: threads)
      #expect(try RunFiles(directory: other.path) == RunFiles(directory: one.path))
    }
  }

  @Test func everyTrialIsMeasuredAndCharged() async throws {
    let folder = try await Sweep.run()
    let files = try RunFiles(directory: folder.path)
    let plan = try TinyExperiment.plan()
    let rows = try files.trialRows()
    #expect(rows.map(\.trial) == plan.trials.map(\.id.description))
    #expect(rows.map(\.setting) == [0, 0, 1, 1, 2, 2])
    #expect(rows.map(\.replicate) == [0, 1, 0, 1, 0, 1])
    #expect(rows.map(\.clippingNorm) == [nil, nil, 0.5, 0.5, 0.5, 0.5])
    #expect(rows.allSatisfy { (0...1).contains($0.accuracy) && $0.loss?.isFinite == true })
    #expect(rows.map(\.claim) == plan.trials.map(\.claim))

    let accuracies = try files.roundRows().filter { $0.metric == .accuracy }
    #expect(accuracies.map(\.round) == Array(repeating: [2, 3], count: 6).flatMap { $0 })
    #expect(accuracies.filter { $0.round == 3 }.map(\.value) == rows.map(\.accuracy))

    let ledgers = try files.ledgerRows()
    #expect(ledgers.map(\.trial) == rows.map(\.trial))
    for (ledger, trial) in zip(ledgers, plan.trials) {
      let release: PrivacyEvent =
        trial.claim.isPrivate
        ? .gaussian(noiseMultiplier: trial.claim.noiseMultiplier) : .nonPrivate
      #expect(ledger.events.runs.count == 1)
      #expect(ledger.events.runs.first?.count == 3)
      #expect(ledger.events.runs.first?.event == .poissonSampled(release, samplingRate: 0.25))
    }
  }

  @Test func learningHappens() async throws {
    let folder = try await Sweep.run(
      TinyExperiment.plain(["rounds: 3\n": "rounds: 20\n", "{multiplier: 1.0}": "none"]))
    let rows = try RunFiles(directory: folder.path).trialRows()
    #expect(rows.allSatisfy { $0.accuracy > 0.9 })
  }

  /// Stops the sweep after some trial, again and again, until it is through.
  @Test func interruptedSweepsEndInTheSameBytes() async throws {
    let straight = try await Sweep.run()
    let folder = try TemporaryFolder()
    var stops = 0
    while true {
      let task = Task {
        try await Sweep.run(in: folder, threads: 1) { event in
          if case .finishedTrial = event { withUnsafeCurrentTask { $0?.cancel() } }
        }
      }
      do {
        try await task.value
        break
      } catch is CancellationError {
        stops += 1
      }
      try #require(stops < 20)
      #expect(!folder.contents.contains("trials.csv"))
    }
    #expect(stops > 0)
    #expect(try RunFiles(directory: folder.path) == RunFiles(directory: straight.path))
  }

  @Test func aFinishedTrialIsNotComputedAgain() async throws {
    let folder = try TemporaryFolder()
    let events = Mutex<[String]>([])
    let plan = try TinyExperiment.plan()
    do {
      let directory = try RunDirectory(folder.path, plan: plan.document(), restart: false)
      var ledger = Ledger()
      try ledger.record(.nonPrivate, count: 3)
      try directory.keep(
        FinishedTrial(
          measurements: [2, 3].flatMap { round in
            [
              FinishedTrial.Measurement(round: round, metric: .accuracy, value: 0.125),
              FinishedTrial.Measurement(round: round, metric: .loss, value: 9),
            ]
          }, ledger: ledger,
          timing: TimingRow(trial: plan.trials[0].id.description, seconds: 1, updates: 1)),
        of: plan.trials[0].id)
    }
    try await Sweep.run(in: folder) { event in
      switch event {
      case .started(let load):
        events.withLock {
          $0.append("started \(load.trials) \(load.finishedTrials) \(load.roundsLeft)")
        }
      case .finishedTrial(let trial, _, _):
        events.withLock { $0.append(trial.id.description) }
      case .preparingFeatures, .startedGroup, .finishedRound:
        break
      }
    }
    #expect(events.withLock { $0.first } == "started 6 1 15")
    #expect(
      Set(events.withLock { $0.dropFirst() }) == Set(plan.trials.dropFirst().map(\.id.description)))
    #expect(try RunFiles(directory: folder.path).trialRows()[0].accuracy == 0.125)
  }

  @Test func aLedgerThatSaysOtherwiseStopsTheSweep() async throws {
    let folder = try TemporaryFolder()
    let plan = try TinyExperiment.plan()
    do {
      let directory = try RunDirectory(folder.path, plan: plan.document(), restart: false)
      let ledger = try directory.ledger(of: plan.trials[2].id, releases: 3)
      try ledger.record(.gaussian(noiseMultiplier: 9))
    }
    await #expect {
      try await Sweep.run(in: folder)
    } throws: { error in
      guard case ResultsError.ledgerMismatch(_, let line) = error else { return false }
      return line == 1
    }
    #expect(!folder.contents.contains("trials.csv"))
  }

  /// A split that is measured decides the result; the other one has no influence at all.
  @Test(arguments: ["test", "validation"])
  func onlyTheNamedSplitIsLookedAt(split: String) async throws {
    let source = TinyExperiment.source([
      "split: test": "split: \(split)", "validation_examples: 0": "validation_examples: 30",
    ])
    let plain = try await Sweep.run(source)
    let shifted = try await Sweep.run(source, dataset: TinyExperiment.dataset(testShift: 90))
    let same = try RunFiles(directory: plain.path) == RunFiles(directory: shifted.path)
    #expect(same == (split == "validation"))
    let rows = try RunFiles(directory: plain.path).trialRows()
    #expect(rows.allSatisfy { $0.evaluationSplit == split })
  }
}
