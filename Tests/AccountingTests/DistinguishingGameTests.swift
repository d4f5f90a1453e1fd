import Foundation
import Testing
import _TestSupport

@testable import Accounting

@Suite struct DistinguishingGameTests {
  /// Against another method altogether: discretized privacy loss distributions.
  @Test func boundsBracketTheTrueEpsilon() throws {
    for row in try ReferenceTable("pld_epsilon.csv").rows {
      let event = PrivacyEvent.poissonSampled(
        .gaussian(noiseMultiplier: try row.column("noise_multiplier")),
        samplingRate: try row.column("sampling_rate"))
      var accountant = RenyiAccountant(relation: .addOrRemoveOne)
      try accountant.compose(event, count: Int(try row.column("rounds")))
      let delta = try row.column("delta")
      let epsilon = try accountant.epsilon(atDelta: delta)
      #expect(epsilon.lower <= (try row.column("pessimistic")), "\(row): \(epsilon)")
      #expect(epsilon.upper >= (try row.column("optimistic")), "\(row): \(epsilon)")
      // Delta's lower end, the other way round: at the pessimistic epsilon no more than delta is
      // certain.
      #expect(try accountant.delta(atEpsilon: row.column("pessimistic")).lower <= delta, "\(row)")
    }
  }

  /// One round's best test is a threshold, so the lower end is the true epsilon.
  @Test func oneRoundIsExact() throws {
    for row in try ReferenceTable("pld_epsilon.csv").rows where try row.column("rounds") == 1 {
      let event = PrivacyEvent.poissonSampled(
        .gaussian(noiseMultiplier: try row.column("noise_multiplier")),
        samplingRate: try row.column("sampling_rate"))
      var accountant = RenyiAccountant(relation: .addOrRemoveOne)
      try accountant.compose(event)
      let lower = try accountant.epsilon(atDelta: try row.column("delta")).lower
      #expect(lower >= (try row.column("optimistic")), "\(row): \(lower)")
    }
  }

  private static func game(
    _ event: PrivacyEvent, _ relation: NeighboringRelation
  ) throws -> DistinguishingGame {
    let reduction = EventReduction(accountant: .rdp, relation: relation)
    return DistinguishingGame(
      against: try reduction.mechanisms(in: event, count: 1), relation: relation)
  }

  /// The unclamped lower ends, since an accountant would hide a small excess over its upper end.
  @Test(arguments: [NeighboringRelation.addOrRemoveOne, .replaceOne], [0.2, 1, 30])
  func lowerEndsStayBelowUpperOnes(relation: NeighboringRelation, noise: Double) throws {
    let gaussian = PrivacyEvent.gaussian(noiseMultiplier: noise)
    for rate in [1e-3, 0.3, 0.99] {
      let sampled: PrivacyEvent =
        relation == .replaceOne
        ? .sampledWithoutReplacement(gaussian, cohortSize: Int(rate * 1e4), populationSize: 10_000)
        : .poissonSampled(gaussian, samplingRate: rate)
      for event in [
        sampled, .repeated(sampled, count: 40),
        .composed([sampled, .repeated(gaussian, count: 2)]),
        .composed([.repeated(sampled, count: 3), .laplace(noiseMultiplier: noise)]),
      ] {
        let game = try Self.game(event, relation)
        var accountant = RenyiAccountant(relation: relation)
        try accountant.compose(event)
        for delta in [1e-20, 1e-5, 0.1] {
          let upper = try accountant.epsilonUpperBound(atDelta: delta)
          #expect(game.epsilon(delta: delta) <= upper, "\(event), delta \(delta)")
        }
        for epsilon in [0, 0.5, 10] {
          let upper = try accountant.delta(atEpsilon: epsilon).upper
          #expect(game.delta(epsilon: epsilon) <= upper, "\(event), epsilon \(epsilon)")
        }
      }
    }
  }

