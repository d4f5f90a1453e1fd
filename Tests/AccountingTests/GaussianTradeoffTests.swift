import Foundation
import Testing
import _TestSupport

@testable import Accounting

@Suite struct GaussianTradeoffTests {
  @Test func logDeltaMatchesReference() throws {
    for row in try ReferenceTable("gaussian_delta.csv").rows {
      let (mu, epsilon) = (try row.column("mu"), try row.column("epsilon"))
      let reference = try row.column("log_delta")
      let (lower, upper) = GaussianTradeoff(precision: mu * mu).logDelta(epsilon: epsilon)
      #expect(
        lower <= reference && reference <= upper,
        "mu \(mu), epsilon \(epsilon): \(lower - reference), \(upper - reference)")
      #expect(upper - lower <= 1e-9, "mu \(mu), epsilon \(epsilon)")
    }
  }

  @Test func epsilonMatchesReference() throws {
    for row in try ReferenceTable("analytic_gaussian_sigma.csv").rows {
      let noiseMultiplier = try row.column("noise_multiplier")
      let reference = try row.column("epsilon")
      let (lower, upper) = GaussianTradeoff(precision: 1 / (noiseMultiplier * noiseMultiplier))
        .epsilon(delta: try row.column("delta"))
      #expect(abs(lower / reference - 1) < 1e-11)
      #expect(abs(upper / reference - 1) < 1e-11)
      #expect(lower < upper)
    }
  }

  @Test func extremesStayBounds() {
    for precision in [Double.leastNormalMagnitude, 1e-100, 1e-20, 1e20, 1e200, .infinity] {
      let tradeoff = GaussianTradeoff(precision: precision)
      for delta in [1e-300, 1e-5, 0.5, 1 - 0x1p-53] {
        let (lower, upper) = tradeoff.epsilon(delta: delta)
        #expect(0 <= lower && lower <= upper, "precision \(precision), delta \(delta)")
      }
      for epsilon in [0, 1e-300, 1, 1e10, 1e300] {
        let (lower, upper) = tradeoff.logDelta(epsilon: epsilon)
        #expect(lower <= upper && upper <= 0, "precision \(precision), epsilon \(epsilon)")
      }
    }
  }
}
