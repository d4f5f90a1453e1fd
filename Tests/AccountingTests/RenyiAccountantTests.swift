import Foundation
import Testing
import _TestSupport

@testable import Accounting

@Suite struct RenyiAccountantTests {
  static func poisson(_ rate: Double, _ noise: Double) -> PrivacyEvent {
    .poissonSampled(.gaussian(noiseMultiplier: noise), samplingRate: rate)
  }

  static func accountant(
    _ event: PrivacyEvent, count: Int = 1, relation: NeighboringRelation = .addOrRemoveOne
  ) throws -> RenyiAccountant {
    var accountant = RenyiAccountant(relation: relation)
    try accountant.compose(event, count: count)
    return accountant
  }

  @Test func epsilonMatchesReference() throws {
    for row in try ReferenceTable("rdp_epsilon.csv").rows {
      let event = Self.poisson(try row.column("sampling_rate"), try row.column("noise_multiplier"))
      let accountant = try Self.accountant(event, count: Int(try row.column("rounds")))
      let value = try accountant.epsilonUpperBound(atDelta: try row.column("delta"))
      #expect(abs(value / (try row.column("epsilon")) - 1) < 1e-7, "\(row): \(value)")
      // The tool drops orders that it cannot compute, so it may be above, and never below.
      #expect(value <= (try row.column("dp_accounting")) * (1 + 1e-7), "\(row): \(value)")
    }
  }

  /// Settings of Tramer & Boneh (ICLR 2021), with the epsilon of today's Renyi accountants:
  /// dp-accounting 0.6.0, Poisson sampling, orders 1.1 … 10.9, 12 … 63, 128, 256, which are fewer
  /// than ours.
  @Test(arguments: [
    (60_000, 8192, 4.05, 280, 2.588),
    (60_000, 2048, 2.15, 1160, 2.591),
    (60_000, 512, 1.23, 4680, 2.579),
    (50_000, 8192, 5.67, 360, 2.460),
    (50_000, 1024, 1.54, 1440, 2.585),
  ])
  func publishedSettingsAreReproduced(
    examples: Int, batch: Int, noise: Double, rounds: Int, published: Double
  ) throws {
    let event = Self.poisson(Double(batch) / Double(examples), noise)
    let epsilon = try Self.accountant(event, count: rounds).epsilonUpperBound(atDelta: 1e-5)
    #expect(abs(epsilon - published) < 0.001)
  }

  /// Abadi et al. (CCS 2016): rate 0.01, noise 4, 10,000 rounds. The true epsilon lies in 0.9468 …
  /// 0.9469 by the PLD and PRV accountants' certified ends.
  @Test func abadiSettingIsBracketed() throws {
    let accountant = try Self.accountant(Self.poisson(0.01, 4), count: 10_000)
    let epsilon = try accountant.epsilon(atDelta: 1e-5)
    #expect(epsilon.lower < 0.9468 && 0.9469 < epsilon.upper)
    #expect(epsilon.lower > 0.9)
    #expect(epsilon.upper < 1.1)
  }

  /// The total variation distance is rate * (2 Phi(1 / 2z) - 1), so delta = 1e-5 needs no epsilon.
  /// SciPy 1.17.1: norm.cdf(1 / 2.2).
  @Test func indistinguishableNeighborsCostNothing() throws {
    let accountant = try Self.accountant(Self.poisson(1e-5, 1.1))
    #expect(try accountant.epsilon(atDelta: 1e-5).upper == 0)
    #expect(try accountant.epsilon(atDelta: 3e-6).upper > 0)
    let delta = try accountant.delta(atEpsilon: 0)
    #expect(delta.upper < 1e-5)
    let exact = 1e-5 * (2 * 0.6752818581366227 - 1)
    #expect(delta.lower <= exact && exact <= delta.upper)
    #expect(delta.lower > 0.999 * exact)
  }

