import Accounting
import Foundation
import Testing
import _TestSupport

@testable import Results

/// Gaussian noise of multiplier z on everybody has divergence order / 2z^2 at every order.
@Suite struct BudgetTests {
  private let folder: TemporaryFolder
  private let file: BudgetFile
  /// Of the samples' filter.
  private let total: Double

  init() throws {
    folder = try TemporaryFolder()
    file = try BudgetSamples.budget(in: folder)
    total = try BudgetSamples.header().filter.total
  }

  /// Of so many releases with noise multiplier 1, at order 3.
  private func share(_ releases: Double) -> Double { releases * 1.5 / total }

  private func shares() throws -> (spent: Double, reserved: Double) {
    var budget = try file.budget()
    let shares = try budget.shares()
    return (shares.spent, shares.reserved)
  }

  private func expect(
    spent: Double, reserved: Double, _ location: SourceLocation = #_sourceLocation
  ) throws {
    let found = try shares()
    #expect(abs(found.spent - spent) < 1e-8, "\(found)", sourceLocation: location)
    #expect(abs(found.reserved - reserved) < 1e-8, "\(found)", sourceLocation: location)
    // Rounded up, never down.
    #expect(found.spent >= spent, sourceLocation: location)
  }

  @Test func runsReserveChargeAndClose() throws {
    try expect(spent: 0, reserved: 0)
    let one = try BudgetSamples.start(
      file, BudgetSamples.request(try BudgetSamples.schedule("a", releases: 2)),
      in: folder.at("one"))
    try expect(spent: 0, reserved: share(2))
    try BudgetSamples.release(1, of: "a", outOf: 2, in: one)
    try expect(spent: share(1), reserved: share(1))
    let two = try BudgetSamples.start(
      file,
      BudgetSamples.request(try BudgetSamples.schedule("b", noiseMultiplier: 2, releases: 4)),
      in: folder.at("two"))
    try expect(spent: share(1), reserved: share(2))
    try one.budgetedRun?.close(.interrupted)
    try expect(spent: share(1), reserved: share(1))
    try BudgetSamples.release(4, of: "b", outOf: 4, in: two, noiseMultiplier: 2)
    try two.budgetedRun?.close(.finished)
    try expect(spent: share(2), reserved: 0)
    let budget = try file.budget()
    #expect(budget.runs.map(\.closing) == [.interrupted, .finished])
  }

  /// Blocks of the durable ledger are charged before they are used, and so is the budget.
  @Test func chargesComeBeforeReleases() throws {
    let run = try BudgetSamples.start(
      file,
      BudgetSamples.request(
        try BudgetSamples.schedule("a", noiseMultiplier: 40, releases: 300)),
      in: folder.at("run"))
    let ledger = try run.ledger(of: BudgetSamples.id("a"), releases: 300)
    for released in 1...300 {
      try ledger.record(.gaussian(noiseMultiplier: 40))
      #expect(try file.budget().runs[0].chargedReleases == ledger.reservedCount)
      #expect(ledger.reservedCount >= released)
    }
    // A header, a start, and charges of 1, 2, 4, ..., 256, 300 releases.
    #expect(file.lineCount == 2 + 10)
  }

  @Test func onlyWhatFitsIsAdmitted() throws {
    // 5.198 in all at order 3, of which a release takes 1.5.
    let most = Int(total / 1.5)
    #expect(most == 3)
    for (name, releases) in [("a", 2), ("b", 1)] {
      _ = try BudgetSamples.start(
        file, BudgetSamples.request(try BudgetSamples.schedule(name, releases: releases)),
        in: folder.at(name)
      ).budgetedRun?.close(.interrupted)
    }
    let before = try folder.data("budget.jsonl")
    let four = BudgetSamples.request(try BudgetSamples.schedule("c", releases: 4))
    #expect {
      _ = try BudgetSamples.start(file, four, in: folder.at("four"))
    } throws: { error in
      guard case ResultsError.budget(_, .exhausted(let cost, let left, _, let open)) = error else {
        return false
      }
      return abs(cost - share(4)) < 1e-8 && abs(left - 1) < 1e-8 && open.isEmpty
    }
    #expect(try folder.data("budget.jsonl") == before)
    #expect(!folder.contents.contains("four"))

