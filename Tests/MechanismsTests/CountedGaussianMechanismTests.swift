import Accounting
import CGSL
import Randomness
import Testing
import _TestSupport

@testable import Mechanisms

@Suite struct CountedGaussianMechanismTests {
  static let key = StreamKey(seed: 241)

  static func mechanism(
    clippingNorm: Double = 0.5, noiseMultiplier: Double = 1.5, countStandardDeviation: Double = 4,
    sampler: GaussianSampler = .gsl
  ) throws -> CountedGaussianMechanism {
    try CountedGaussianMechanism(
      clippingNorm: clippingNorm, noiseMultiplier: noiseMultiplier,
      countStandardDeviation: countStandardDeviation, sampler: sampler)
  }

  // MARK: The bill

  @Test func oneEventPaysForSumAndCount() throws {
    var ledger = Ledger()
    for round in 0..<3 {
      let release = try release(
        [[1, 2]], Self.mechanism(), Self.key.child(.round, UInt64(round)), &ledger)
      #expect(release.contributionCount != nil && release.unclippedFraction == nil)
    }
    let runs = ledger.runs
    #expect(runs.map(\.event) == [.gaussian(noiseMultiplier: 1.5)])
    #expect(runs.map(\.count) == [3])
  }

  /// 3 and 5 make 2.4, 5 and 12 make 60/13: `1/z^2 = 1/u^2 + 1/s^2`.
  @Test(arguments: [(2.4, 4.0, 3.0), (2.4, 3.0, 4.0), (60.0 / 13, 12.0, 5.0)])
  func theUpdatePaysForTheCount(joint: Double, count: Double, update: Double) throws {
    let mechanism = try Self.mechanism(noiseMultiplier: joint, countStandardDeviation: count)
    #expect((mechanism.updateNoiseMultiplier - update).magnitude < 1e-12)
  }

  /// What is left for the sum is never less than is charged.
  @Test(arguments: [1.0001, 1.5, 10, 1e6, 1e300])
  func theJointIsNoWeakerThanCharged(factor: Double) throws {
    let joint = 1.3
    let mechanism = try Self.mechanism(
      noiseMultiplier: joint, countStandardDeviation: joint * factor)
    let squares =
      1 / (mechanism.updateNoiseMultiplier * mechanism.updateNoiseMultiplier)
      + 1 / (joint * factor * joint * factor)
    #expect(squares <= 1 / (joint * joint))
  }

  @Test(arguments: [0.3, 1.4999, 1.5]) func aCountThatSaysTooMuchIsRefused(deviation: Double) {
    #expect {
      _ = try Self.mechanism(countStandardDeviation: deviation)
    } throws: {
      "\($0)" == "the count's standard deviation is \(deviation); for the noise multiplier 1.5 it "
        + "must be greater than that"
    }
  }

  // MARK: Sensitivity

  /// One contribution moves the count by 1 and the sum by at most the clipping norm; in the noise of
  /// each, the pair moves by at most 1 / z, and by that much if it is clipped.
  @Test(arguments: [Float(0), 1e-20, 1, 1e20, .nan, .infinity])
  func oneContributionMovesThePairByItsBound(magnitude: Float) throws {
    let mechanism = try Self.mechanism()
    let others = (0..<4).map { Self.key.child(.client, $0).vector(50) }
    var (totals, counts): ([[Double]], [Int]) = ([], [])
    for cohort in [others, others + [Self.key.vector(50).map { $0 * magnitude }]] {
      let sum = mechanism.makeSum(dimension: 50)
      for update in cohort { sum.add(clipping: update) }
      totals.append(sum.total)
      counts.append(sum.contributionCount)
    }
    #expect(counts == [4, 5])
    let inSum =
      euclideanDistance(totals[0], totals[1])
      / (mechanism.updateNoiseMultiplier * mechanism.bound.norm)
    let inCount = 1 / mechanism.countStandardDeviation
    let distance = (inSum * inSum + inCount * inCount).squareRoot()
    #expect(distance <= 1 / mechanism.noiseMultiplier)
    if magnitude >= 1 && magnitude.isFinite {
      #expect(distance >= (1 - 1e-8) / mechanism.noiseMultiplier)
    }
  }

  // MARK: Noise

  /// Three checks: the count's noise is normal with its standard deviation, around the number of
  /// contributions, and independent of the update's.
  @Test func theCountHasItsOwnNoise() throws {
    let mechanism = try Self.mechanism(countStandardDeviation: 3)
    var ledger = Ledger()
    var (counts, updates): ([Double], [Double]) = ([], [])
    for round in 0..<5000 {
      let release = try release(
        [[0.1], [0], [9], [.nan]], mechanism, Self.key.child(.round, UInt64(round)), &ledger)
      counts.append((try #require(release.contributionCount) - 4) / 3)
      updates.append(Double(release.mean[0]))
    }
    #expect(
      GoodnessOfFit.kolmogorovSmirnov(counts, against: gsl_cdf_ugaussian_P) > AlarmBudget.perCheck)
    #expect(GoodnessOfFit.unitVariance(counts) > AlarmBudget.perCheck)
    let correlation = gsl_stats_correlation(counts, 1, updates, 1, counts.count)
    let p = GoodnessOfFit.standardNormal(correlation * Double(counts.count).squareRoot())
    #expect(p > AlarmBudget.perCheck)
  }

  /// The mean is, to the bit, that of a plain mechanism with the update's multiplier.
  @Test(arguments: GaussianSampler.allCases)
  func theUpdateIsReleasedAsByAPlainMechanism(sampler: GaussianSampler) throws {
    let counted = try Self.mechanism(sampler: sampler)
    let plain = GaussianMechanism(
      clippingNorm: 0.5, noiseMultiplier: counted.updateNoiseMultiplier, sampler: sampler)
    var ledger = Ledger()
    let updates = (0..<4).map { Self.key.child(.client, $0).vector(50) }
    let one = try release(updates, counted, Self.key, &ledger)
    let other = try release(updates, plain, Self.key, &ledger)
    #expect(one.mean.map(\.bitPattern) == other.mean.map(\.bitPattern))
    #expect(other.contributionCount == nil)
  }

  private func release(
    _ updates: [[Float]], _ mechanism: some NoiseMechanism, _ key: StreamKey,
    _ ledger: inout Ledger
  ) throws -> Release {
    try mechanism.released(
      updates, expectedCohortSize: 10, dimension: updates[0].count, noise: key,
      charging: &ledger)
  }
}

extension ContributionBound {
  fileprivate var norm: Double {
    guard case .clipped(let norm, _) = self else { return .infinity }
    return norm
  }
}
