import Foundation
import Mechanisms
import Testing

@Suite struct QuantileClippingTests {
  struct Reference: Decodable {
    struct Row: Decodable {
      let noiseMultiplier: Double
      let countStandardDeviation: Double
      let updateNoiseMultiplier: Double
    }
    let rows: [Row]
  }

  static func clipping(
    targetQuantile: Double = 0.5, countStandardDeviation: Double = 1
  ) -> QuantileClipping {
    QuantileClipping(
      initialClippingNorm: 0.1, targetQuantile: targetQuantile, clippingLearningRate: 0.2,
      countStandardDeviation: countStandardDeviation)
  }

  // MARK: The price of the count

  /// `Reference/make_reference.py` says how its numbers were made.
  @Test func theUpdatesNoiseIsThatOfFlower() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Reference").appending(path: "adaptive_clipping.json")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let rows = try decoder.decode(Reference.self, from: Data(contentsOf: file)).rows
    #expect(rows.count == 5)
    for row in rows {
      let multiplier = try Self.clipping(countStandardDeviation: row.countStandardDeviation)
        .updateNoiseMultiplier(joint: row.noiseMultiplier)
      #expect((multiplier / row.updateNoiseMultiplier - 1).magnitude < 1e-12)
    }
  }

  /// 3, 4 and 5 are the inverses of the parts and the whole.
  @Test func theInversesOfTheMultipliersMakeARightTriangle() throws {
    let multiplier = try Self.clipping(countStandardDeviation: 1.0 / 8)
      .updateNoiseMultiplier(joint: 1.0 / 5)
    #expect((multiplier - 1.0 / 3).magnitude < 1e-14)
  }

  /// Theorem 1 the other way round, up to where the count takes nearly all.
  @Test(arguments: [0.05, 0.3, 1, 7, 300], [1.000_000_1, 1.01, 1.5, 10, 1e6])
  func theJointNoiseIsWhatWasAskedFor(noiseMultiplier: Double, room: Double) throws {
    let countStandardDeviation = noiseMultiplier / 2 * room
    let update = try Self.clipping(countStandardDeviation: countStandardDeviation)
      .updateNoiseMultiplier(joint: noiseMultiplier)
    let joint = 1 / hypot(1 / update, 1 / (2 * countStandardDeviation))
    #expect(joint >= noiseMultiplier * (1 - 0x1p-51))
    #expect(joint <= noiseMultiplier * (1 + 0x1p-48))
  }

  @Test(arguments: [0.5, 0.499_999, 1e-3])
  func aCountThatTellsMoreThanTheWholeIsRefused(countStandardDeviation: Double) {
    let error = AdaptiveClippingError.countIsTooExact(
      countStandardDeviation: countStandardDeviation, noiseMultiplier: 1)
    let clipping = Self.clipping(countStandardDeviation: countStandardDeviation)
    #expect(throws: error) { try clipping.updateNoiseMultiplier(joint: 1) }
    #expect(throws: error) { try AdaptiveGaussianMechanism(clipping: clipping, noiseMultiplier: 1) }
    #expect(
      error.description == """
        the count's standard deviation is \(countStandardDeviation); for the noise multiplier 1.0 it \
        must be greater than 0.5
        """)
  }

  // MARK: The step

  @Test func theClippingNormFollowsTheQuantile() {
    let clipping = Self.clipping(targetQuantile: 0.25)
    #expect(clipping.clippingNorm(after: 3, unclippedFraction: 0.25) == 3)
    // e^-0.1 and e^0.1.
    let (lower, higher) = (
      clipping.clippingNorm(after: 3, unclippedFraction: 0.75),
      clipping.clippingNorm(after: 3, unclippedFraction: -0.25)
    )
    #expect((lower - 3 * 0.904_837_418_035_959_6).magnitude < 1e-14)
    #expect((higher - 3 * 1.105_170_918_075_647_7).magnitude < 1e-14)
  }

  @Test func theClippingNormStaysInItsRange() {
    let clipping = Self.clipping()
    #expect(clipping.clippingNorm(after: 2e-30, unclippedFraction: 1e6) == 1e-30)
    #expect(clipping.clippingNorm(after: 2e29, unclippedFraction: -1e6) == 1e30)
  }
}