  /// Adding an answer of no weight to an exact case must not spoil it, and cohorts with nearly
  /// everybody are nearly no sampling.
  @Test(arguments: NeighboringRelation.allCases)
  func nearlyEverybodyIsNearlyExact(relation: NeighboringRelation) throws {
    let gaussian = PrivacyEvent.gaussian(noiseMultiplier: 2)
    let sampled: PrivacyEvent =
      relation == .replaceOne
      ? .sampledWithoutReplacement(gaussian, cohortSize: 999_999, populationSize: 1_000_000)
      : .poissonSampled(gaussian, samplingRate: 0.999999)
    let exact = try Self.game(.repeated(gaussian, count: 4), relation).epsilon(delta: 1e-3)
    let near = try Self.game(.composed([gaussian, .repeated(sampled, count: 3)]), relation)
      .epsilon(delta: 1e-3)
    #expect(near <= exact)
    #expect(near >= 0.99 * exact)
  }

  /// Rounds of several kinds: the quieter ones can be made as noisy as the others, never the
  /// reverse.
  @Test func mixedRoundsCountForWhatTheyCertainlyTell() throws {
    func rounds(_ noise: Double, _ rate: Double, _ count: Int) -> PrivacyEvent {
      .repeated(
        .poissonSampled(.gaussian(noiseMultiplier: noise), samplingRate: rate), count: count)
    }
    let mixed = try Self.game(
      .composed([rounds(1, 0.2, 50), rounds(1.1, 0.1, 50)]), .addOrRemoveOne)
    let weakest = try Self.game(rounds(1.1, 0.1, 100), .addOrRemoveOne)
    let strongest = try Self.game(rounds(1, 0.2, 100), .addOrRemoveOne)
    #expect(mixed.epsilon(delta: 1e-5) >= weakest.epsilon(delta: 1e-5))
    #expect(mixed.epsilon(delta: 1e-5) <= strongest.epsilon(delta: 1e-5))
  }

  /// delta = 1 - e^((epsilon - 1 / b) / 2) in closed form.
  @Test func oneLaplaceReleaseIsExact() throws {
    let game = try Self.game(.laplace(noiseMultiplier: 0.5), .addOrRemoveOne)
    #expect(abs(game.delta(epsilon: 1) - (1 - exp(-0.5))) < 1e-8)
    #expect(abs(game.epsilon(delta: 1 - exp(-0.5)) - 1) < 1e-8)
    #expect(game.delta(epsilon: 2) == 0)
  }

  /// delta = sum of max(0, P - e^epsilon Q) over the outcomes, summed one by one.
  @Test(arguments: [(0.6, 1), (2.0, 3), (30.0, 40), (30.0, 41)], [0, 0.3, 1.2])
  func oneDiscreteLaplaceReleaseIsExact(noise: (scale: Double, sensitivity: Int), epsilon: Double)
    throws
  {
    let weight = { (x: Int) in exp(-Double(abs(x)) / noise.scale) }
    let outcomes = -2000...2000
    let total = outcomes.reduce(0) { $0 + weight($1) }
    let exact = outcomes.reduce(0) {
      $0 + max(0, weight($1 - noise.sensitivity) - exp(epsilon) * weight($1)) / total
    }
    let game = try Self.game(
      .discreteLaplace(scale: noise.scale, sensitivity: noise.sensitivity), .addOrRemoveOne)
    #expect(abs(game.delta(epsilon: epsilon) - exact) < 1e-10)
    if exact > 0 { #expect(abs(game.epsilon(delta: exact) - epsilon) < 1e-8) }
  }

  @Test(arguments: [(0.3, 2), (0.5, 10), (0.95, 3)], [0, 0.05, 0.7])
  func oneReportIsExact(report: (noise: Double, buckets: Int), epsilon: Double) throws {
    let event = PrivacyEvent.randomizedResponse(
      noiseParameter: report.noise, bucketCount: report.buckets)
    let k = Double(report.buckets)
    let (own, other) = (1 - report.noise + report.noise / k, report.noise / k)
    let replaced = max(0, own - exp(epsilon) * other)
    #expect(
      abs(try Self.game(event, .replaceOne).delta(epsilon: epsilon) - replaced) < 1e-10)
    let zeroed = max(
      0, own - exp(epsilon) / k, (k - 1) / k - exp(epsilon) * (k - 1) * other)
    #expect(abs(try Self.game(event, .zeroOut).delta(epsilon: epsilon) - zeroed) < 1e-10)
  }
}
