import Testing
import _TestSupport

@testable import Accounting

@Suite struct LaplaceRenyiTests {
  @Test func divergenceMatchesReference() throws {
    for row in try ReferenceTable("laplace_rdp.csv").rows {
      let reference = try row.column("divergence")
      let value = LaplaceRenyi(noiseMultiplier: try row.column("noise_multiplier"))
        .divergence(order: try row.column("order"))
      #expect(abs(value / reference - 1) < 1e-11)
    }
  }

  @Test func divergenceOnTheGridMatchesReference() throws {
    for row in try ReferenceTable("discrete_laplace_rdp.csv").rows {
      let reference = try row.column("divergence")
      let value = LaplaceRenyi(
        scale: try row.column("scale"), sensitivity: Int(try row.column("sensitivity"))
      ).divergence(order: try row.column("order"))
      #expect(abs(value / reference - 1) < 1e-9, "\(row): \(value)")
      #expect(value >= reference * (1 - 1e-11), "\(row): \(value)")
    }
  }

  @Test func infiniteOrderBoundsTheLoss() {
    #expect(LaplaceRenyi(noiseMultiplier: 4).divergence(order: .infinity) == 0.25)
  }

  @Test(arguments: [Double.leastNonzeroMagnitude, 1e-300, 1e-3, 1, 1e10, 1e300])
  func divergenceIsANumberEverywhere(noise: Double) {
    var last = 0.0
    for order in [1.000001, 1.01, 2, 30, 1e5, 1e300, .infinity] {
      let value = LaplaceRenyi(noiseMultiplier: noise).divergence(order: order)
      #expect(value >= last * (1 - 1e-9), "noise \(noise), order \(order)")
      last = value
    }
  }
}
