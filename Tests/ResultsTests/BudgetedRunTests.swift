import Accounting
import Foundation
import Testing
import _TestSupport

@testable import Results

@Suite struct BudgetedRunTests {
  private let folder: TemporaryFolder
  private let file: BudgetFile

  init() throws {
    folder = try TemporaryFolder()
    file = try BudgetSamples.budget(in: folder, epsilon: 20)
  }

  private func request(_ name: String, releases: Int = 4) throws -> BudgetRequest {
    BudgetSamples.request(try BudgetSamples.schedule(name, releases: releases))
  }

  /// A run that is let go without its end is as one that was killed.
  private func kill(_ name: String, after released: Int) throws {
    let run = try BudgetSamples.start(file, try request(name), in: folder.at(name))
    try BudgetSamples.release(released, of: name, outOf: 4, in: run)
  }

  @Test func aKilledRunGoesOnUnderItsNumber() throws {
    try kill("a", after: 2)
    #expect(try file.budget().runs[0].isOpen)
    let lines = file.lineCount
    let run = try BudgetSamples.start(file, try request("a"), in: folder.at("a"))
    #expect(run.budgetedRun?.number == 1 && file.lineCount == lines)
    // What was charged is not charged again.
    try BudgetSamples.release(2, of: "a", outOf: 4, in: run)
    #expect(file.lineCount == lines)
    try BudgetSamples.release(4, of: "a", outOf: 4, in: run)
    try run.budgetedRun?.close(.finished)
    #expect(try file.budget().runs.map(\.chargedReleases) == [4])
  }

  @Test func deadRunsAreClosedByTheNextAndLivingOnesAreNot() throws {
    try kill("a", after: 1)
    let living = try BudgetSamples.start(file, try request("b", releases: 1), in: folder.at("b"))
    #expect(try file.budget().runs.map(\.closing) == [.abandoned, nil])
    _ = try BudgetSamples.start(file, try request("c", releases: 1), in: folder.at("c"))
    #expect(try file.budget().runs.map(\.closing) == [.abandoned, nil, nil])
    withExtendedLifetime(living) {}
  }

  /// Nobody knows whether a run on another machine, or in a folder that is gone, goes on.
  @Test func whatIsNotKnownToBeDeadStaysOpen() throws {
    try kill("a", after: 1)
    try FileManager.default.removeItem(atPath: folder.at("a"))
    _ = try file.start(
      try request("b", releases: 1),
      in: BudgetPlace(folder: folder.at("b"), host: "there", arithmetic: "Haswell")
    ) { () throws(ResultsError) in
      try RunDirectory(folder.at("b"), plan: BudgetSamples.plan, restart: false)
    }
    _ = try BudgetSamples.start(file, try request("c", releases: 1), in: folder.at("c"))
    #expect(try file.budget().runs.map(\.isOpen) == [true, true, true])
  }

  @Test func runsAreClosedByHand() throws {
    try kill("a", after: 1)
    try file.abandon(run: 1, host: "here")
    #expect(try file.budget().runs[0].closing == .abandoned)
    #expect(throws: ResultsError.budget(file: file.path, .runIsClosed(1))) {
      try file.abandon(run: 1, host: "here")
    }
    #expect(throws: ResultsError.budget(file: file.path, .noSuchRun(2))) {
      try file.abandon(run: 2, host: "here")
    }
    let living = try BudgetSamples.start(file, try request("b"), in: folder.at("b"))
    #expect(
      throws: ResultsError.budget(file: file.path, .runIsAlive(2, folder: folder.at("b")))
    ) { try file.abandon(run: 2, host: "here") }
    // At the word of somebody on another machine it stops before its next release.
    try file.abandon(run: 2, host: "there")
    #expect(throws: ResultsError.budget(file: file.path, .closedMeanwhile(run: 2))) {
      try BudgetSamples.release(1, of: "b", outOf: 4, in: living)
    }
    #expect(try folder.text("b/.partial/ledgers/\(BudgetSamples.id("b")).jsonl") == "")
  }

  /// Results that were begun without the budget are charged as far as they go.
  @Test func whatAFolderHoldsIsChargedAtTheStart() throws {
    do {
      let run = try RunDirectory(folder.at("a"), plan: BudgetSamples.plan, restart: false)
      try BudgetSamples.release(2, of: "a", outOf: 4, in: run)
      var ledger = Ledger()
      try ledger.record(.gaussian(noiseMultiplier: 1), count: 4)
      try run.keep(
        FinishedTrial(
          measurements: [], ledger: ledger,
          timing: TimingRow(trial: BudgetSamples.id("b").description, seconds: 0, updates: 0)),
        of: BudgetSamples.id("b"))
    }
    let run = try BudgetSamples.start(
      file,
      BudgetSamples.request(
        try BudgetSamples.schedule("a", releases: 4), try BudgetSamples.schedule("b", releases: 4)),
      in: folder.at("a"))
    #expect(try file.budget().runs[0].chargedReleases == 6)
    try run.budgetedRun?.close(.interrupted)
  }

  @Test func finishedResultsAreSettled() throws {
    try kill("a", after: 4)
    try file.settle(folder: folder.at("a"))
    #expect(try file.budget().runs[0].closing == .finished)
    try file.settle(folder: folder.at("a"))
    try FileManager.default.createDirectory(
      atPath: folder.at("b"), withIntermediateDirectories: false)
    #expect(throws: ResultsError.budget(file: file.path, .uncharged(folder: folder.at("b")))) {
      try file.settle(folder: folder.at("b"))
    }
  }

  @Test func verificationComparesLedgersWithCharges() throws {
    try kill("a", after: 2)
    #expect(try BudgetVerification(file, folders: [folder.at("a")]).findings == [])
    let ledger = "a/.partial/ledgers/\(BudgetSamples.id("a")).jsonl"
    let line = try #require(try folder.text(ledger).split(separator: "\n").first)
    try folder.write(String(repeating: "\(line)\n", count: 3), to: ledger)
    let findings = try BudgetVerification(file, folders: [folder.at("a")]).findings
    #expect(findings.count == 1 && findings[0].contains("has made 3 releases, and 2 are charged"))
  }

  /// Whatever two runs ask for at a time, one of them is refused where both do not fit.
  @Test func ofTwoRunsThatDoNotBothFitOneStarts() async throws {
    let path = file.path
    let outcomes = await withTaskGroup(of: Bool.self) { tasks in
      for name in ["a", "b", "c", "d"] {
        let target = folder.at(name)
        tasks.addTask {
          guard let file = try? BudgetFile(path),
            let schedule = try? BudgetSamples.schedule(name, releases: 6),
            let run = try? BudgetSamples.start(
              file, BudgetSamples.request(schedule), in: target)
          else { return false }
          return (try? BudgetSamples.release(6, of: name, outOf: 6, in: run)) != nil
        }
      }
      var outcomes: [Bool] = []
      for await outcome in tasks { outcomes.append(outcome) }
      return outcomes
    }
    #expect(outcomes.filter(\.self).count == 1)
    #expect(try BudgetVerification(file, folders: []).findings == [])
  }
}
