import Accounting
import Foundation
import Results
import Testing
import _TestSupport

@testable import Experiments

@Suite struct PlanBudgetTests {
  private static let noNone = ["    - none\n": ""]

  private func request(_ source: String) throws -> BudgetRequest {
    try TinyExperiment.plan(source).budgetRequest()
  }

  private func gaussians(_ multipliers: Double...) -> PrivacyEvent {
    .poissonSampled(
      multipliers.count == 1
        ? .gaussian(noiseMultiplier: multipliers[0])
        : .composed(multipliers.map { .gaussian(noiseMultiplier: $0) }), samplingRate: 0.25)
  }

  @Test func trialsOfAReplicateShareTheirCohorts() throws {
    let plan = try TinyExperiment.plan(TinyExperiment.source(Self.noNone))
    let request = try plan.budgetRequest()
    #expect(request.experiment == "tiny")
    #expect(request.schedules.count == 2)
    for (replicate, schedule) in request.schedules.enumerated() {
      #expect(schedule.cohorts == ReleaseSchedule.Cohorts(seed: 7, replicate: replicate))
      #expect(
        schedule.trials.map(\.trial)
          == plan.trials.filter { $0.task.replicate == replicate }.map(\.id.description))
      #expect(schedule.trials.map(\.releases) == [3, 3])
      #expect(schedule.events.runs.map(\.event) == [gaussians(2, 0.8)])
      #expect(schedule.events.runs.map(\.count) == [3])
    }
  }

  /// Rounds that only some trials have are paid for by these.
  @Test func longerTrialsGoOnAlone() throws {
    let source = TinyExperiment.plain([
      "smoke:": "sweep:\n  training.rounds: [5, 2, 9]\n  privacy.noise: [{multiplier: 2.0}, "
        + "{multiplier: 4.0}]\nsmoke:", "replicates: 2": "replicates: 1",
    ])
    let schedules = try request(source).schedules
    #expect(schedules.count == 1)
    #expect(schedules[0].trials.map(\.releases).sorted() == [2, 2, 5, 5, 9, 9])
    #expect(schedules[0].events.runs.map(\.count) == [2, 3, 4])
    #expect(
      schedules[0].events.runs.map(\.event)
        == [gaussians(2, 4, 2, 4, 2, 4), gaussians(2, 4, 2, 4), gaussians(2, 4)])
    #expect(schedules[0].length == 9)
  }

  @Test(arguments: [
    ("everyone", "add-or-remove-one"), ("{poisson_rate: 1}", "add-or-remove-one"),
    ("in_turn", "zero-out"), ("{cohort_size: 40}", "replace-one"),
  ])
  func trialsWithoutRandomCohortsArePricedAlone(sampling: String, relation: String) throws {
    let schedules = try request(
      TinyExperiment.source(
        Self.noNone.merging([
          "{poisson_rate: 0.25}": sampling, "add-or-remove-one": relation,
        ]) { $1 })
    ).schedules
    #expect(schedules.count == 4)
    for schedule in schedules {
      #expect(schedule.cohorts == nil && schedule.trials.count == 1 && schedule.length == 3)
    }
  }

  @Test func silosPayForEveryStep() throws {
    let schedules = try request(TinyExperiment.silos()).schedules
    #expect(schedules.map(\.length) == [9, 9])
  }

  @Test func whoIsProtectedIsSaid() throws {
    let dealt = try request(TinyExperiment.plain()).subject
    #expect(dealt.units == "40 clients, partition iid")
    #expect(dealt.drawnBySeed == 7 && dealt.keptApart == nil)
    #expect(dealt.privacyUnit == .client && dealt.neighboringRelation == .addOrRemoveOne)
    #expect(dealt.dataset == "fashion-mnist" && dealt.datasetFingerprint.count == 64)

    // Examples are the data's own: any seed speaks of the same ones, unless it keeps some apart.
    let examples = try request(TinyExperiment.examples()).subject
    #expect(examples.units == "training examples" && examples.drawnBySeed == nil)
    #expect(
      try request(TinyExperiment.examples(["seed: 7": "seed: 8"])).subject == examples)
    #expect(try request(TinyExperiment.silos(["seed: 7": "seed: 8"])).subject == examples)
    let apart = try request(
      TinyExperiment.examples(["validation_examples: 0": "validation_examples: 30"])
    ).subject
    #expect(apart.keptApart == "30 training examples to tune on" && apart.drawnBySeed == 7)
  }

  @Test func whatABudgetCannotCoverIsRefused() throws {
    #expect(throws: BudgetRefusal.withoutNoise(sweep: "privacy.noise=none")) {
      try request(TinyExperiment.source)
    }
    #expect(throws: BudgetRefusal.asksACorpus) { try request(TinyAnalytics.source) }
    #expect(throws: BudgetRefusal.unlikeCohorts) {
      try request(
        TinyExperiment.plain([
          "smoke:":
            "sweep:\n  training.sampling: [{poisson_rate: 0.1}, {poisson_rate: 0.2}]\nsmoke:"
        ]))
    }
    #expect(throws: BudgetRefusal.severalSubjects) {
      try request(
        TinyExperiment.plain([
          "smoke:": "sweep:\n  dataset.validation_examples: [0, 30]\nsmoke:"
        ]))
    }
  }

  /// Later replicates are the same clients with other cohorts.
  @Test func replicatesMayBeginAnywhere() throws {
    let all = try TinyExperiment.plan(TinyExperiment.plain(["replicates: 2": "replicates: 5"]))
    let later = try TinyExperiment.plan(
      TinyExperiment.plain(["replicates: 2": "replicates: 3\nfirst_replicate: 2"]))
    #expect(later.trials.map(\.id) == Array(all.trials.map(\.id)[2...]))
    #expect(later.trials.map(\.task.replicate) == [2, 3, 4])
    #expect(try later.budgetRequest().subject == all.budgetRequest().subject)
    #expect(throws: ExperimentError.self) {
      try TinyExperiment.plan(
        TinyExperiment.plain(["replicates: 2": "replicates: 2\nfirst_replicate: -1"]))
    }
  }

  /// A budget changes no result, and is charged what the ledgers say.
  @Test func aRunIsChargedWhatItsLedgersSay() async throws {
    let source = TinyExperiment.source(Self.noNone)
    let plan = try TinyExperiment.plan(source)
    let request = try plan.budgetRequest()
    let folder = try TemporaryFolder()
    let file = try BudgetFile.create(
      folder.at("budget.jsonl"),
      BudgetHeader(epsilon: 40, delta: 1e-5, order: nil, for: request, program: "test"))
    let document = try plan.document()
    let results = folder.at("results")
    let directory = try file.start(
      request, in: BudgetPlace(folder: results, host: "here", arithmetic: "Haswell")
    ) { () throws(ResultsError) in
      try RunDirectory(results, plan: document, restart: false)
    }
    _ = try await SweepRunner(plan: plan, threads: 2, checkpointInterval: .seconds(10)) { _ in
      TinyExperiment.dataset()
    }.run(in: directory, provenance: Sweep.provenance) { _ in }
    try directory.budgetedRun?.close(.finished)

    let files = try RunFiles(directory: results)
    let run = try file.budget().run(1)
    for row in try files.ledgerRows() {
      #expect(run.charged[row.trial] == row.events.runs.reduce(0) { $0 + $1.count })
    }
    #expect(try BudgetVerification(file, folders: [results]).findings == [])
    let without = try await Sweep.run(source)
    #expect(try RunFiles(directory: without.path) == files)
  }
}
