import Foundation
import Testing
import _TestSupport

@testable import Accounting

@Suite struct OptimalCompositionAccountantTests {
  @Test func equalLossesAreExact() throws {
    for row in try ReferenceTable("equal_loss_delta.csv").rows {
      let composition = EqualLossComposition(
        count: Int(try row.column("count")), epsilon: try row.column("pure_epsilon"))
      let (epsilon, reference) = (try row.column("epsilon"), try row.column("log_delta"))
      let value = composition.logDelta(epsilon: epsilon)
      #expect(value >= reference, "\(row): \(value)")
      #expect(value < reference + 1e-6, "\(row): \(value)")
    }
  }

  /// The exact epsilon of 100 reports, each with log odds 1/2, at delta 1e-6 is 33.319788 (SciPy
  /// 1.17.1: brentq over the sum of binom.pmf(k, 100, p) max(0, 1 - e^(epsilon - k + 50))).
  @Test func reportsOfTwoBucketsAreTheWorstCase() throws {
    var accountant = OptimalCompositionAccountant(relation: .replaceOne)
    try accountant.compose(
      .repeated(
        .randomizedResponse(noiseParameter: 2 / (exp(0.5) + 1), bucketCount: 2), count: 100))
    #expect(abs(try accountant.epsilonUpperBound(atDelta: 1e-6) - 33.319788) < 1e-5)
  }

  /// Example of Kairouz, Oh & Viswanath 2015: ((k - 2i) epsilon, delta_i) at i = 1 has
  /// delta_1 = (e^(k epsilon) - e^((k - 2) epsilon)) / (1 + e^epsilon)^k.
  @Test(arguments: [2, 5, 30])
  func secondHighestLossIsInClosedForm(count: Int) throws {
    var accountant = OptimalCompositionAccountant(relation: .addOrRemoveOne)
    try accountant.compose(.laplace(noiseMultiplier: 2), count: count)
    let k = Double(count)
    let delta = (exp(k / 2) - exp((k - 2) / 2)) / pow(1 + exp(0.5), k)
    #expect(abs(try accountant.delta(atEpsilon: (k - 2) / 2).upper / delta - 1) < 1e-9)
  }

  /// sum of epsilon tanh(epsilon / 2) + sqrt(2 log(1 / delta) sum of epsilon^2), from Theorem 3.5, and
  /// never more than all losses raised to the largest.
  @Test func differentLossesAreBounded() throws {
    var accountant = OptimalCompositionAccountant(relation: .addOrRemoveOne)
    try accountant.compose(.laplace(noiseMultiplier: 10), count: 1000)
    try accountant.compose(.laplace(noiseMultiplier: 100), count: 10_000)
    let squares = 1000 * 0.01 + 10_000 * 0.0001
    let mean = 1000 * 0.1 * tanh(0.05) + 10_000 * 0.01 * tanh(0.005)
    let bound = mean + (2 * log(1e5) * squares).squareRoot()
    let epsilon = try accountant.epsilonUpperBound(atDelta: 1e-5)
    #expect(epsilon <= bound * (1 + 1e-9))
    #expect(epsilon > bound * 0.9)

    var nearlyEqual = OptimalCompositionAccountant(relation: .addOrRemoveOne)
    try nearlyEqual.compose(.laplace(noiseMultiplier: 10), count: 99)
    try nearlyEqual.compose(.laplace(noiseMultiplier: 10.001))
    var equal = OptimalCompositionAccountant(relation: .addOrRemoveOne)
    try equal.compose(.laplace(noiseMultiplier: 10), count: 100)
    #expect(
      try nearlyEqual.epsilonUpperBound(atDelta: 1e-5) == equal.epsilonUpperBound(atDelta: 1e-5))
  }

  @Test func tenMillionReleasesAreExact() throws {
    var accountant = OptimalCompositionAccountant(relation: .addOrRemoveOne)
    try accountant.compose(.laplace(noiseMultiplier: 1000), count: 10_000_000)
    for row in try ReferenceTable("equal_loss_delta.csv").rows
    where try row.column("count") == 1e7 {
      let delta = try accountant.delta(atEpsilon: row.column("epsilon")).upper
      #expect(abs(log(delta) - (try row.column("log_delta"))) < 1e-6)
    }
  }
}
