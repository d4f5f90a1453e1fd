import Accounting
import Foundation
import Randomness
import Testing

@testable import Mechanisms

@Suite struct GridNoiseTests {
  struct Reference: Decodable {
    struct Row: Decodable {
      let sigma: Double
      let shift: Double
      let epsilon: Double
      let delta: Double
      let bound: Double
      let continuous: Double
    }
    let rows: [Row]
  }

  /// `Reference/make_domination.py` says how its numbers were made. Those below 1e-300 are left out.
  static func rows() throws -> [Reference.Row] {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Reference").appending(path: "domination.json")
    return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file)).rows
      .filter { $0.delta > 1e-300 }
  }

  /// The bound of the lemma is what the accountant says of a Gaussian event whose variance is less by
  /// that of the rounding, here one step, and it covers what the discrete noise costs.
  @Test func theEventOfLessNoiseCoversTheDiscreteNoise() throws {
    let rows = try Self.rows()
    #expect(rows.count > 120)
    for row in rows {
      var accountant = GaussianDPAccountant(relation: .addOrRemoveOne)
      try accountant.compose(
        .gaussian(noiseMultiplier: (row.sigma * row.sigma - 1).squareRoot() / row.shift))
      let charged = try accountant.delta(atEpsilon: row.epsilon)
      #expect(row.delta <= row.bound)
      // The factor e^eta, here 1 + 1e-8, counts the more the rarer the losses are.
      #expect((charged.upper / row.bound - 1).magnitude < 1e-5)
    }
  }

  /// Otherwise there would be nothing to prove.
  @Test func noiseAsWideWouldNotDo() throws {
    #expect(try Self.rows().contains { $0.delta > 1.05 * $0.continuous })
  }

  static let settings: [(clippingNorm: Double, noiseMultiplier: Double)] = [
    (1, 1), (0.2, 3.943), (8, 0.9361), (1e-30, 0x1p-9), (1e30, 0x1p20), (0.3, 389), (5, 0.01),
    (1.9999999, 0.9999999), (0x1p-20, 1.7), (1e30, 0x1p-9), (1e-30, 0x1p20),
  ]

  /// The noise is wider than the lemma asks, and hardly wider.
  @Test(arguments: settings)
  func theNoiseIsAsWideAsTheLemmaAsks(clippingNorm: Double, noiseMultiplier: Double) throws {
    let noise = try GridNoise(clippingNorm: clippingNorm, noiseMultiplier: noiseMultiplier)
    #expect(noise.step.significand == 1)
    #expect(noise.step >= ClippedSum.finestStep(for: clippingNorm))
    // Of doubles the quotient of squares is right to 2^-50, and what is left over is at least 2^-40.
    let tau = noiseMultiplier * clippingNorm / noise.step
    let deviation = Double(noise.deviation)
    let surplus = (deviation * deviation - 128 * 128) / (tau * tau)
    #expect(surplus > 1 + 0x1p-39 + 0x1p-40)
    #expect(surplus < 1 + 0x1p-19)
    #expect((0x1p21...0x1p31 + 1).contains(deviation))
    #expect(noise.law.variance.numerator == UInt128(noise.deviation) * UInt128(noise.deviation))
    #expect(noise.law.variance.denominator == 1)
  }

  @Test func theStepFollowsPublicNumbersAlone() throws {
    let noise = try GridNoise(clippingNorm: 1, noiseMultiplier: 1)
    #expect(noise.step == 0x1p-30)
    #expect(noise.deviation == 1 << 30 + 1)
    #expect(try GridNoise(clippingNorm: 4, noiseMultiplier: 1).step == 0x1p-28)
    #expect(try GridNoise(clippingNorm: 1, noiseMultiplier: 0.01).step == 0x1p-30)
    #expect(try GridNoise(clippingNorm: 1, noiseMultiplier: 300).step == 0x1p-22)
  }

  @Test(arguments: [0x1p-10, 0x1p21])
  func otherMultipliersAreRefused(multiplier: Double) {
    #expect(throws: GridNoiseError.noiseMultiplierOutOfRange(given: multiplier)) {
      try GridNoise(clippingNorm: 1, noiseMultiplier: multiplier)
    }
  }
}
