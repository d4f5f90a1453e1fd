import Accounting
import Testing

@Suite struct PrivacyBoundTests {
  @Test func holdsIntervalsOnly() throws {
    #expect(try PrivacyBound(lower: 0, upper: .infinity).upper == .infinity)
    #expect(throws: AccountingError.notAnInterval(lower: 2, upper: 1)) {
      try PrivacyBound(lower: 2, upper: 1)
    }
    for (lower, upper) in [(-1, 1), (.nan, 1), (0, Double.nan)] {
      #expect(throws: AccountingError.self) { try PrivacyBound(lower: lower, upper: upper) }
    }
  }
}
