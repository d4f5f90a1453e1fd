import Accounting
import Foundation
import Results
import Statistics
import Testing

@testable import Experiments

@Suite struct ManyRunExperimentTests {
  private func audit(
    _ plan: Plan, runs: Int, canary: Int = 3, threads: Int = 2
  ) throws -> ManyRunExperiment {
    try ManyRunExperiment(
      of: plan, file: "audited.yaml",
      options: .init(runCount: runs, canary: canary, confidence: .ninetyFivePercent),
      runner: AuditSample.runner(plan, threads: threads))
  }

  @Test func anyNumberOfThreadsGivesTheSameBytes() async throws {
    let plan = try AuditSample.plan()
    let one = try await audit(plan, runs: 6, threads: 1).run {}
    #expect(try await audit(plan, runs: 6, threads: 3).run {} == one)
    // Without noise nothing is promised.
    #expect(Set(one.rows.map(\.setting)) == [0, 2])
    #expect(one.rows.count == 8)
    #expect(try ManyRunFiles.read(one.table, file: "many-runs.csv") == one.rows)
  }

  /// The likelihood ratio of Gaussian noise without sampling is N(-mu^2 / 2, mu^2) without the example and
  /// N(mu^2 / 2, mu^2) with it, mu being sqrt(rounds) / multiplier, where the example is clipped in every round.
  /// Means and variances of 400 runs within 5 standard errors: a false alarm in 400,000.
  @Test func scoresHaveTheirLaw() throws {
    let plan = try AuditSample.plan(["learning_rate: 1.0": "learning_rate: 0.01"])
    let subjects = try AuditSubjects(
      [0], of: plan, file: "audited.yaml", runner: AuditSample.runner(plan))
    let (group, data) = subjects.groups[0]
    let runs = CanaryRuns(group: group, pool: data.training, canary: 3, seed: 1)
    let mu = 2 / 1.5
    for isIn in [true, false] {
      let outcomes = try (0..<800).filter { CanaryRuns.isIn($0) == isIn }.map {
        try runs.run($0)[0]
      }
      let scores = Sample(outcomes.map(\.logLikelihoodRatio))
      let mean = (isIn ? 1 : -1) * mu * mu / 2
      #expect(abs(scores.mean - mean) < 5 * mu / 20, "\(scores.mean)")
      #expect(
        abs(try #require(scores.variance) / (mu * mu) - 1) < 5 * (2.0 / 400).squareRoot())
      #expect(outcomes.allSatisfy { abs($0.totalShare - 4) < 1e-6 })
    }
  }

  /// Of 800 runs, the Gaussian bound comes to about half of epsilon, and none comes above it.
  @Test func theBoundIsBelowTheAccountantsAndNear() async throws {
    let plan = try AuditSample.plan(["learning_rate: 1.0": "learning_rate: 0.01"])
    let rows = try await audit(plan, runs: 400).run {}.rows
    #expect(rows.allSatisfy { !$0.refutes })
    let gaussian = try #require(
      rows.first { $0.setting == 0 && $0.method == .gaussianDP && $0.view == .everyRelease })
    #expect(gaussian.epsilonAudited > 0.4 * gaussian.claim.epsilonUpper)
    #expect(gaussian.withCount == 200 && gaussian.withoutCount == 200)
  }

  /// A claim of a tenth of what the noise is worth is refuted.
  @Test func aFalseClaimIsRefuted() async throws {
    let plan = try AuditSample.plan(["learning_rate: 1.0": "learning_rate: 0.01"])
    let row = try #require(try await audit(plan, runs: 400).run {}.rows.first { $0.setting == 0 })
    let claim = row.claim
    let boast = PrivacyClaim(
      epsilon: try PrivacyBound(lower: 0, upper: claim.epsilonUpper / 10), delta: claim.delta,
      noiseMultiplier: claim.noiseMultiplier, privacyUnit: claim.privacyUnit,
      neighboringRelation: claim.neighboringRelation, sampling: claim.sampling,
      accountant: claim.accountant, epsilonUpperRDP: nil)
    #expect(
      ManyRunRow(
        setting: 0, sweep: "", claim: boast, runs: row.runs, canaryShare: 1, view: row.view,
        method: row.method, withoutCount: row.withoutCount, falseAlarmCount: row.falseAlarmCount,
        withCount: row.withCount, missCount: row.missCount, confidence: row.confidence,
        epsilonAudited: row.epsilonAudited
      ).refutes)
  }

  @Test func sampledNoiseIsNotHeldForGaussian() async throws {
    let plan = try AuditSample.plan(["sampling: everyone": "sampling: {poisson_rate: 0.5}"])
    let rows = try await audit(plan, runs: 8).run {}.rows
    #expect(rows.allSatisfy { $0.method == .clopperPearson })
    #expect(rows.count == 4)
  }

  @Test(
    arguments: [
      (
        ["{multiplier: 1.5}, none, {multiplier: 4.0}": "none"], 3, "privacy.noise",
        "no setting has noise"
      ),
      ([:], 40, "dataset", "example 40, counted from 0, is not one of them"),
      (
        ["clipping_norm: 1.0": "clipping_norm: 1.0\n  clipping: {automatic: 0.01}"], 3, "privacy",
        "use clipping: flat"
      ),
    ] as [([String: String], Int, String, String)])
  func unsuitedExperimentsAreRefused(
    changes: [String: String], canary: Int, path: String, reason: String
  ) throws {
    let plan = try AuditSample.plan(changes)
    let error = #expect(throws: ExperimentError.self) {
      _ = try audit(plan, runs: 4, canary: canary)
    }
    #expect(error?.path == path)
    #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
  }
}
