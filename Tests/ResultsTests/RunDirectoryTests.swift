import Foundation
import Testing
import _TestSupport

@testable import Results

@Suite struct RunDirectoryTests {
  private let folder: TemporaryFolder
  private let path: String
  private let plan = Data("{}\n".utf8)

  init() throws {
    folder = try TemporaryFolder()
    path = folder.at("results/x")
  }

  private func publish(
    _ directory: borrowing RunDirectory, accuracy: Double, plan: Data = Data("{}\n".utf8)
  ) throws {
    try directory.publish(
      Samples.files(accuracy: accuracy, plan: String(decoding: plan, as: UTF8.self)),
      timings: [TimingRow(trial: "0123456789abcdef", seconds: 1, updates: 2)],
      provenance: Data("{}\n".utf8))
  }

  @Test func aNewFolderIsMadeAndPublishedInto() throws {
    #expect(try !RunDirectory.isComplete(path, plan: plan))
    let directory = try RunDirectory(path, plan: plan, restart: false)
    #expect(try !RunDirectory.isComplete(path, plan: plan))
    try publish(directory, accuracy: 0.5)
    #expect(try RunDirectory.isComplete(path, plan: plan))
    #expect(
      folder.contents == [
        "results", "results/x", "results/x/ledgers.jsonl", "results/x/plan.json",
        "results/x/provenance.json", "results/x/rounds.csv", "results/x/timings.csv",
        "results/x/tradeoff.csv", "results/x/trials.csv",
      ])
    #expect(try RunFiles(directory: path) == Samples.files(accuracy: 0.5))
  }

  @Test func outcomesOutliveARun() throws {
    let outcome = try Samples.finished([
      .init(round: 2, metric: .accuracy, value: 0.5), .init(round: 2, metric: .loss, value: .nan),
    ])
    do {
      let directory = try RunDirectory(path, plan: plan, restart: false)
      #expect(try directory.outcome(of: Samples.id) == nil)
      try directory.keep(outcome, of: Samples.id)
    }
    let again = try RunDirectory(path, plan: plan, restart: false)
    let kept = try #require(try again.outcome(of: Samples.id))
    #expect(kept.ledger == outcome.ledger && kept.timing == outcome.timing)
    #expect(kept.measurements[0] == outcome.measurements[0])
    #expect(kept.measurements[1].value.isNaN)
  }

  @Test func aRunKeepsTheArithmeticThatItBeganWith() throws {
    do {
      let directory = try RunDirectory(path, plan: plan, restart: false)
      try directory.hold(to: "Haswell")
    }
    do {
      let again = try RunDirectory(path, plan: plan, restart: false)
      try again.hold(to: "Haswell")
      #expect(
        throws: ResultsError.otherArithmetic(directory: path, begun: "Haswell", now: "SkylakeX")
      ) { try again.hold(to: "SkylakeX") }
    }
    try RunDirectory(path, plan: plan, restart: true).hold(to: "SkylakeX")
  }

  @Test func restartForgetsOutcomesAndLedgers() throws {
    do {
      let directory = try RunDirectory(path, plan: plan, restart: false)
      let ledger = try directory.ledger(of: Samples.id, releases: 3)
      try ledger.record(Samples.event)
      try directory.keep(try Samples.finished([]), of: Samples.id)
    }
    let again = try RunDirectory(path, plan: plan, restart: true)
    #expect(try again.outcome(of: Samples.id) == nil)
    #expect(folder.contents.filter { $0.hasSuffix(".jsonl") } == [])
  }

  @Test func otherPlansAreRefused() throws {
    let other = Data("{\"other\":1}\n".utf8)
    do {
      let directory = try RunDirectory(path, plan: plan, restart: false)
      _ = consume directory
      #expect(throws: ResultsError.differentPlan(directory: path)) {
        try RunDirectory(path, plan: other, restart: false)
      }
    }
    try publish(RunDirectory(path, plan: plan, restart: false), accuracy: 0.5)
    let before = folder.contents
    for restart in [false, true] {
      #expect(throws: ResultsError.differentPlan(directory: path)) {
        try RunDirectory(path, plan: other, restart: restart)
      }
    }
    #expect(try !RunDirectory.isComplete(path, plan: other))
    #expect(folder.contents == before)
    #expect(try RunFiles(directory: path) == Samples.files(accuracy: 0.5))
  }

  /// The same experiment, resolved a little differently: replaced on request, and then gone on with.
  @Test func otherResolutionsAreReplacedOnRequest() throws {
    let plans = [1, 2].map { Data("{\"source\":\"x\",\"smoke\":false,\"n\":\($0)}\n".utf8) }
    try publish(RunDirectory(path, plan: plans[0], restart: false), accuracy: 0.5, plan: plans[0])
    #expect(throws: ResultsError.otherResolution(directory: path)) {
      try RunDirectory(path, plan: plans[1], restart: false)
    }
    #expect(try !RunDirectory.isComplete(path, plan: plans[1]))
    do {
      let restarted = try RunDirectory(path, plan: plans[1], restart: true)
      try restarted.keep(try Samples.finished([]), of: Samples.id)
    }
    #expect(try !RunDirectory.isComplete(path, plan: plans[1]))
    let resumed = try RunDirectory(path, plan: plans[1], restart: false)
    #expect(try resumed.outcome(of: Samples.id) != nil)
    #expect(try RunFiles(directory: path).plan == plans[0])
    try publish(resumed, accuracy: 0.75, plan: plans[1])
    #expect(try RunDirectory.isComplete(path, plan: plans[1]))
    let other = Data("{\"source\":\"y\",\"smoke\":false}\n".utf8)
    for restart in [false, true] {
      #expect(throws: ResultsError.self) {
        try RunDirectory(path, plan: other, restart: restart)
      }
    }
  }

  @Test(arguments: [["thesis.tex"], [".hidden"], ["a", ".partial/kept"], ["trials.csv"]])
  func foldersOfOthersAreRefused(names: [String]) throws {
    for name in names {
      let file = "\(path)/\(name)"
      try FileManager.default.createDirectory(
        atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      try Data("mine".utf8).write(to: URL(filePath: file))
    }
    let before = folder.contents
    for restart in [false, true] {
      #expect(throws: ResultsError.unknownContents(directory: path, file: names[0])) {
        try RunDirectory(path, plan: plan, restart: restart)
      }
    }
    #expect(folder.contents == before)
  }

  @Test func aRunKilledAtItsStartIsTakenOver() throws {
    try FileManager.default.createDirectory(
      atPath: "\(path)/.partial/trials", withIntermediateDirectories: true)
    try publish(RunDirectory(path, plan: plan, restart: false), accuracy: 0.5)
    #expect(try RunDirectory.isComplete(path, plan: plan))
  }

  /// Two runs may both find the folder unfinished, and one of them be through before the other takes it.
  @Test func aRunThatFinishedMeanwhileIsNotRepeated() throws {
    try publish(RunDirectory(path, plan: plan, restart: false), accuracy: 0.5)
    #expect(throws: ResultsError.alreadyComplete(directory: path)) {
      try RunDirectory(path, plan: plan, restart: false)
    }
    #expect(try RunDirectory.isComplete(path, plan: plan))
    #expect(try RunFiles(directory: path) == Samples.files(accuracy: 0.5))
  }

  /// Once the results are in place, the rest of what a run wrote is only in the way.
  @Test func aRunKilledAtItsVeryEndIsNotRepeated() throws {
    try publish(RunDirectory(path, plan: plan, restart: false), accuracy: 0.5)
    let before = folder.contents
    try FileManager.default.createDirectory(
      atPath: "\(path)/.partial/ledgers", withIntermediateDirectories: true)
    #expect(try !RunDirectory.isComplete(path, plan: plan))
    #expect(throws: ResultsError.alreadyComplete(directory: path)) {
      try RunDirectory(path, plan: plan, restart: false)
    }
    #expect(folder.contents == before)
  }

  @Test func aSecondRunIsRefusedUntilTheFirstEnds() throws {
    do {
      let first = try RunDirectory(path, plan: plan, restart: false)
      for restart in [false, true] {
        #expect(throws: ResultsError.inUse(directory: path)) {
          try RunDirectory(path, plan: plan, restart: restart)
        }
      }
      try publish(first, accuracy: 0.5)
      #expect(throws: ResultsError.inUse(directory: path)) {
        try RunDirectory(path, plan: plan, restart: true)
      }
      withExtendedLifetime(first) {}
    }
    _ = try RunDirectory(path, plan: plan, restart: true)
  }

  @Test func aRestartKeepsOldResultsUntilTheNewAreThere() throws {
    try publish(RunDirectory(path, plan: plan, restart: false), accuracy: 0.25)
    let directory = try RunDirectory(path, plan: plan, restart: true)
    try directory.keep(try Samples.finished([]), of: Samples.id)
    #expect(try RunFiles(directory: path) == Samples.files(accuracy: 0.25))
    #expect(try !RunDirectory.isComplete(path, plan: plan))
    try publish(directory, accuracy: 0.75)
    #expect(try RunFiles(directory: path) == Samples.files(accuracy: 0.75))
    #expect(try RunDirectory.isComplete(path, plan: plan))
  }

  /// A name that points to a new file at every publication was renamed, not rewritten: whoever had the
  /// old file open still reads all of it.
  @Test func everyFileIsReplacedInOneStep() throws {
    try publish(RunDirectory(path, plan: plan, restart: false), accuracy: 0.25)
    let names = ["trials.csv", "rounds.csv", "tradeoff.csv", "ledgers.jsonl", "plan.json"]
    let open = try names.map { try FileHandle(forReadingFrom: URL(filePath: "\(path)/\($0)")) }
    let old = try names.map { try Data(contentsOf: URL(filePath: "\(path)/\($0)")) }
    try publish(RunDirectory(path, plan: plan, restart: true), accuracy: 0.75)
    for (handle, contents) in zip(open, old) { #expect(try handle.readToEnd() == contents) }
    #expect(!folder.contents.contains { $0.hasSuffix(".new") })
  }

  @Test func aFailedReplacementLeavesTheOldFile() throws {
    try FileManager.default.createDirectory(
      atPath: folder.at("taken"), withIntermediateDirectories: true)
    try folder.write("old", to: "taken/x")
    #expect(throws: ResultsError.self) {
      try writeAtomically(Data("new".utf8), to: folder.at("taken"))
    }
    #expect(folder.contents == ["taken", "taken/x"])
    #expect(try folder.text("taken/x") == "old")
  }

  @Test func aPathBelowAFileIsAnError() throws {
    try folder.write("", to: "results")
    #expect(throws: ResultsError.cannotWrite(path: path, reason: "Not a directory")) {
      try RunDirectory(path, plan: plan, restart: false)
    }
  }

  @Test func aFileIsNoFolder() throws {
    try folder.write("", to: "file")
    let path = folder.at("file")
    #expect(throws: ResultsError.cannotWrite(path: path, reason: "File exists")) {
      try RunDirectory(path, plan: plan, restart: false)
    }
  }
}
