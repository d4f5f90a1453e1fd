import Foundation
import Results
import Synchronization
import Testing
import _TestSupport

@testable import Experiments

/// Finished and interrupted sweeps whose experiment is changed: what is new runs alone, and the results are
/// those of the changed experiment run from nothing.
@Suite struct ExtensionTests {
  private static let more = [
    "replicates: 2": "replicates: 3",
    "    - {multiplier: 0.8}\n": "    - {multiplier: 0.8}\n    - {multiplier: 1.5}\n",
  ]

  /// Runs an experiment and counts what it did.
  private func run(
    _ source: String, in folder: TemporaryFolder, dropsRemoved: Bool = false,
    stoppingAfter finished: Int = .max
  ) async throws -> (kept: Int, computed: Set<TrialID>) {
    let plan = try TinyExperiment.plan(source)
    let directory = try RunDirectory(
      folder.path, plan: plan.document(), restart: false, dropsRemoved: dropsRemoved)
    let runner = SweepRunner(plan: plan, threads: 1, checkpointInterval: .zero) { _ in
      TinyExperiment.dataset()
    }
    let counts = Mutex((kept: 0, computed: Set<TrialID>()))
    let task = Task {
      _ = try await runner.run(in: directory, provenance: Sweep.provenance) { event in
        counts.withLock { counts in
          switch event {
          case .started(let workload): counts.kept = workload.finishedTrials
          case .finishedTrial(let trial, _, _):
            counts.computed.insert(trial.id)
            if counts.computed.count >= finished { withUnsafeCurrentTask { $0?.cancel() } }
          default: break
          }
        }
      }
    }
    do { try await task.value } catch is CancellationError {}
    return counts.withLock { $0 }
  }

  @Test func addedValuesAndReplicatesRunAlone() async throws {
    let folder = try await Sweep.run()
    let before = try RunFiles(directory: folder.path).trialRows()
    let counts = try await run(TinyExperiment.source(Self.more), in: folder)
    #expect(counts.kept == 6 && counts.computed.count == 6)
    let files = try RunFiles(directory: folder.path)
    let straight = try await Sweep.run(TinyExperiment.source(Self.more))
    #expect(try files == RunFiles(directory: straight.path))
    let ids = Set(try files.trialRows().map(\.trial))
    #expect(ids.count == 12 && ids.isSuperset(of: before.map(\.trial)))
    #expect(try Verification(directory: folder.path).findings == [])
  }

  /// A changed question changes no trial, and the text is that of the new file.
  @Test func wordsMayChange() async throws {
    let folder = try await Sweep.run()
    let source = TinyExperiment.source(["Does it run?": "Does it run again?"])
    #expect(try await run(source, in: folder).computed.isEmpty)
    let straight = try await Sweep.run(source)
    #expect(
      try RunFiles(directory: folder.path) == RunFiles(directory: straight.path))
  }

  @Test func anInterruptedSweepIsExtendedToo() async throws {
    let folder = try TemporaryFolder()
    let first = try await run(TinyExperiment.source, in: folder, stoppingAfter: 2)
    #expect(!folder.contents.contains("plan.json") && first.computed.count >= 2)
    let second = try await run(TinyExperiment.source(Self.more), in: folder)
    #expect(second.kept == first.computed.count)
    #expect(second.computed.isDisjoint(with: first.computed))
    let straight = try await Sweep.run(TinyExperiment.source(Self.more))
    #expect(
      try RunFiles(directory: folder.path) == RunFiles(directory: straight.path))
  }

  /// Kills between any two files of the taking over leave a folder that goes on.
  @Test func anInterruptedTakingOverIsRepeated() async throws {
    let folder = try await Sweep.run()
    let source = TinyExperiment.source(Self.more)
    let plan = try TinyExperiment.plan(source).document()
    _ = try RunDirectory(folder.path, plan: plan, restart: false)
    #expect(folder.contents.filter { $0.hasPrefix(".partial/trials/") }.count == 6)
    try FileManager.default.removeItem(atPath: folder.at(".partial/plan.json"))
    let kept = folder.contents.filter { $0.hasPrefix(".partial/trials/") }
    for name in kept.prefix(4) { try FileManager.default.removeItem(atPath: folder.at(name)) }
    let counts = try await run(source, in: folder)
    #expect(counts.kept == 6)
    let straight = try await Sweep.run(source)
    #expect(try RunFiles(directory: folder.path) == RunFiles(directory: straight.path))
  }

  @Test func trialsAreDroppedOnRequestAlone() async throws {
    let folder = try await Sweep.run()
    let source = TinyExperiment.source(["{multiplier: 0.8}": "{multiplier: 0.7}"])
    await #expect(throws: ResultsError.fewerTrials(directory: folder.path, removed: 2, held: 6)) {
      try await run(source, in: folder)
    }
    #expect(!folder.contents.contains(".partial"))
    let counts = try await run(source, in: folder, dropsRemoved: true)
    #expect(counts.kept == 4 && counts.computed.count == 2)
    let straight = try await Sweep.run(source)
    #expect(try RunFiles(directory: folder.path) == RunFiles(directory: straight.path))
  }

  @Test func anotherExperimentIsRefusedAllTheSame() async throws {
    let folder = try await Sweep.run()
    let before = try RunFiles(directory: folder.path)
    for dropsRemoved in [false, true] {
      await #expect(throws: ResultsError.differentPlan(directory: folder.path)) {
        try await run(
          TinyExperiment.source(["seed: 7": "seed: 8"]), in: folder, dropsRemoved: dropsRemoved)
      }
    }
    #expect(try RunFiles(directory: folder.path) == before)
  }

  /// A choice is one release; a changed sweep would make another.
  @Test func aPrivateChoiceIsNotExtended() async throws {
    let folder = try await Sweep.run(TuningTests.source())
    let before = try RunFiles(directory: folder.path)
    for dropsRemoved in [false, true] {
      await #expect(throws: ResultsError.choiceMade(directory: folder.path)) {
        try await run(
          TuningTests.source(["[0.1, 400]": "[0.1, 400, 0.5]"]), in: folder,
          dropsRemoved: dropsRemoved)
      }
    }
    #expect(try RunFiles(directory: folder.path) == before)
  }

  @Test func alteredResultsAreNotBuiltUpon() async throws {
    let folder = try await Sweep.run()
    try folder.write(
      folder.text("rounds.csv").replacingOccurrences(of: "0.", with: "1."), to: "rounds.csv")
    await #expect(throws: ResultsError.altered(file: folder.at("rounds.csv"))) {
      try await run(TinyExperiment.source(Self.more), in: folder)
    }
  }
}
