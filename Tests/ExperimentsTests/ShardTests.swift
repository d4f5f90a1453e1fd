import Foundation
import Results
import Testing
import _TestSupport

@testable import Experiments

/// Sweeps that are divided and merged.
@Suite struct ShardTests {
  private func run(
    _ shard: Shard, _ source: String = TinyExperiment.source, in folder: TemporaryFolder
  ) async throws {
    let plan = try TinyExperiment.plan(source)
    let directory = try RunDirectory(folder.path, plan: plan.document(), restart: false)
    let runner = SweepRunner(plan: plan, threads: 1, checkpointInterval: .seconds(10)) { _ in
      TinyExperiment.dataset()
    }
    _ = try await runner.run(shard, in: directory, provenance: provenance) { _ in }
  }

  private func provenance(_ files: [String: String]) -> Provenance {
    Provenance(
      program: "test", commit: nil, command: [], finished: .now, operatingSystem: "", processor: "",
      threads: 1, libraries: [:], dataset: "", randomness: "", files: files)
  }

  private func merge(_ folders: [TemporaryFolder], into folder: TemporaryFolder) async throws {
    let merge = try Merge(folders.map(\.path))
    let directory = try RunDirectory(
      folder.path, plan: merge.plan.document(), restart: false)
    _ = try await merge.run(in: directory) { files, parts in
      #expect(parts.count == folders.count)
      return Sweep.provenance(files)
    }
  }

  @Test(arguments: [1, 2, 3, 4, 6, 9])
  func everyTrialIsInOnePart(count: Int) throws {
    let plan = try TinyExperiment.plan()
    let parts = try (1...count).map { try #require(Shard($0, of: count)).trials(of: plan) }
    #expect(Set(parts.joined().map(\.id)) == Set(plan.trials.map(\.id)))
    #expect(parts.joined().count == plan.trials.count)
    let sizes = parts.map(\.count)
    #expect(sizes.max()! - sizes.min()! <= 1)
  }

  /// Two replicates are two groups, and each part trains one of them side by side.
  @Test func groupsStayTogether() throws {
    let plan = try TinyExperiment.plan()
    for index in 1...2 {
      let trials = try #require(Shard(index, of: 2)).trials(of: plan)
      #expect(Set(trials.map(\.task.replicate)) == [index - 1])
    }
  }

  @Test(arguments: [(0, 3), (4, 3), (1, 0), (-1, -1), (1, 100_001)])
  func partsThatAreNoneAreRefused(index: Int, count: Int) {
    #expect(Shard(index, of: count) == nil)
  }

  @Test(arguments: [2, 4, 7])
  func mergedPartsAreOneRun(count: Int) async throws {
    let folders = try (0..<count).map { _ in try TemporaryFolder() }
    for (index, folder) in folders.enumerated() {
      try await run(try #require(Shard(index + 1, of: count)), in: folder)
      #expect(!folder.contents.contains("plan.json"))
    }
    let merged = try TemporaryFolder()
    try await merge(folders.reversed(), into: merged)
    let straight = try await Sweep.run()
    #expect(
      try RunFiles(directory: merged.path) == RunFiles(directory: straight.path))
    #expect(try Verification(directory: merged.path).findings == [])
    #expect(!merged.contents.contains { $0.hasPrefix(".") })
    // The parts are as they were, and merge again.
    try await merge(folders, into: TemporaryFolder())
  }

  /// The counts of an audit are pooled over replicates, whoever ran them.
  @Test func mergedPartsOfAnAuditAreOneRun() async throws {
    let source = TinyExperiment.plain(["smoke:": "audit: {canaries: 20, guesses: 6}\nsmoke:"])
    let folders = try (0..<2).map { _ in try TemporaryFolder() }
    for (index, folder) in folders.enumerated() {
      try await run(try #require(Shard(index + 1, of: 2)), source, in: folder)
    }
    let merged = try TemporaryFolder()
    try await merge(folders, into: merged)
    let straight = try await Sweep.run(source)
    #expect(
      try RunFiles(directory: merged.path) == RunFiles(directory: straight.path))
    #expect(try RunFiles(directory: merged.path).tradeoffRows()[0].audit?.guessCount == 12)
  }

  /// A folder that begins as a part may end as the whole.
  @Test func aPartGoesOnAsAWhole() async throws {
    let folder = try TemporaryFolder()
    try await run(Shard(2, of: 3)!, in: folder)
    try await Sweep.run(in: folder)
    let straight = try await Sweep.run()
    #expect(try RunFiles(directory: folder.path) == RunFiles(directory: straight.path))
  }

  @Test func missingAndUnfinishedPartsAreNamed() async throws {
    let folders = try (0..<2).map { _ in try TemporaryFolder() }
    try await run(Shard(1, of: 3)!, in: folders[0])
    #expect(throws: ResultsError.missingTrials(4, of: 6)) { try Merge([folders[0].path]) }
    let plan = try TinyExperiment.plan().document()
    _ = try RunDirectory(folders[1].path, plan: plan, restart: false)
    #expect(throws: ResultsError.unfinishedPart(directory: folders[1].path)) {
      try Merge(folders.map(\.path))
    }
    let nowhere = folders[0].at("nowhere")
    #expect(throws: ResultsError.cannotRead(path: nowhere, reason: "No such file or directory")) {
      try Merge([nowhere])
    }
  }

  @Test func aPartThatRunsIsNotMerged() async throws {
    let folder = try TemporaryFolder()
    try await run(Shard(1, of: 1)!, in: folder)
    let plan = try TinyExperiment.plan().document()
    let running = try RunDirectory(folder.path, plan: plan, restart: false)
    #expect(throws: ResultsError.inUse(directory: folder.path)) { try Merge([folder.path]) }
    withExtendedLifetime(running) {}
  }

  @Test func partsOfOtherSweepsAreRefused() async throws {
    let folders = try (0..<2).map { _ in try TemporaryFolder() }
    try await run(Shard(1, of: 2)!, in: folders[0])
    try await run(Shard(2, of: 2)!, TinyExperiment.source(["seed: 7": "seed: 8"]), in: folders[1])
    #expect(throws: ResultsError.differentParts(folders[0].path, folders[1].path)) {
      try Merge(folders.map(\.path))
    }
  }

  @Test func alteredAndConflictingTrialsAreRefused() async throws {
    let folders = try (0..<2).map { _ in try TemporaryFolder() }
    for folder in folders { try await run(Shard(1, of: 1)!, in: folder) }
    let name = try #require(
      folders[1].contents.first { $0.hasPrefix(".partial/trials/") && $0.hasSuffix(".json") })
    let altered = try folders[1].text(name).replacingOccurrences(
      of: "\"value\" : 0.", with: "\"value\" : 1.")
    try folders[1].write(altered, to: name)
    #expect(throws: ResultsError.altered(file: folders[1].at(name))) {
      try Merge(folders.map(\.path))
    }
    // Signed by whoever altered it, it still says other things than the first part.
    let trial = String(name.dropFirst(".partial/trials/".count).dropLast(".json".count))
    let plan = try TinyExperiment.plan()
    let directory = try RunDirectory(folders[1].path, plan: plan.document(), restart: false)
    try directory.closeShard(plan.trials.map(\.id), provenance: provenance)
    _ = consume directory
    #expect(
      throws: ResultsError.conflictingParts(folders[0].path, folders[1].path, trial: trial)
    ) { try Merge(folders.map(\.path)) }
  }
}