  @Test func roundsShareOneEvaluation() throws {
    let once = try Self.accountant(Self.poisson(0.02, 1.1))
    let often = try Self.accountant(Self.poisson(0.02, 1.1), count: 1_000_000)
    for order in [1.5, 2, 33, .infinity] {
      let each = try once.divergence(atOrder: order)
      #expect(
        abs(try often.divergence(atOrder: order) - 1e6 * each) <= 1e-9 * 1e6 * each
          || each == .infinity)
    }
  }

  /// One cohort that answers several questions is one Gaussian answer with the precisions' sum, but
  /// without replacement the upper end of the sum is not known to be as low as that of one answer.
  @Test func answersAboutOneCohortAreOneAnswer() throws {
    let answers = PrivacyEvent.composed([
      .repeated(.gaussian(noiseMultiplier: 2), count: 3), .gaussian(noiseMultiplier: 4),
    ])
    let noise = 1 / (3.0 / 4 + 1.0 / 16).squareRoot()
    for (sampled, single, relation) in [
      (
        PrivacyEvent.poissonSampled(answers, samplingRate: 0.1), Self.poisson(0.1, noise),
        NeighboringRelation.zeroOut
      ),
      (
        .sampledWithoutReplacement(answers, cohortSize: 1, populationSize: 10),
        .sampledWithoutReplacement(
          .gaussian(noiseMultiplier: noise), cohortSize: 1, populationSize: 10),
        .replaceOne
      ),
    ] {
      let one = try Self.accountant(sampled, count: 5, relation: relation).epsilon(atDelta: 1e-5)
      let other = try Self.accountant(single, count: 5, relation: relation).epsilon(atDelta: 1e-5)
      let ratio = one.upper / other.upper
      #expect(relation == .zeroOut ? abs(ratio - 1) < 1e-12 : ratio > 1 && ratio < 3)
      #expect(abs(one.lower / other.lower - 1) < 1e-9)
    }
  }

  @Test func anEmptyCohortEventCostsNothing() throws {
    let nothing = PrivacyEvent.repeated(.gaussian(noiseMultiplier: 1), count: 0)
    let accountant = try Self.accountant(.poissonSampled(nothing, samplingRate: 0.1))
    #expect(try accountant.epsilon(atDelta: 1e-9).upper == 0)
  }

  @Test func manyLaplaceReleasesCostNoMoreThanPureComposition() throws {
    let few = try Self.accountant(.laplace(noiseMultiplier: 10), count: 2)
    #expect(abs(try few.epsilon(atDelta: 1e-30).upper - 0.2) < 1e-8)
    #expect(try few.bestOrder(atDelta: 1e-30) == .infinity)
    #expect(try few.delta(atEpsilon: 0.21).upper == 0)
    let many = try Self.accountant(.laplace(noiseMultiplier: 10), count: 1000)
    #expect(try many.epsilon(atDelta: 1e-5).upper < 30)
  }

  /// Exposed in one of two rounds with probability 1 - 0.9^2 = 0.19.
  @Test func exposureOfSomeIsALowerBound() throws {
    let exposing = PrivacyEvent.poissonSampled(.nonPrivate, samplingRate: 0.1)
    let accountant = try Self.accountant(exposing, count: 2)
    #expect(try accountant.epsilon(atDelta: 0.18).lower == .infinity)
    #expect(try accountant.epsilon(atDelta: 0.2).lower == 0)
    #expect(try accountant.epsilon(atDelta: 0.2).upper == .infinity)
    #expect(abs(try accountant.delta(atEpsilon: 3).lower - 0.19) < 1e-8)
    #expect(try accountant.delta(atEpsilon: 3).upper == 1)
  }

  /// A replaced unit moves the sum by two clipping norms. The exact epsilon of noise 1 at delta 1e-6
  /// is then 10.99715121 (mpmath 1.4.1: findroot of log delta in gaussian_delta.csv, mu = 2), while
  /// dp-accounting 0.6.0's RdpAccountant answers 5.2215 under every relation.
  @Test func replacingAUnitCountsTwice() throws {
    let accountant = try Self.accountant(.gaussian(noiseMultiplier: 1), relation: .replaceOne)
    let epsilon = try accountant.epsilon(atDelta: 1e-6)
    #expect(abs(epsilon.lower - 10.99715121) < 1e-7)
    #expect(epsilon.upper > 10.99715121)
    let once = try Self.accountant(.gaussian(noiseMultiplier: 1)).epsilon(atDelta: 1e-6)
    #expect(abs(once.upper - 5.2215) < 1e-3)
  }

  /// The exact epsilon of 100 reports, each with log odds 1/2, is 33.319788 at delta 1e-6 (SciPy
  /// 1.17.1: brentq over the sum of binom.pmf(k, 100, p) max(0, 1 - e^(epsilon - k + 50))), while
  /// dp-accounting 0.6.0's PLDAccountant answers 0.5001 whatever the count.
  @Test func repeatedReportsAreCounted() throws {
    let report = PrivacyEvent.randomizedResponse(
      noiseParameter: 2 / (exp(0.5) + 1), bucketCount: 2)
    let epsilon = try Self.accountant(
      .repeated(report, count: 100), relation: .replaceOne
    ).epsilonUpperBound(atDelta: 1e-6)
    #expect(epsilon >= 33.319788)
    #expect(epsilon < 37)
  }

  /// The search over orders relies on the value falling and then rising.
  @Test(arguments: [
    (PrivacyEvent.gaussian(noiseMultiplier: 3), NeighboringRelation.addOrRemoveOne),
    (poisson(0.01, 0.2), .addOrRemoveOne),
    (.composed([poisson(0.3, 2), .laplace(noiseMultiplier: 5), poisson(1e-4, 0.7)]), .zeroOut),
    (
      .sampledWithoutReplacement(.gaussian(noiseMultiplier: 3), cohortSize: 5, populationSize: 500),
      .replaceOne
    ),
    (.poissonSampled(.laplace(noiseMultiplier: 0.3), samplingRate: 0.05), .zeroOut),
    (
      .poissonSampled(.discreteGaussian(standardDeviation: 30, sensitivity: 7), samplingRate: 0.3),
      .zeroOut
    ),
    (.randomizedResponse(noiseParameter: 0.1, bucketCount: 10), .zeroOut),
    (
      .sampledWithoutReplacement(.laplace(noiseMultiplier: 3), cohortSize: 5, populationSize: 50),
      .replaceOne
    ),
    (
      .sampledWithoutReplacement(
        .gaussian(noiseMultiplier: 40), cohortSize: 50, populationSize: 500),
      .replaceOne
    ),
  ])
  func noOrderIsBetterThanTheBestFound(event: PrivacyEvent, relation: NeighboringRelation) throws {
    let accountant = try Self.accountant(event, count: 20, relation: relation)
    let delta = 1e-6
    let epsilon = try accountant.epsilonUpperBound(atDelta: delta)
    for order in RenyiOrders.finite where order < 3000 {
      let divergence = try accountant.divergence(atOrder: order)
      let other = RenyiConversion(order: order, divergence: divergence).epsilon(delta: delta)
      #expect(epsilon <= other * (1 + 1e-12), "order \(order)")
    }
  }

  @Test func extremesAreAnsweredNotTrapped() throws {
    for relation in NeighboringRelation.allCases {
      for noise in [
        Double.leastNonzeroMagnitude, 1e-200, 1e-9, 1e9, 1e200, .greatestFiniteMagnitude,
      ] {
        let gaussian = PrivacyEvent.gaussian(noiseMultiplier: noise)
        let events: [PrivacyEvent] = [
          gaussian, .laplace(noiseMultiplier: noise),
          relation == .replaceOne
            ? .sampledWithoutReplacement(gaussian, cohortSize: 1, populationSize: 1 << 53)
            : .poissonSampled(gaussian, samplingRate: 1e-300),
        ]
        for event in events {
          for count in [1, 1 << 53] {
            let accountant = try Self.accountant(event, count: count, relation: relation)
            for delta in [Double.leastNonzeroMagnitude, 1e-5, 1 - 0x1p-53] {
              let epsilon = try accountant.epsilon(atDelta: delta)
              #expect(epsilon.lower <= epsilon.upper)
            }
            for epsilon in [0, 1, Double.greatestFiniteMagnitude] {
              let delta = try accountant.delta(atEpsilon: epsilon)
              #expect(delta.upper <= 1)
            }
          }
        }
      }
    }
  }
}
