import Accounting
import Foundation
import Results
import SpecialMath
import Testing

@testable import Experiments

@Suite struct MembershipAuditTests {
  private func audit(
    _ plan: Plan, models: Int, targets: Int? = nil, threads: Int = 2
  ) async throws -> MembershipFiles {
    try await MembershipAudit(
      of: plan, file: "audited.yaml",
      options: .init(modelCount: models, targetCount: targets),
      runner: AuditSample.runner(plan, threads: threads)
    ).run {}
  }

  @Test func anyNumberOfThreadsGivesTheSameBytes() async throws {
    let plan = try AuditSample.plan()
    let one = try await audit(plan, models: 5, targets: 30, threads: 1)
    #expect(try await audit(plan, models: 5, targets: 30, threads: 3) == one)
    let rows = try one.rows()
    #expect(rows.map(\.setting) == [0, 1, 2])
    #expect(rows.map(\.targets) == [30, 30, 30])
    #expect(rows.map(\.claim) == plan.trials.map(\.claim))
    #expect(rows.map { $0.limit == nil } == [false, true, false])
  }

  /// What is learned by heart is found out, by likelihood ratios; and noise hides it. 24 models of 40 examples
  /// are 960 pairs: with nothing to find, the area is 0.5 with a standard error of 0.02.
  @Test func whatIsLearnedByHeartIsFoundOut() async throws {
    let plan = try AuditSample.plan([
      "rounds: 4": "rounds: 60",
      "{multiplier: 1.5}, none, {multiplier: 4.0}": "none, {multiplier: 200.0}",
    ])
    let rows = try await audit(plan, models: 24).rows()
    #expect(rows[0].memberAccuracy > 0.99)
    #expect(rows[0].heldOutAccuracy < 0.7)
    #expect(rows[0].lira.area > 0.9, "\(rows[0].lira.area)")
    #expect(rows[0].lossThreshold.area > 0.8)
    #expect(abs(rows[1].lira.area - 0.5) < 0.1)
    #expect(abs(rows[1].lossThreshold.area - 0.5) < 0.1)
    let limit = try #require(rows[1].limit)
    #expect(limit.balancedAccuracy < 0.52)
  }

  /// Of N(0, 1) against N(mu, 1): Phi(Phi^-1(alpha) + mu).
  @Test func theLimitIsTheTradeoffOfTheNoise() throws {
    let plan = try AuditSample.plan()
    let limit = try #require(try MembershipLimit(plan.settings[0]))
    let mu = 2 / 1.5
    for rate in [1e-5, 1e-3, 0.01, 0.5] {
      let exact = StandardNormal.upperTail(-StandardNormal.quantile(rate) - mu)
      let found = try limit.truePositiveRate(atFalsePositiveRate: rate)
      #expect(found >= exact && found <= exact * 1.02, "\(found) \(exact)")
    }
    let measures = try limit.measures()
    let best = StandardNormal.upperTail(-mu / 2)
    #expect(measures.balancedAccuracy >= best && measures.balancedAccuracy < best + 1e-3)
    #expect(try MembershipLimit(plan.settings[1]) == nil)
  }

  /// Without a rate that so few allow, a cell is empty.
  @Test func whatSoFewCannotShowIsEmpty() async throws {
    let plan = try AuditSample.plan()
    let points = try await audit(plan, models: 4).points()
    #expect(points.count == 3 * 2 * 101)
    for point in points where point.falsePositiveRate < 0.01 {
      #expect(point.truePositiveRate == nil)
    }
    #expect(points.contains { $0.truePositiveRate != nil })
  }

  @Test(arguments: AuditSample.unsuited.indices)
  func unsuitedExperimentsAreRefused(index: Int) throws {
    let (changes, path, reason) = AuditSample.unsuited[index]
    let plan = try AuditSample.plan(changes)
    let error = #expect(throws: ExperimentError.self) {
      try MembershipAudit(
        of: plan, file: "audited.yaml", options: .init(modelCount: 4, targetCount: nil),
        runner: AuditSample.runner(plan))
    }
    #expect(error?.path == path)
    #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
  }

  @Test func fixedSizeCohortsAreRefused() throws {
    let plan = try AuditSample.plan([
      "sampling: everyone": "sampling: {cohort_size: 10}", "accountant: pld": "accountant: rdp",
      "add-or-remove-one": "replace-one",
    ])
    #expect(throws: ExperimentError.self) {
      try MembershipAudit(
        of: plan, file: "audited.yaml", options: .init(modelCount: 4, targetCount: nil),
        runner: AuditSample.runner(plan))
    }
  }

  @Test func moreTargetsThanExamplesAreRefused() throws {
    let plan = try AuditSample.plan()
    let error = #expect(throws: ExperimentError.self) {
      try MembershipAudit(
        of: plan, file: "audited.yaml", options: .init(modelCount: 4, targetCount: 41),
        runner: AuditSample.runner(plan))
    }
    #expect(
      error?.description.contains("there are 40 training examples, and 41 are to be attacked")
        == true)
  }
}
