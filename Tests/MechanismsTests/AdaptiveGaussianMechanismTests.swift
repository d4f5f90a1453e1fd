import Accounting
import CGSL
import Randomness
import Testing
import _TestSupport

@testable import Mechanisms

@Suite struct AdaptiveGaussianMechanismTests {
  static let key = StreamKey(seed: 231)

  static func mechanism(
    initialClippingNorm: Double = 0.5, targetQuantile: Double = 0.5,
    countStandardDeviation: Double = 2, noiseMultiplier: Double = 1.5,
    sampler: GaussianSampler = .gsl
  ) throws -> AdaptiveGaussianMechanism {
    try AdaptiveGaussianMechanism(
      clipping: QuantileClipping(
        initialClippingNorm: initialClippingNorm, targetQuantile: targetQuantile,
        clippingLearningRate: 0.2, countStandardDeviation: countStandardDeviation),
      noiseMultiplier: noiseMultiplier, sampler: sampler)
  }

  // MARK: The bill

  @Test func oneEventPaysForSumAndCount() throws {
    var mechanism = try Self.mechanism()
    var ledger = Ledger()
    for round in 0..<5 {
      let release = try release(
        [[1, 2]], mechanism, Self.key.child(.round, UInt64(round)), &ledger)
      mechanism = mechanism.next(after: release)
    }
    let runs = ledger.runs
    #expect(runs.map(\.event) == [.gaussian(noiseMultiplier: 1.5)])
    #expect(runs.map(\.count) == [5])
    #expect(mechanism.clippingNorm != 0.5)
    #expect(mechanism.updateNoiseMultiplier > 1.5)
  }

  // MARK: Sensitivity

  /// Any one contribution moves the votes by 1/2 and the sum by at most the clipping norm; measured
  /// in the noise of each, the pair moves by at most 1 / z, and by that much if it is clipped.
  @Test(arguments: [Float(1e-20), 1e-3, 1, 1e20, .nan, .infinity])
  func oneContributionMovesThePairByItsBound(magnitude: Float) throws {
    let mechanism = try Self.mechanism()
    let (sums, votes) = try movement(
      [others, others + [Self.key.vector(50).map { $0 * magnitude }]], mechanism)
    #expect(votes == 0.5)
    #expect(sums <= mechanism.clippingNorm)
    let distance = distance(sums, votes, mechanism)
    #expect(distance <= 1 / mechanism.noiseMultiplier)
    if magnitude.isFinite && magnitude >= 1 {
      #expect(distance >= (1 - 1e-8) / mechanism.noiseMultiplier)
    }
  }

  /// Under replace-one, both move by up to twice as much.
  @Test func replacingAContributionMovesThePairByTwiceItsBound() throws {
    let mechanism = try Self.mechanism()
    let bound = 2 / mechanism.noiseMultiplier
    let update = Self.key.vector(50).map { $0 * 1e6 }
    let within = update.map { $0 * -5e-8 }
    let (sums, votes) = try movement([others + [update], others + [within]], mechanism)
    #expect(votes == 1)
    #expect(sums <= 2 * mechanism.clippingNorm)
    #expect(distance(sums, votes, mechanism) <= bound)
    let (opposite, sameVote) = try movement(
      [others + [update], others + [update.map { -$0 }]], mechanism)
    #expect(sameVote == 0)
    #expect(distance(opposite, sameVote, mechanism) <= bound)
  }

  @Test func votesCountWhoWasNotClipped() {
    let sum = ClippedSum(layers: [0..<2], bound: .clipped(toNorm: 5))
    #expect(sum.unclippedBalance == 0)
    let updates: [[Float]] = [[3, 3], [3, 4.1], [0, 0], [.nan, 0], [1e30, 1e30], [0, -4.9]]
    var unclipped = 0
    for update in updates where !sum.add(clipping: update).wasClipped { unclipped += 1 }
    #expect(unclipped == 3)
    #expect(sum.unclippedBalance == 3 - 6.0 / 2)
  }

  // MARK: Noise

