import Foundation
import Results
import Synchronization
import Testing
import _TestSupport

@testable import Experiments

/// Trials that are interrupted between their rounds.
@Suite struct CheckpointTests {
  /// Every kind of state: moments, averages, clipping norms that adapt, none of them, and bytes and
  /// reports that are counted.
  private static let sources = [
    TinyExperiment.source([
      "rounds: 3\n": "rounds: 12\n",
      "server_momentum: 0.9": "optimizer: {fed_yogi: {beta1: 0.9, beta2: 0.99, adaptivity: 0.1}}\n"
        + "  schedule: {cosine: 0.1}\n  warmup_rounds: 4\n  averaging: {exponential_warm_up: 0.9}",
      "clipping_norm: 0.5": "clipping_norm: 0.5\n  clipping: {quantile: {target: 0.5, "
        + "learning_rate: 0.2, count_standard_deviation: 5}}",
    ]),
    TinyExperiment.examples([
      "rounds: 3\n": "rounds: 12\n",
      "learning_rate: 0.5": "learning_rate: 50.0\n  averaging: {tail_from: 5}",
      "smoke:":
        "sweep:\n  training.optimizer: [sgd, {momentum: 0.9}, "
        + "{adam: {beta1: 0.9, beta2: 0.999, epsilon: 1.0e-8}}]\nsmoke:",
    ]),
    TinyExperiment.source([
      "rounds: 3\n": "rounds: 12\n",
      "server_momentum: 0.9": "server_momentum: 0.9\n  compression: {stochastic_bits: 4}\n"
        + "  participation: {availability: {probability: 0.8}, drop_out: 0.2, stragglers: "
        + "{fraction: 0.3, work: 0.5}, minimum: {devices: 6, count_standard_deviation: 3}}",
    ]),
    TinyExperiment.source([
      "rounds: 3\n": "rounds: 12\n",
      "smoke:": "audit: {canaries: 20, guesses: 10}\nsmoke:",
    ]),
    TinyExperiment.examples([
      "rounds: 3\n": "rounds: 12\n",
      "validation_examples: 0": "validation_examples: 30",
      "smoke:": "audit: {canaries: 30, guesses: 10, canary: mislabeled}\nsmoke:",
    ]),
    TinyExperiment.silos([
      "rounds: 3\n": "rounds: 12\n",
      "server_learning_rate: 1.0": "server_learning_rate: 0.5\n  optimizer: {momentum: 0.9}",
    ]),
  ]

  /// Runs until a number of rounds of groups is through, and stops.
  private func run(
    _ source: String, in folder: TemporaryFolder, stoppingAfter rounds: Int, threads: Int = 1,
    checkpointInterval: Duration = .zero
  ) async throws -> (finished: Bool, roundsLeft: Int) {
    let left = Mutex(rounds)
    let roundsLeft = Mutex(0)
    let task = Task {
      try await Sweep.run(
        source, in: folder, threads: threads, checkpointInterval: checkpointInterval
      ) { event in
        switch event {
        case .preparingFeatures, .startedGroup: break
        case .started(let load): roundsLeft.withLock { $0 = load.roundsLeft }
        case .finishedRound:
          let isLast = left.withLock { left in
            left -= 1
            return left <= 0
          }
          if isLast { withUnsafeCurrentTask { $0?.cancel() } }
        case .finishedTrial: break
        }
      }
    }
    do {
      try await task.value
      return (true, roundsLeft.withLock { $0 })
    } catch is CancellationError {
      return (false, roundsLeft.withLock { $0 })
    }
  }

  /// Every stop costs at most the round at hand; the end is the same.
  @Test(arguments: sources, [1, 2])
  func interruptedTrialsEndInTheSameBytes(source: String, threads: Int) async throws {
    let straight = try await Sweep.run(source)
    let folder = try TemporaryFolder()
    var left = Int.max
    var stops = 0
    while true {
      let outcome = try await run(
        source, in: folder, stoppingAfter: 1 + stops % 5, threads: threads)
      #expect(outcome.roundsLeft < left)
      left = outcome.roundsLeft
      if outcome.finished { break }
      stops += 1
      try #require(stops < 100)
    }
    #expect(stops > 3)
    #expect(try RunFiles(directory: folder.path) == RunFiles(directory: straight.path))
    #expect(try Verification(directory: folder.path).findings == [])
    #expect(!folder.contents.contains { $0.contains("checkpoint") })
  }

  /// What clients keep is in no checkpoint: such trials start over.
  @Test func trialsWhoseClientsKeepSomethingStartOver() async throws {
    let source = TinyExperiment.source([
      "server_momentum: 0.9": "server_momentum: 0.9\n  compression: {top_k: 0.01}\n"
        + "  error_feedback: true"
    ])
    let straight = try await Sweep.run(source)
    let folder = try TemporaryFolder()
    for _ in 0..<2 {
      let outcome = try await run(source, in: folder, stoppingAfter: 2)
      #expect(!outcome.finished && outcome.roundsLeft == 18)
      #expect(!folder.contents.contains { $0.hasSuffix(".checkpoint") })
    }
    try await Sweep.run(source, in: folder)
    #expect(try RunFiles(directory: folder.path) == RunFiles(directory: straight.path))
  }

  /// A run that is stopped politely keeps all its rounds, however rare its checkpoints are.
  @Test func cancellingKeepsTheRoundsThatAreThrough() async throws {
    let folder = try TemporaryFolder()
    for rounds in [36, 21, 15] {
      let outcome = try await run(
        Self.sources[1], in: folder, stoppingAfter: rounds == 36 ? 5 : 2,
        checkpointInterval: .seconds(1000))
      // Two replicates of three trials and twelve rounds; the first replicate is under way.
      #expect(outcome.roundsLeft == 36 + rounds)
    }
  }

