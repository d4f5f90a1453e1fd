import Randomness
import Statistics
import Testing
import _TestSupport

@testable import Auditing

@Suite struct OneRunAuditTests {
  /// Of the procedure in Steinke, Nasr & Jagielski 2023, appendix D, to the digits given.
  @Test(arguments: [
    (OneRunAudit(canaryCount: 100, guessCount: 100, correctCount: 100), 0, 3.493),
    (OneRunAudit(canaryCount: 1000, guessCount: 1000, correctCount: 1000), 1e-5, 5.782),
    (OneRunAudit(canaryCount: 1000, guessCount: 100, correctCount: 90), 1e-5, 1.626),
    (OneRunAudit(canaryCount: 1000, guessCount: 1000, correctCount: 750), 0, 0.977),
  ])
  func knownAnswers(audit: OneRunAudit, delta: Double, epsilon: Double) {
    let bound = audit.epsilonLowerBound(delta: delta, confidence: .ninetyFivePercent)
    #expect(abs(bound - epsilon) <= 5e-4)
  }

  private static func audit(_ row: [String: Double]) throws -> OneRunAudit {
    OneRunAudit(
      canaryCount: try row.count("canaries"), guessCount: try row.count("guesses"),
      correctCount: try row.count("correct"))
  }

  /// Never below the exact one, but for the rounding of the reference itself; those below 10^-35 count as
  /// that.
  @Test func pValuesAreRoundedUp() throws {
    for row in try ReferenceTable("one_run_p_values.csv").rows {
      let exact = try row.column("p_value")
      let pValue = try Self.audit(row).pValue(
        epsilon: row.column("epsilon"), delta: row.column("delta"))
      #expect(
        pValue >= exact * (1 - 1e-11) && pValue <= exact * (1 + 1e-9) + 1e-35, "\(row)")
    }
  }

  @Test func boundsAreRoundedDown() throws {
    for row in try ReferenceTable("one_run_bounds.csv").rows {
      let exact = try row.column("epsilon")
      let bound = try Self.audit(row).epsilonLowerBound(
        delta: row.column("delta"),
        confidence: #require(Confidence(row.column("confidence"))))
      // The reference is as good as 1 - confidence, of which rounding takes up to 1e-6 at 1 - 1e-10.
      #expect(bound <= exact + 1e-6 && bound >= exact * (1 - 3e-6), "\(row), not \(bound)")
    }
  }

  @Test func whoeverGuessesNothingProvesNothing() {
    let audit = OneRunAudit(canaryCount: 1000, guessCount: 0, correctCount: 0)
    #expect(audit.pValue(epsilon: 0, delta: 0) == 1)
    #expect(audit.epsilonLowerBound(delta: 1e-5, confidence: .ninetyFivePercent) == 0)
  }

  @Test func poolingAddsUp() {
    let audits = [
      OneRunAudit(canaryCount: 10, guessCount: 4, correctCount: 3),
      OneRunAudit(canaryCount: 20, guessCount: 6, correctCount: 6),
    ]
    #expect(
      OneRunAudit.pooled(audits)
        == OneRunAudit(canaryCount: 30, guessCount: 10, correctCount: 9))
  }

  /// Of one audit that is its own bound, and of several that of a higher confidence.
  @Test func theGreatestOfSeveralBoundsPaysForTheChoice() throws {
    let audits = [
      OneRunAudit(canaryCount: 1000, guessCount: 100, correctCount: 90),
      OneRunAudit(canaryCount: 1000, guessCount: 1000, correctCount: 600),
    ]
    let half = try #require(Confidence(1 - 0.05 / 2))
    let greatest = OneRunAudit.greatestEpsilonLowerBound(
      of: audits, delta: 1e-5, confidence: .ninetyFivePercent)
    let alone = audits[0].epsilonLowerBound(delta: 1e-5, confidence: half)
    #expect(abs(greatest - alone) <= 1e-5)
    #expect(greatest < audits[0].epsilonLowerBound(delta: 1e-5, confidence: .ninetyFivePercent))
    #expect(
      OneRunAudit.greatestEpsilonLowerBound(
        of: [audits[0]], delta: 1e-5, confidence: .ninetyFivePercent)
        == audits[0].epsilonLowerBound(delta: 1e-5, confidence: .ninetyFivePercent))
  }
}
