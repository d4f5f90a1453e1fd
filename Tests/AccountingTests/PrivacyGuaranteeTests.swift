import Foundation
import Testing

@testable import Accounting

@Suite struct PrivacyGuaranteeTests {
  // The analytic Gaussian mechanism: epsilon 1 at noise 3.7306316348159418
  // (analytic_gaussian_sigma.csv), so that with a little less noise epsilon is a little above 1 and
  // must not be printed as 1.
  @Test func theSentenceHasEveryPart() throws {
    let guarantee = try PrivacyGuarantee(
      of: .gaussian(noiseMultiplier: 3.73063163), atDelta: 1e-5, unit: .client,
      relation: .addOrRemoveOne, accountant: .gaussianDP)
    #expect(
      "\(guarantee)" == """
        (epsilon <= 1.001, delta = 1e-05)-differential privacy for one client under add-or-remove-one \
        with full-participation sampling, by the gaussian-dp accountant; epsilon is at least 1.0
        """)
  }

  /// The same mechanism: delta 1e-5 at epsilon 1 (analytic_gaussian_sigma.csv).
  @Test func deltaIsSaidWithItsEpsilon() throws {
    let guarantee = try PrivacyGuarantee(
      .delta(atEpsilon: 1), of: .gaussian(noiseMultiplier: 3.7306316348159418), unit: .example,
      relation: .zeroOut, accountant: .gaussianDP)
    #expect(guarantee.epsilon.lower == 1 && guarantee.epsilon.upper == 1)
    #expect(abs(guarantee.delta.lower - 1e-5) < 1e-14 && abs(guarantee.delta.upper - 1e-5) < 1e-14)
    #expect(
      "\(guarantee)".hasPrefix("(epsilon = 1.0, delta <= 1.001e-05)-differential privacy for one "))
    #expect("\(guarantee)".hasSuffix("; delta is at least 9.999e-06"))
  }

  @Test func jsonSaysInfinity() throws {
    let guarantee = try PrivacyGuarantee(
      of: .nonPrivate, atDelta: 1e-5, unit: .example, relation: .replaceOne, accountant: .rdp)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    #expect(
      String(decoding: try encoder.encode(guarantee), as: UTF8.self)
        == #"{"accountant":"rdp","delta":1e-05,"epsilon_lower":"infinity","#
        + #""epsilon_upper":"infinity","neighboring_relation":"replace-one","#
        + #""privacy_unit":"example","sampling":"full-participation"}"#)
  }

  @Test func numbersOutOfRangeAreRefused() {
    for question in [
      PrivacyGuarantee.Question.epsilon(atDelta: 0), .epsilon(atDelta: .nan),
      .delta(atEpsilon: -1), .delta(atEpsilon: .infinity), .delta(atEpsilon: .nan),
    ] {
      #expect(throws: AccountingError.self) {
        try PrivacyGuarantee(
          question, of: .gaussian(noiseMultiplier: 1), unit: .client, relation: .zeroOut,
          accountant: .rdp)
      }
    }
  }

  @Test func noGuaranteeIsSaidAsSuch() throws {
    let guarantee = try PrivacyGuarantee(
      of: .nonPrivate, atDelta: 1e-5, unit: .example, relation: .replaceOne, accountant: .rdp)
    #expect("\(guarantee)".hasPrefix("(epsilon <= infinity, "))
  }

  @Test(arguments: [
    (2.58712, "2.588", "2.587"),
    (2.5, "2.5", "2.5"),
    (0.0123456, "0.01235", "0.01234"),
    (123456, "123500.0", "123400.0"),
    (9.9999, "10.0", "9.999"),
    (0, "0", "0"),
    (1e-300, "1e-300", "1e-300"),
    (.infinity, "infinity", "infinity"),
  ])
  func decimalsAreRoundedOutward(value: Double, up: String, down: String) {
    #expect(OutwardDecimal.text(value, rounded: .up) == up)
    #expect(OutwardDecimal.text(value, rounded: .down) == down)
  }

  @Test func roundedDecimalsNeverCrossTheValue() throws {
    var value = 1e-12
    while value < 1e12 {
      let up = try #require(Double(OutwardDecimal.text(value, rounded: .up)))
      let down = try #require(Double(OutwardDecimal.text(value, rounded: .down)))
      #expect(down <= value && value <= up)
      #expect(up - down <= 0.0011 * value)
      value *= 1.0371
    }
  }
}