  /// What clients keep is in no checkpoint: their trial starts over, with the same end and no charge
  /// beyond what is charged already.
  @Test(arguments: [1, 2]) func clientsThatRememberStartOver(threads: Int) async throws {
    let source = TinyExperiment.source([
      "rounds: 3\n": "rounds: 6\n",
      "server_momentum: 0.9": "server_momentum: 0.9\n  control_variates: true",
    ])
    let straight = try await Sweep.run(source)
    let folder = try TemporaryFolder()
    for rounds in [3, 5] {
      let outcome = try await run(
        source, in: folder, stoppingAfter: rounds, threads: threads)
      #expect(!outcome.finished && outcome.roundsLeft == 36)
      #expect(!folder.contents.contains { $0.hasSuffix(".checkpoint") })
      #expect(folder.contents.contains { $0.hasSuffix(".jsonl") })
    }
    let outcome = try await run(source, in: folder, stoppingAfter: 1000, threads: threads)
    #expect(outcome.finished)
    #expect(try RunFiles(directory: folder.path) == RunFiles(directory: straight.path))
    #expect(try Verification(directory: folder.path).findings == [])
  }

  /// Some trials of a group may have been kept before a kill, and others not.
  @Test func whatIsLeftOfAGroupGoesOn() async throws {
    let source = Self.sources[0]
    let straight = try await Sweep.run(source)
    let folder = try TemporaryFolder()
    _ = try await run(source, in: folder, stoppingAfter: 7)
    let plan = try TinyExperiment.plan(source)
    do {
      let done = try TemporaryFolder()
      let directory = try RunDirectory(done.path, plan: plan.document(), restart: false)
      let group = TrialGroup.groups(of: plan.trials.compactMap(\.training))[0]
      let outcomes = try GroupRunner(
        group: group,
        data: TrialData(
          TinyExperiment.dataset(), settings: group.trials[0].plan.dataset, seed: 7),
        directory: directory, threads: 1, checkpointInterval: .seconds(10)
      ).run { _, _ in }
      let interrupted = try RunDirectory(folder.path, plan: plan.document(), restart: false)
      try interrupted.keep(outcomes[0], of: group.trials[0].id)
    }
    // The other replicate's group comes first now.
    let second = try await run(source, in: folder, stoppingAfter: 2)
    #expect(second.roundsLeft == 2 * 5 + 36)
    let third = try await run(source, in: folder, stoppingAfter: 1000)
    #expect(third.finished && third.roundsLeft == 2 * 5 + 3 * 10)
    #expect(try RunFiles(directory: folder.path) == RunFiles(directory: straight.path))
  }

  private func interrupted() async throws -> (folder: TemporaryFolder, file: String) {
    let folder = try TemporaryFolder()
    _ = try await run(Self.sources[0], in: folder, stoppingAfter: 4)
    let file = try #require(folder.contents.first { $0.hasSuffix(".checkpoint") })
    return (folder, file)
  }

  private func expectRefusal(
    _ folder: TemporaryFolder, _ file: String, because reason: String,
    location: SourceLocation = #_sourceLocation
  ) async {
    await #expect(sourceLocation: location) {
      try await Sweep.run(Self.sources[0], in: folder)
    } throws: { error in
      let text = "\(error)"
      return text.hasPrefix("\(folder.at(file)) is no checkpoint that this run can go on from: ")
        && text.contains(reason) && text.hasSuffix("--restart starts over.")
    }
  }

  @Test func aDamagedCheckpointIsRefused() async throws {
    let (folder, file) = try await interrupted()
    let good = try folder.data(file)
    for place in stride(from: 0, to: good.count, by: max(1, good.count / 12)) {
      var bad = good
      bad[place] ^= 1
      try folder.write(bad, to: file)
      await expectRefusal(folder, file, because: "its checksum differs")
    }
    for length in [0, 1, 64, 65, good.count - 1] {
      try folder.write(good.prefix(length), to: file)
      await expectRefusal(folder, file, because: "its checksum differs")
    }
    // A file whose writing was cut off has another name.
    try folder.write(good, to: file)
    try folder.write(good.prefix(100), to: "\(file).new")
    try await Sweep.run(Self.sources[0], in: folder)
  }

  @Test func aCheckpointOfOtherTrialsIsNotGoneOnFrom() async throws {
    let (folder, file) = try await interrupted()
    let name = try #require(file.split(separator: "/").last)
    let other = try TinyExperiment.plan(Self.sources[1])
    let foreign = try TemporaryFolder()
    _ = try await run(Self.sources[1], in: foreign, stoppingAfter: 4)
    let id = other.trials[0].id
    #expect(name.count == id.description.count + ".checkpoint".count)
    try folder.write(
      foreign.data(".partial/checkpoints/\(id).checkpoint"), to: file)
    try await Sweep.run(Self.sources[0], in: folder)
    let straight = try await Sweep.run(Self.sources[0])
    #expect(try RunFiles(directory: folder.path) == RunFiles(directory: straight.path))
  }

  @Test func aCheckpointAheadOfItsLedgerIsRefused() async throws {
    let (folder, file) = try await interrupted()
    let ledger = try #require(folder.contents.first { $0.hasSuffix(".jsonl") })
    let first = try #require(folder.text(ledger).split(separator: "\n").first)
    try folder.write("\(first)\n", to: ledger)
    await expectRefusal(folder, file, because: "charges 1 releases")
  }

  @Test func aRestartForgetsCheckpoints() async throws {
    let (folder, _) = try await interrupted()
    let plan = try TinyExperiment.plan(Self.sources[0]).document()
    _ = try RunDirectory(folder.path, plan: plan, restart: true)
    #expect(!folder.contents.contains { $0.hasSuffix(".checkpoint") })
  }
}
