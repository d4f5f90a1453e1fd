import Foundation
import Testing
import _TestSupport

@testable import Accounting

/// Against numbers that other methods gave: the true value lies between the ends, and these are as
/// close as was promised.
@Suite struct PrivacyLossAccountantTests {
  static func accountant(
    _ event: PrivacyEvent, count: Int = 1, relation: NeighboringRelation = .addOrRemoveOne,
    relativeGap: Double = 1e-3
  ) throws -> PrivacyLossAccountant {
    var accountant = PrivacyLossAccountant(relation: relation, relativeGap: relativeGap)
    try accountant.compose(event, count: count)
    return accountant
  }

  static func poisson(_ rate: Double, _ noise: Double) -> PrivacyEvent {
    .poissonSampled(.gaussian(noiseMultiplier: noise), samplingRate: rate)
  }

  /// What is wrong with bounds on a delta whose logarithm is known to some 11 digits.
  static func faults(of bound: PrivacyBound, logDelta: Double) -> [String] {
    var found: [String] = []
    let isInside =
      log(bound.lower) <= logDelta + 1e-9 && logDelta - 1e-9 <= log(bound.upper)
    if !isInside { found.append("e^\(logDelta) is outside of \(bound)") }
    if let limit = bound.limit { found.append("the limit is \(limit)") }
    if bound.upper > bound.lower * 1.0101 { found.append("\(bound) is wide") }
    return found
  }

  @Test(arguments: [
    "laplace_composition.csv", "discrete_laplace_composition.csv",
    "discrete_gaussian_composition.csv", "randomized_response_composition.csv",
  ])
  func deltaMatchesExactCompositions(table: String) throws {
    for row in try ReferenceTable(table).rows {
      let logDelta = try row.column("log_delta")
      guard logDelta > -700 else { continue }
      let (event, relation): (PrivacyEvent, NeighboringRelation) =
        if let noise = row["noise_multiplier"] {
          (.laplace(noiseMultiplier: noise), .addOrRemoveOne)
        } else if let noise = row["noise_parameter"] {
          (
            .randomizedResponse(
              noiseParameter: noise, bucketCount: Int(try row.column("bucket_count"))), .replaceOne
          )
        } else if let scale = row["scale"] {
          (
            .discreteLaplace(scale: scale, sensitivity: Int(try row.column("sensitivity"))),
            .addOrRemoveOne
          )
        } else {
          (
            .discreteGaussian(
              standardDeviation: try row.column("standard_deviation"),
              sensitivity: Int(try row.column("sensitivity"))), .zeroOut
          )
        }
      let (rounds, epsilon) = (try row.column("rounds"), try row.column("epsilon"))
      let accountant = try Self.accountant(event, count: Int(rounds), relation: relation)
      let bound = try accountant.delta(atEpsilon: epsilon)
      // Just below the largest loss of Laplace noise, the lattice is not fine enough, and says so.
      let isAtTheTop = row["noise_multiplier"].map { epsilon > 0.998 * rounds / $0 } ?? false
      let faults = Self.faults(of: bound, logDelta: logDelta)
      if isAtTheTop && bound.limit != nil {
        #expect(!faults.contains { $0.contains("outside") }, "\(row)")
      } else {
        #expect(faults == [], "\(row)")
      }
    }
  }

  /// Delta at epsilon 1 for sigma^2 = 0.25, 1, 4 and 25 at distance 1 (Canonne, Kamath & Steinke 2020).
  @Test(arguments: [
    (0.25, 6.032049e-01), (1, 1.413513e-01), (4, 7.248777e-03), (25, 1.829336e-08),
  ])
  func discreteGaussianDeltasAreThePublishedOnes(variance: Double, delta: Double) throws {
    let bound = try Self.accountant(
      .discreteGaussian(standardDeviation: variance.squareRoot(), sensitivity: 1),
      relation: .zeroOut, relativeGap: 1e-7
    ).delta(atEpsilon: 1)
    #expect(bound.lower <= delta * (1 + 1e-7) && bound.upper >= delta * (1 - 1e-7), "\(bound)")
    #expect(bound.upper <= delta * (1 + 1e-3), "\(bound)")
  }

  @Test func gaussianNoiseOnEverybodyIsExact() throws {
    for row in try ReferenceTable("gaussian_delta.csv").rows {
      let logDelta = try row.column("log_delta")
      guard logDelta > -700 else { continue }
      let accountant = try Self.accountant(
        .gaussian(noiseMultiplier: 1 / (try row.column("mu"))))
      let bound = try accountant.delta(atEpsilon: try row.column("epsilon"))
      #expect(bound.lower <= exp(logDelta) * (1 + 1e-9), "\(row): \(bound)")
      #expect(bound.upper >= exp(logDelta) * (1 - 1e-9), "\(row): \(bound)")
      #expect(bound.upper <= bound.lower * (1 + 1e-6), "\(row): \(bound)")
    }
    for row in try ReferenceTable("analytic_gaussian_sigma.csv").rows {
      let noise = try row.column("noise_multiplier") * 2.0.squareRoot()
      let bound = try Self.accountant(.gaussian(noiseMultiplier: noise), count: 2)
        .epsilon(atDelta: try row.column("delta"))
      let epsilon = try row.column("epsilon")
      #expect(abs(bound.lower / epsilon - 1) < 1e-10 && abs(bound.upper / epsilon - 1) < 1e-10)
    }
  }