    let three = try BudgetSamples.start(
      file, BudgetSamples.request(try BudgetSamples.schedule("c", releases: 3)),
      in: folder.at("three"))
    #expect {
      _ = try BudgetSamples.start(
        file, BudgetSamples.request(try BudgetSamples.schedule("d", releases: 1)),
        in: folder.at("four"))
    } throws: { error in
      guard case ResultsError.budget(_, .exhausted(_, _, _, let open)) = error else { return false }
      return open == [3] && "\(error)".contains("Nothing was started.")
    }
    try three.budgetedRun?.close(.interrupted)
  }

  /// Equal trials repeat their noise on equal sums: they tell nothing new.
  @Test func whatWasReleasedBeforeIsFree() throws {
    let request = BudgetSamples.request(try BudgetSamples.schedule("a", releases: 3))
    let one = try BudgetSamples.start(file, request, in: folder.at("one"))
    try BudgetSamples.release(2, of: "a", outOf: 3, in: one)
    try one.budgetedRun?.close(.interrupted)
    try expect(spent: share(2), reserved: 0)
    let again = try BudgetSamples.start(file, request, in: folder.at("two"))
    try expect(spent: share(2), reserved: share(1))
    try BudgetSamples.release(3, of: "a", outOf: 3, in: again)
    try expect(spent: share(3), reserved: 0)
    try again.budgetedRun?.close(.finished)
    var budget = try file.budget()
    #expect(abs(try budget.share(of: budget.runs[0]) - share(2)) < 1e-8)
    #expect(abs(try budget.share(of: budget.runs[1]) - share(1)) < 1e-8)
    // But not by another kernel, which rounds the sums differently.
    #expect(
      throws: ResultsError.budget(
        file: file.path,
        .otherArithmetic(
          trial: BudgetSamples.id("a").description, charged: "Haswell", now: "Zen"))
    ) {
      _ = try BudgetSamples.start(file, request, in: folder.at("three"), arithmetic: "Zen")
    }
  }

  /// Two answers with multiplier 1 about one cohort are one with multiplier 1 / sqrt(2), and are paid for
  /// when the first is given.
  @Test func sharedCohortsArePaidForWhenTheyAreFirstAsked() throws {
    let schedule = try BudgetSamples.shared(
      ["a", "b"], noiseMultiplier: 2, releases: 5)
    let run = try BudgetSamples.start(file, BudgetSamples.request(schedule), in: folder.at("run"))
    try BudgetSamples.release(2, of: "b", outOf: 5, in: run)
    try run.budgetedRun?.close(.interrupted)
    let both = PrivacyEvent.poissonSampled(
      .gaussian(noiseMultiplier: 2.0.squareRoot()), samplingRate: 0.1)
    var accountant = RenyiAccountant(relation: .addOrRemoveOne)
    try accountant.compose(both, count: 2)
    try expect(spent: try accountant.divergence(atOrder: 3) / total, reserved: 0)
  }

  @Test func cohortsAreNotAskedAgain() throws {
    let first = try BudgetSamples.shared(["a"], noiseMultiplier: 9, releases: 5)
    try BudgetSamples.start(file, BudgetSamples.request(first), in: folder.at("one"))
      .budgetedRun?.close(.interrupted)
    #expect(
      throws: ResultsError.budget(file: file.path, .cohortsUsed(run: 1, seed: 7, replicate: 0))
    ) {
      _ = try BudgetSamples.start(
        file,
        BudgetSamples.request(try BudgetSamples.shared(["b"], noiseMultiplier: 9, releases: 1)),
        in: folder.at("two"))
    }
    for (name, seed, replicate) in [("c", 8, 0), ("d", 7, 1)] {
      try BudgetSamples.start(
        file,
        BudgetSamples.request(
          try BudgetSamples.shared(
            [name], noiseMultiplier: 9, releases: 1, seed: UInt64(seed), replicate: replicate)),
        in: folder.at(name)
      ).budgetedRun?.close(.interrupted)
    }
  }

  @Test func otherDataAreRefused() throws {
    let own = BudgetSamples.subject
    func subject(
      unit: PrivacyUnit = .client, relation: NeighboringRelation = .addOrRemoveOne,
      fingerprint: String = "0123456789abcdef", units: String = "40 clients, partition iid",
      keptApart: String? = nil, seed: UInt64? = 7, name: String = "sample"
    ) -> BudgetSubject {
      BudgetSubject(
        privacyUnit: unit, neighboringRelation: relation, dataset: name,
        datasetFingerprint: fingerprint, units: units, keptApart: keptApart, drawnBySeed: seed)
    }
    #expect(subject() == own)
    for (other, field) in [
      (subject(unit: .example), "privacy unit"), (subject(relation: .zeroOut), "relation is"),
      (subject(fingerprint: "f"), "data set"), (subject(units: "41 clients"), "population is"),
      (subject(keptApart: "5 examples"), "kept apart"), (subject(seed: 8), "seed of"),
      (subject(seed: nil), "seed of"),
    ] {
      #expect {
        _ = try BudgetSamples.start(
          file,
          BudgetSamples.request(try BudgetSamples.schedule("a", releases: 1), subject: other),
          in: folder.at("run"))
      } throws: { error in "\(error)".contains(field) && "\(error)".contains("other data") }
    }
    #expect(!folder.contents.contains("run"))
  }

  @Test func whatHasNoPriceIsRefused() throws {
    var events = Ledger()
    try events.record(
      .poissonSampled(
        .composed([.laplace(noiseMultiplier: 9), .laplace(noiseMultiplier: 9)]), samplingRate: 0.1))
    let request = BudgetSamples.request(
      ReleaseSchedule(
        trials: [ReleaseSchedule.Trial(trial: "a", releases: 1)], cohorts: nil, events: events))
    #expect {
      _ = try BudgetSamples.start(file, request, in: folder.at("run"))
    } throws: { error in "\(error)".contains("no price") }
  }

  /// The odometer of steps with Gaussian noise has a reference in the tests of `Accounting`; here it counts
  /// charged releases alone.
  @Test func theOdometerCountsWhatWasCharged() throws {
    #expect(try file.budget().odometer() == 0)
    let run = try BudgetSamples.start(
      file, BudgetSamples.request(try BudgetSamples.schedule("a", releases: 3)),
      in: folder.at("run"))
    #expect(try file.budget().odometer() == 0)
    try BudgetSamples.release(1, of: "a", outOf: 3, in: run)
    var odometer = try RenyiOdometer(delta: 1e-5)
    odometer.add(try RenyiStep(.gaussian(noiseMultiplier: 1), relation: .addOrRemoveOne))
    #expect(try file.budget().odometer() == odometer.epsilon)
  }
}