  /// Three checks: the count's noise is normal with its standard deviation, around the fraction of
  /// votes over the expected cohort size, and independent of the update's.
  @Test func theCountHasItsOwnNoise() throws {
    let mechanism = try Self.mechanism(countStandardDeviation: 3)
    // Two within the bound and one beyond, where ten are expected: 1/20 above one half.
    let cohort: [[Float]] = [[0.1], [0], [9]]
    var ledger = Ledger()
    var (counts, updates): ([Double], [Double]) = ([], [])
    for round in 0..<5000 {
      let release = try release(cohort, mechanism, Self.key.child(.round, UInt64(round)), &ledger)
      counts.append((try #require(release.unclippedFraction) - 0.55) * 10 / 3)
      updates.append(Double(release.mean[0]))
    }
    #expect(
      GoodnessOfFit.kolmogorovSmirnov(counts, against: gsl_cdf_ugaussian_P) > AlarmBudget.perCheck)
    #expect(GoodnessOfFit.unitVariance(counts) > AlarmBudget.perCheck)
    let correlation = gsl_stats_correlation(counts, 1, updates, 1, counts.count)
    let p = GoodnessOfFit.standardNormal(correlation * Double(counts.count).squareRoot())
    #expect(p > AlarmBudget.perCheck)
  }

  /// The mean is, to the bit, that of a fixed mechanism with the update's multiplier: the count
  /// draws its noise from a stream of its own.
  @Test(arguments: GaussianSampler.allCases)
  func theUpdateIsReleasedAsByAFixedMechanism(sampler: GaussianSampler) throws {
    let adaptive = try Self.mechanism(sampler: sampler)
    let fixed = GaussianMechanism(
      clippingNorm: adaptive.clippingNorm, noiseMultiplier: adaptive.updateNoiseMultiplier,
      sampler: sampler)
    var ledger = Ledger()
    let one = try release(others, adaptive, Self.key, &ledger)
    let other = try release(others, fixed, Self.key, &ledger)
    #expect(one.mean.map(\.bitPattern) == other.mean.map(\.bitPattern))
    #expect(one.unclippedFraction != nil)
    #expect(other.unclippedFraction == nil)
  }

  // MARK: Adaptation

  /// Norms 1/200, 2/200, ... 1 and next to no noise: the clipping norm goes to the quantile from far
  /// below and far above.
  @Test(arguments: [0.3, 0.5, 0.9], [1e-2, 1e2])
  func withoutNoiseItFindsTheQuantile(targetQuantile: Double, initialClippingNorm: Double) throws {
    var mechanism = try Self.mechanism(
      initialClippingNorm: initialClippingNorm, targetQuantile: targetQuantile,
      countStandardDeviation: 1e-6, noiseMultiplier: 1e-7)
    let cohort = (1...200).map { [Float($0) / 200] }
    var ledger = Ledger()
    for round in 0..<400 {
      let release = try release(
        cohort, mechanism, Self.key.child(.round, UInt64(round)), &ledger, expectedCohortSize: 200)
      mechanism = mechanism.next(after: release)
    }
    #expect((mechanism.clippingNorm - targetQuantile).magnitude < 0.01)
  }

  /// A mechanism that goes on from a saved clipping norm releases the same bits and costs the same.
  @Test func aResumedMechanismIsTheOneThatStopped() throws {
    var mechanism = try Self.mechanism()
    var ledger = Ledger()
    for round in 0..<3 {
      mechanism = mechanism.next(
        after: try release(others, mechanism, Self.key.child(.round, UInt64(round)), &ledger))
    }
    let resumed = try Self.mechanism().resumed(atClippingNorm: mechanism.clippingNorm)
    #expect(resumed.bound == mechanism.bound && resumed.event == mechanism.event)
    let key = Self.key.child(.round, 3)
    let (one, other) = try (
      release(others, mechanism, key, &ledger), release(others, resumed, key, &ledger)
    )
    #expect(one == other)
    #expect(resumed.next(after: other).clippingNorm == mechanism.next(after: one).clippingNorm)
  }

  /// The sum of one round is clipped to the next round's norm once it is prepared.
  @Test func aPreparedSumHasTheNextBound() throws {
    let mechanism = try Self.mechanism()
    let sum = mechanism.makeSum(dimension: 1)
    let next = mechanism.resumed(atClippingNorm: 0.125)
    next.prepare(sum, noise: StreamKey(seed: 1))
    sum.add(clipping: [9])
    #expect((sum.total[0] - 0.125).magnitude < 1e-8)
  }

  @Test func fixedMechanismsStayAsTheyAre() throws {
    let mechanism = GaussianMechanism(clippingNorm: 2, noiseMultiplier: 1)
    var ledger = Ledger()
    let next = mechanism.next(after: try release([[1]], mechanism, Self.key, &ledger))
    #expect(next.clippingNorm == 2)
    #expect(next.event == mechanism.event)
  }

  @Test func aReleaseWithoutACountIsRefused() async {
    await #expect(processExitsWith: .failure) {
      _ = try AdaptiveGaussianMechanismTests.mechanism().next(after: Release(mean: [1]))
    }
  }

  // MARK: -

  private let others = (0..<4).map { key.child(.client, $0).vector(50) }

  /// How far two cohorts' sums and votes are apart.
  private func movement(
    _ cohorts: [[[Float]]], _ mechanism: AdaptiveGaussianMechanism
  ) throws -> (sums: Double, votes: Double) {
    var (totals, votes): ([[Double]], [Double]) = ([], [])
    for cohort in cohorts {
      let sum = mechanism.makeSum(dimension: 50)
      for update in cohort { sum.add(clipping: update) }
      totals.append(sum.total)
      votes.append(sum.unclippedBalance)
    }
    return (euclideanDistance(totals[0], totals[1]), (votes[0] - votes[1]).magnitude)
  }

  /// In standard deviations of the noise on each.
  private func distance(
    _ sums: Double, _ votes: Double, _ mechanism: AdaptiveGaussianMechanism
  ) -> Double {
    let inSum = sums / (mechanism.updateNoiseMultiplier * mechanism.clippingNorm)
    let inVotes = votes / mechanism.clipping.countStandardDeviation
    return (inSum * inSum + inVotes * inVotes).squareRoot()
  }

  private func release(
    _ updates: [[Float]], _ mechanism: some NoiseMechanism, _ key: StreamKey,
    _ ledger: inout Ledger, expectedCohortSize: Double = 10
  ) throws -> Release {
    try mechanism.released(
      updates, expectedCohortSize: expectedCohortSize, dimension: updates[0].count, noise: key,
      charging: &ledger)
  }
}