  /// Two-bucket reports under replace-one are the worst mechanism of their pure epsilon.
  @Test func epsilonMatchesOptimalComposition() throws {
    for row in try ReferenceTable("pure_composition.csv").rows {
      let report = PrivacyEvent.randomizedResponse(
        noiseParameter: 2 / (exp(try row.column("epsilon_each")) + 1), bucketCount: 2)
      let bound = try Self.accountant(
        report, count: Int(try row.column("rounds")), relation: .replaceOne
      ).epsilon(atDelta: try row.column("delta"))
      let epsilon = try row.column("epsilon")
      #expect(bound.lower <= epsilon * (1 + 1e-9), "\(row): \(bound)")
      #expect(bound.upper >= epsilon * (1 - 1e-9), "\(row): \(bound)")
      #expect(bound.upper <= bound.lower * 1.001, "\(row): \(bound)")
    }
  }

  /// Intervals of dp-accounting and prv-accountant, which overlap ours. Heaps of losses in rare
  /// cohorts can keep the ends apart, which is said.
  @Test(arguments: ["pld_epsilon.csv", "pld_interval.csv", "published_epsilon.csv"])
  func epsilonAgreesWithOtherAccountants(table: String) throws {
    var limitedCount = 0
    for row in try ReferenceTable(table).rows {
      let event = Self.poisson(try row.column("sampling_rate"), try row.column("noise_multiplier"))
      let bound = try Self.accountant(event, count: Int(try row.column("rounds")))
        .epsilon(atDelta: try row.column("delta"))
      #expect(bound.lower <= (try row.column("pessimistic")) * (1 + 1e-6), "\(row): \(bound)")
      #expect(bound.upper >= (try row.column("optimistic")) * (1 - 1e-6), "\(row): \(bound)")
      #expect(bound.lower <= row["prv_upper"] ?? .infinity, "\(row): \(bound)")
      #expect(bound.upper >= row["prv_lower"] ?? 0, "\(row): \(bound)")
      if bound.limit != nil { limitedCount += 1 }
      #expect(bound.upper <= bound.lower * (bound.limit == nil ? 1.001 : 1.01), "\(row): \(bound)")
    }
    #expect(limitedCount <= 1)
  }

  @Test func epsilonOfOtherNoiseAgreesWithDPAccounting() throws {
    for row in try ReferenceTable("pld_noise_epsilon.csv").rows {
      let (width, size) = (try row.column("width"), Int(try row.column("sensitivity")))
      let (noise, relation): (PrivacyEvent, NeighboringRelation) =
        switch try row.column("noise") {
        case 0: (.laplace(noiseMultiplier: width), .addOrRemoveOne)
        case 1: (.discreteLaplace(scale: width, sensitivity: size), .addOrRemoveOne)
        case 2: (.discreteGaussian(standardDeviation: width, sensitivity: size), .zeroOut)
        case 3: (.randomizedResponse(noiseParameter: width, bucketCount: size), .replaceOne)
        default: (.randomizedResponse(noiseParameter: width, bucketCount: size), .zeroOut)
        }
      let rate = try row.column("sampling_rate")
      let bound = try Self.accountant(
        rate == 1 ? noise : .poissonSampled(noise, samplingRate: rate),
        count: Int(try row.column("rounds")), relation: relation
      ).epsilon(atDelta: try row.column("delta"))
      #expect(bound.lower <= (try row.column("pessimistic")) * (1 + 1e-6), "\(row): \(bound)")
      #expect(bound.upper >= (try row.column("optimistic")) * (1 - 1e-6), "\(row): \(bound)")
      #expect(bound.limit == nil && bound.upper <= bound.lower * 1.001, "\(row): \(bound)")
    }
  }

  /// Settings of Tramer & Boneh (ICLR 2021): dp-accounting 0.6.0 at discretization 1e-3 gives these
  /// upper bounds, to three decimals.
  @Test(arguments: [
    (60_000, 8192, 4.05, 280, 2.375),
    (60_000, 2048, 2.15, 1160, 2.377),
    (60_000, 512, 1.23, 4680, 2.364),
    (50_000, 8192, 5.67, 360, 2.260),
    (50_000, 1024, 1.54, 1440, 2.366),
  ])
  func publishedSettingsAreReproduced(
    examples: Int, batch: Int, noise: Double, rounds: Int, published: Double
  ) throws {
    let event = Self.poisson(Double(batch) / Double(examples), noise)
    let bound = try Self.accountant(event, count: rounds, relativeGap: 1e-4)
      .epsilon(atDelta: 1e-5)
    #expect(bound.limit == nil && bound.upper <= bound.lower * 1.0001)
    #expect(bound.lower < published + 5e-4 && bound.upper > published - 3.5e-3, "\(bound)")
  }

  /// Abadi et al. (CCS 2016): epsilon is in 0.9468 ... 0.9469 by the PLD and PRV accountants.
  @Test func abadiSettingIsReproduced() throws {
    let bound = try Self.accountant(Self.poisson(0.01, 4), count: 10_000, relativeGap: 1e-5)
      .epsilon(atDelta: 1e-5)
    #expect(bound.limit == nil && bound.upper <= bound.lower * 1.00001)
    #expect(bound.lower < 0.9469 && bound.upper > 0.9468, "\(bound)")
  }
}
