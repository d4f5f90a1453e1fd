import Foundation
import Testing
import _TestSupport

@testable import Accounting

@Suite struct AdvancedCompositionAccountantTests {
  /// Dwork & Roth 2014, Theorem 3.20.
  @Test(arguments: [(1000, 0.01, 1e-5), (100_000, 0.001, 1e-9)])
  func pureReleasesFollowTheTheorem(count: Int, loss: Double, delta: Double) throws {
    var accountant = AdvancedCompositionAccountant(relation: .addOrRemoveOne)
    try accountant.compose(.laplace(noiseMultiplier: 1 / loss), count: count)
    let k = Double(count)
    let theorem = (2 * k * log(1 / delta)).squareRoot() * loss + k * loss * (exp(loss) - 1)
    let epsilon = try accountant.epsilonUpperBound(atDelta: delta)
    #expect(abs(epsilon / theorem - 1) < 1e-9)
  }

  @Test func fewReleasesAreAddedUp() throws {
    var accountant = AdvancedCompositionAccountant(relation: .addOrRemoveOne)
    try accountant.compose(.laplace(noiseMultiplier: 2), count: 3)
    #expect(abs(try accountant.epsilonUpperBound(atDelta: 1e-5) - 1.5) < 1e-9)
    #expect(try accountant.delta(atEpsilon: 1.51).upper == 0)
  }

  /// Each of k Gaussian releases is (epsilon_0, delta / 2k)-private with the exact epsilon_0 of
  /// analytic_gaussian_sigma.csv.
  @Test func gaussianReleasesShareHalfOfDelta() throws {
    for row in try ReferenceTable("analytic_gaussian_sigma.csv").rows {
      let single = try row.column("epsilon")
      let delta = 200 * (try row.column("delta"))
      var accountant = AdvancedCompositionAccountant(relation: .zeroOut)
      try accountant.compose(
        .gaussian(noiseMultiplier: try row.column("noise_multiplier")), count: 100)
      let advanced =
        single * (200 * log(2 / delta)).squareRoot() + 100 * single * (exp(single) - 1)
      let epsilon = try accountant.epsilonUpperBound(atDelta: delta)
      #expect(abs(epsilon / min(advanced, 100 * single) - 1) < 1e-6, "\(row)")
    }
  }
}
