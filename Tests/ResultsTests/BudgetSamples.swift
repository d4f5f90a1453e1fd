import Accounting
import Foundation
import _TestSupport

@testable import Results

/// Budgets and plans in which every release is Gaussian noise on everybody, unless a cohort is asked for.
enum BudgetSamples {
  static let subject = BudgetSubject(
    privacyUnit: .client, neighboringRelation: .addOrRemoveOne, dataset: "sample",
    datasetFingerprint: "0123456789abcdef", units: "40 clients, partition iid", keptApart: nil,
    drawnBySeed: 7)

  static func header(
    epsilon: Double = 10, order: Double = 3, subject: BudgetSubject = subject
  ) throws -> BudgetHeader {
    BudgetHeader(
      filter: try RenyiFilter(epsilon: epsilon, delta: 1e-5, order: order), subject: subject,
      program: "test")
  }

  static func budget(
    in folder: TemporaryFolder, epsilon: Double = 10, order: Double = 3
  ) throws -> BudgetFile {
    try BudgetFile.create(
      folder.at("budget.jsonl"), header(epsilon: epsilon, order: order))
  }

  static func id(_ name: String) -> TrialID { TrialID(fingerprinting: Data(name.utf8)) }

  /// One trial on everybody.
  static func schedule(
    _ name: String, noiseMultiplier: Double = 1, releases: Int
  ) throws -> ReleaseSchedule {
    var events = Ledger()
    try events.record(.gaussian(noiseMultiplier: noiseMultiplier), count: releases)
    return ReleaseSchedule(
      trials: [ReleaseSchedule.Trial(trial: id(name).description, releases: releases)],
      cohorts: nil, events: events)
  }

  /// Trials of equal length about the cohorts of one replicate.
  static func shared(
    _ names: [String], noiseMultiplier: Double = 1, releases: Int, seed: UInt64 = 7,
    replicate: Int = 0
  ) throws -> ReleaseSchedule {
    var events = Ledger()
    let answers = names.map { _ in PrivacyEvent.gaussian(noiseMultiplier: noiseMultiplier) }
    try events.record(.poissonSampled(.composed(answers), samplingRate: 0.1), count: releases)
    return ReleaseSchedule(
      trials: names.map { ReleaseSchedule.Trial(trial: id($0).description, releases: releases) },
      cohorts: ReleaseSchedule.Cohorts(seed: seed, replicate: replicate), events: events)
  }

  static func request(
    _ schedules: ReleaseSchedule..., subject: BudgetSubject = subject
  ) -> BudgetRequest {
    BudgetRequest(experiment: "sample", subject: subject, schedules: schedules)
  }

  static func place(_ folder: String, arithmetic: String = "Haswell") -> BudgetPlace {
    BudgetPlace(folder: folder, host: "here", arithmetic: arithmetic)
  }

  static let plan = Data("{\"source\":\"\",\"smoke\":false}\n".utf8)

  /// Begins a run whose results go to a folder.
  static func start(
    _ file: BudgetFile, _ request: BudgetRequest, in folder: String, restart: Bool = false,
    arithmetic: String = "Haswell"
  ) throws -> RunDirectory {
    try file.start(request, in: place(folder, arithmetic: arithmetic)) {
      () throws(ResultsError) in
      try RunDirectory(folder, plan: plan, restart: restart)
    }
  }

  /// Makes the first releases of a trial.
  static func release(
    _ count: Int, of name: String, outOf releases: Int, in run: RunDirectory,
    noiseMultiplier: Double = 1
  ) throws {
    let ledger = try run.ledger(of: id(name), releases: releases)
    for _ in 0..<count { try ledger.record(.gaussian(noiseMultiplier: noiseMultiplier)) }
  }
}
