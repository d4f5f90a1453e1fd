import Foundation
import Testing
import _TestSupport

@testable import Accounting

@Suite struct PoissonGaussianRenyiTests {
  @Test func divergenceMatchesReference() throws {
    for row in try ReferenceTable("poisson_gaussian_rdp.csv").rows {
      let (rate, noise) = (try row.column("sampling_rate"), try row.column("noise_multiplier"))
      let (order, reference) = (try row.column("order"), try row.column("divergence"))
      let value = PoissonGaussianRenyi(precision: 1 / (noise * noise), samplingRate: rate)
        .divergence(order: order)
      #expect(
        abs(value / reference - 1) < 1e-10,
        "rate \(rate), noise \(noise), order \(order): \(value), not \(reference)")
    }
  }

  /// The corners where the integral would be too long take bounds instead.
  @Test(arguments: [(0.01, 0.05, 7.5), (0.3, 1, 40.5), (0.01, 3, 99.25), (0.01, 3, 140_000.5)])
  func otherFractionalOrdersAreBetweenTheirNeighbors(rate: Double, noise: Double, order: Double) {
    let curve = PoissonGaussianRenyi(precision: 1 / (noise * noise), samplingRate: rate)
    let below = curve.divergence(order: order.rounded(.down))
    let above = curve.divergence(order: order.rounded(.up))
    let chord =
      ((order - order.rounded(.down)) * above * (order.rounded(.up) - 1)
        + (order.rounded(.up) - order) * below * (order.rounded(.down) - 1)) / (order - 1)
    let value = curve.divergence(order: order)
    #expect(below <= value && value <= above)
    #expect(value <= chord * (1 + 1e-9))
  }

  @Test(arguments: [1e-300, 1e-20, 1e-3, 0.5, 1 - 0x1p-53])
  func divergenceIsANumberEverywhere(rate: Double) {
    for precision in [Double.leastNormalMagnitude, 1e-30, 1e-4, 1, 1e3, 1e6, 1e100, .infinity] {
      let curve = PoissonGaussianRenyi(precision: precision, samplingRate: rate)
      var last = 0.0
      for order in [
        1 + 1e-12, 1.001, 1.5, 2, 2.5, 15.99, 17, 300, 300.5, 1e5, 1e6, 1e300, .infinity,
      ] {
        let value = curve.divergence(order: order)
        #expect(value >= last * (1 - 1e-9), "rate \(rate), precision \(precision), order \(order)")
        last = value
      }
    }
  }
}
