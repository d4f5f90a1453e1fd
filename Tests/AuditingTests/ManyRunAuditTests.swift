import Foundation
import Statistics
import Testing

@testable import Auditing

@Suite struct ManyRunAuditTests {
  /// What n + n perfect trials can certify: log((1 - u) / u), where u = 1 - (level left for each rate)^(1/n).
  @Test(arguments: [
    (0.95, 500, 4.91), (0.95, 1000, 5.60), (0.95, 10_000, 7.91), (0.95, 100_000, 10.21),
    (0.99, 500, 4.54), (0.99, 1000, 5.24), (0.99, 10_000, 7.54), (0.99, 100_000, 9.85),
  ])
  func aPerfectAttack(level: Double, runs: Int, epsilon: Double) throws {
    let audit = ManyRunAudit(withoutCount: runs, falseAlarmCount: 0, withCount: runs, missCount: 0)
    let bound = audit.epsilonLowerBound(
      delta: 0, confidence: try #require(Confidence(level)))
    #expect(abs(bound - epsilon) <= 6e-3)
    let rate = -expm1(log((1 - level) / 2) / Double(runs))
    let exact = log((1 - rate) / rate)
    #expect(bound <= exact && bound >= exact - 2e-6)
  }
}
