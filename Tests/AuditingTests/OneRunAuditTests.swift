import Statistics
import Testing

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
}
