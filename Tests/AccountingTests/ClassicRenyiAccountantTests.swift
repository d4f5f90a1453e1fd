import Testing

@testable import Accounting

@Suite struct ClassicRenyiAccountantTests {
  static func epsilon(
    _ kind: AccountantKind, rate: Double, noise: Double, rounds: Int
  ) throws -> Double {
    var accountant = kind.makeAccountant(relation: .addOrRemoveOne)
    try accountant.compose(
      .poissonSampled(.gaussian(noiseMultiplier: noise), samplingRate: rate), count: rounds)
    return try accountant.epsilonUpperBound(atDelta: 1e-5)
  }

  /// Settings of Tramer & Boneh (ICLR 2021), who report epsilon 3 (2.7 for the linear model on
  /// CIFAR-10 with other costs added), by the accountant of their time: dp-accounting 0.6.0's
  /// divergences at its orders, with the conversion of Mironov 2017.
  @Test(arguments: [
    (60_000, 8192, 4.05, 280, 2.998),
    (60_000, 2048, 2.15, 1160, 3.003),
    (60_000, 512, 1.23, 4680, 2.992),
    (50_000, 8192, 5.67, 360, 2.853),
    (50_000, 1024, 1.54, 1440, 3.002),
  ])
  func publishedSettingsAreReproduced(
    examples: Int, batch: Int, noise: Double, rounds: Int, published: Double
  ) throws {
    let epsilon = try Self.epsilon(
      .rdpClassic, rate: Double(batch) / Double(examples), noise: noise, rounds: rounds)
    #expect(abs(epsilon - published) < 0.0006)
  }

  /// Abadi et al. (CCS 2016), section 3.2: 1.26 by the moments accountant, and several times as much
  /// by strong composition.
  @Test func momentsAccountantReproducesItsPaper() throws {
    let epsilon = try Self.epsilon(.moments, rate: 0.01, noise: 4, rounds: 10_000)
    #expect(abs(epsilon - 1.26) < 0.005)
    let strong = try Self.epsilon(.advancedComposition, rate: 0.01, noise: 4, rounds: 10_000)
    #expect(strong > 5 * epsilon)
  }

  /// For Gaussian noise order/2z^2 + log(1 / delta) / (order - 1) is least near
  /// 1 / 2z^2 + sqrt(2 log(1 / delta)) / z (Mironov 2017, section 6).
  @Test func fullParticipationIsNearTheClosedForm() throws {
    let epsilon = try Self.epsilon(.rdpClassic, rate: 1, noise: 5, rounds: 1)
    let closed = 0.02 + 4.798525910 / 5  // sqrt(2 log 1e5) = 4.7985
    #expect(epsilon >= closed)
    #expect(epsilon < closed * 1.001)
  }

  @Test func ordersAreThoseOfTheirTime() {
    let libraries = ClassicRenyiAccountant.Orders.librariesOf2020.values
    #expect(libraries.count == 99 + 52 + 2)
    #expect(libraries.first == 1.1 && libraries.last == 256 && libraries.contains(10.9))
    #expect(ClassicRenyiAccountant.Orders.moments.values == (2...33).map(Double.init))
  }
}
