import Foundation
import Testing
import _TestSupport

@testable import Accounting

@Suite struct SampledNoiseRenyiTests {
  private static func noise(_ row: [String: Double]) throws -> AdditiveNoise {
    let (width, sensitivity) = (try row.column("width"), Int(try row.column("sensitivity")))
    switch try row.column("noise") {
    case 0: return .laplace(noiseMultiplier: width)
    case 1: return .discreteLaplace(scale: width, sensitivity: sensitivity)
    default: return .discreteGaussian(standardDeviation: width, sensitivity: sensitivity)
    }
  }

  /// Equal to the true divergence at integer orders where one contribution is the worst, a bound
  /// elsewhere, and never worse than no sampling.
  @Test func poissonSamplingMatchesReference() throws {
    for row in try ReferenceTable("poisson_noise_rdp.csv").rows {
      let noise = try Self.noise(row)
      let order = try row.column("order")
      let value = PoissonSampledRenyi(
        base: noise.renyiCurve, samplingRate: try row.column("sampling_rate")
      ).divergence(order: order)
      let reference = try row.column("divergence")
      #expect(value >= reference * (1 - 1e-10), "\(row): \(value)")
      if case .discreteGaussian = noise {
        #expect(order != order.rounded() || value <= 1.2 * reference, "\(row): \(value)")
      } else if order == order.rounded() {
        #expect(value <= reference * (1 + 1e-9), "\(row): \(value)")
      }
      #expect(value <= noise.renyiCurve.divergence(order: order) * (1 + 1e-12))
    }
  }

  @Test func withoutReplacementBoundsWhatIsAttained() throws {
    for row in try ReferenceTable("without_replacement_laplace_rdp.csv").rows {
      let order = try row.column("order")
      let base = LaplaceRenyi(noiseMultiplier: try row.column("noise_multiplier") / 2)
      let value = WithoutReplacementRenyi(
        base: base, samplingRate: try row.column("sampling_rate")
      ).divergence(order: order)
      #expect(value >= (try row.column("attained")) * (1 - 1e-10), "\(row): \(value)")
      #expect(value <= base.divergence(order: order) * (1 + 1e-12), "\(row): \(value)")
    }
  }

  /// log(1 + q (e^epsilon - 1)) (Balle, Barthe & Gaboardi 2018, Theorems 8 and 9).
  @Test(arguments: [1e-9, 0.01, 0.5])
  func infiniteOrderIsPureAmplification(rate: Double) {
    let base = LaplaceRenyi(noiseMultiplier: 0.5)
    let amplified = 6.389056098930650 * rate  // e^2 - 1
    for curve: any RenyiCurve in [
      PoissonSampledRenyi(base: base, samplingRate: rate),
      WithoutReplacementRenyi(base: base, samplingRate: rate),
    ] {
      let loss = curve.divergence(order: .infinity)
      #expect(abs(loss / log1p(amplified) - 1) < 1e-12)
      #expect(curve.divergence(order: 16384) <= loss * (1 + 1e-12))
    }
  }
}
