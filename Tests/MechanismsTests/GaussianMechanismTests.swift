import Accounting
import CGSL
import LinearAlgebra
import Randomness
import Testing
import _TestSupport

@testable import Mechanisms

@Suite struct GaussianMechanismTests {
  static let key = StreamKey(seed: 211)

  @Test func itsEventIsItsNoiseMultiplier() {
    let mechanism = GaussianMechanism(clippingNorm: 0.25, noiseMultiplier: 1.5)
    #expect(mechanism.event == .gaussian(noiseMultiplier: 1.5))
    #expect(mechanism.noiseStandardDeviation == 0.375)
  }

  // MARK: Noise

  /// Eight checks, two a sampler and number of workers: the noise of an empty cohort, relative to its
  /// declared standard deviation and the expected cohort size, is standard normal.
  @Test(arguments: GaussianSampler.allCases, [1, 2])
  func theNoiseHasItsDeclaredStandardDeviation(
    sampler: GaussianSampler, workerCount: Int
  ) throws {
    let mechanism = GaussianMechanism(clippingNorm: 0.5, noiseMultiplier: 1.1, sampler: sampler)
    var noise: [Double] = []
    for round in 0..<40 {
      let released = try release(
        [], mechanism, expectedCohortSize: 8, dimension: 1000,
        Self.key.child(.round, UInt64(round)), workers: Workers(count: workerCount))
      noise += released.map { Double($0) * 8 / 0.55 }
    }
    #expect(
      GoodnessOfFit.kolmogorovSmirnov(noise, against: gsl_cdf_ugaussian_P) > AlarmBudget.perCheck)
    #expect(GoodnessOfFit.unitVariance(noise) > AlarmBudget.perCheck)
  }

  /// Eight checks: one release's noise against another round's, and against its own neighbor in the
  /// vector.
  @Test(arguments: GaussianSampler.allCases)
  func noiseIsDrawnAfreshEveryTime(sampler: GaussianSampler) throws {
    let mechanism = GaussianMechanism(clippingNorm: 1, noiseMultiplier: 1, sampler: sampler)
    let dimension = 10_000
    let keys = [Self.key.child(.round, 1), Self.key.child(.round, 2), Self.key.child(.trial, 1)]
    let releases = try keys.map {
      try release([], mechanism, expectedCohortSize: 1, dimension: dimension, $0)
    }
    #expect(Set(releases.joined().map(\.bitPattern)).count > 3 * dimension - 100)
    for (one, other) in [(0, 1), (0, 2), (1, 2)] {
      expectUncorrelated(releases[one], releases[other])
    }
    expectUncorrelated(Array(releases[0].dropLast()), Array(releases[0].dropFirst()))
  }

  /// Longer than one worker's piece, and not a multiple of it.
  @Test(arguments: GaussianSampler.allCases, [2, 3, 8])
  func moreWorkersChangeNoBit(sampler: GaussianSampler, workerCount: Int) throws {
    let mechanism = GaussianMechanism(clippingNorm: 1, noiseMultiplier: 1, sampler: sampler)
    let updates = [StreamKey(seed: 213).vector(20_001)]
    let (one, many) = try (
      release(updates, mechanism, expectedCohortSize: 3, dimension: 20_001, Self.key),
      release(
        updates, mechanism, expectedCohortSize: 3, dimension: 20_001, Self.key,
        workers: Workers(count: workerCount))
    )
    #expect(many.map(\.bitPattern) == one.map(\.bitPattern))
  }

  /// Two checks: noise of a vector longer than one worker's piece, correlated with itself one piece
  /// on.
  @Test(arguments: GaussianSampler.allCases)
  func noPieceRepeatsAnother(sampler: GaussianSampler) throws {
    let mechanism = GaussianMechanism(clippingNorm: 1, noiseMultiplier: 1, sampler: sampler)
    let noise = try release(
      [], mechanism, expectedCohortSize: 1, dimension: 16_384, Self.key,
      workers: Workers(count: 2))
    expectUncorrelated(Array(noise[..<8192]), Array(noise[8192...]))
  }

  /// The bulk noise is one fill of the stream of its key, whoever draws which part.
  @Test func bulkNoiseIsOneFill() throws {
    let mechanism = GaussianMechanism(clippingNorm: 2, noiseMultiplier: 0.75, sampler: .bulk)
    let released = try release(
      [], mechanism, expectedCohortSize: 1, dimension: 20_001, Self.key,
      workers: Workers(count: 3))
    var fill = [Float](repeating: 0, count: 20_001)
    var stream = RandomStream(Self.key)
    stream.fillGaussian(&fill, standardDeviation: 1.5)
    #expect(released == fill)
  }

  @Test(arguments: GaussianSampler.allCases)
  func aReleaseEmptiesItsSum(sampler: GaussianSampler) throws {
    let mechanism = GaussianMechanism(clippingNorm: 1, noiseMultiplier: 1, sampler: sampler)
    let sum = mechanism.makeSum(dimension: 10)
    sum.add(clipping: StreamKey(seed: 214).vector(10))
    var ledger = Ledger()
    for round in 0..<2 {
      let key = Self.key.child(.round, UInt64(round))
      let mean = try mechanism.release(sum, expectedCohortSize: 1, noise: key, workers: .one)
        .charge(&ledger) { $0 }.mean
      let empty = try release([], mechanism, expectedCohortSize: 1, dimension: 10, key)
      #expect((mean == empty) == (round == 1))
      #expect(sum.contributionCount == 0)
      mechanism.prepare(sum, noise: key)
    }
  }

  @Test func aSumThatIsNotEmptyIsNotPrepared() async {
    await #expect(processExitsWith: .failure) {
      let mechanism = GaussianMechanism(clippingNorm: 1, noiseMultiplier: 1)
      let sum = mechanism.makeSum(layers: [0..<1])
      sum.add(clipping: [1])
      mechanism.prepare(sum, noise: StreamKey(seed: 1))
    }
  }

  /// The same key adds the same noise, whatever the sum.
  @Test(arguments: GaussianSampler.allCases)
  func theNoiseDoesNotDependOnTheData(sampler: GaussianSampler) throws {
    let mechanism = GaussianMechanism(clippingNorm: 1, noiseMultiplier: 1, sampler: sampler)
    let update = StreamKey(seed: 212).vector(1000)
    let empty = try release([], mechanism, expectedCohortSize: 1, dimension: 1000, Self.key)
    let one = try release([update], mechanism, expectedCohortSize: 1, dimension: 1000, Self.key)
    let sum = mechanism.makeSum(dimension: 1000)
    sum.add(clipping: update)
    for index in 0..<1000 {
      let added = Double(one[index]) - Double(empty[index])
      #expect((added - sum.total[index]).magnitude < 1e-6)
    }
  }

  // MARK: Divisor

  /// The noise cancels between cohorts of different sizes, and what is left is the sum over the
  /// expected cohort size: never over the realised one.
  @Test(arguments: [0.5, 3, 10], [0, 1, 2, 3, 20])
  func theDivisorIsTheExpectedCohortSize(expectedCohortSize: Double, cohortSize: Int) throws {
    let mechanism = GaussianMechanism(clippingNorm: 5, noiseMultiplier: 0.01)
    let update: [Float] = [3, 4, 0]
    let cohort = [[Float]](repeating: update, count: cohortSize)
    let empty = try release(
      [], mechanism, expectedCohortSize: expectedCohortSize, dimension: 3, Self.key)
    let full = try release(
      cohort, mechanism, expectedCohortSize: expectedCohortSize, dimension: 3, Self.key)
    for index in 0..<3 {
      let mean = Double(full[index]) - Double(empty[index])
      let expected = Double(cohortSize) * Double(update[index]) / expectedCohortSize
      #expect((mean - expected).magnitude <= 1e-6 * max(1, expected))
    }
  }

  /// Releases on neighbors with the same noise differ by at most C over the divisor.
  @Test(arguments: GaussianSampler.allCases)
  func neighborsReleasesDifferByTheirSensitivity(sampler: GaussianSampler) throws {
    let (clippingNorm, dimension, expected) = (0.8, 200, 4.0)
    let mechanism = GaussianMechanism(
      clippingNorm: clippingNorm, noiseMultiplier: 0.5, sampler: sampler)
    let updates = (0..<6).map { Self.key.child(.client, $0).vector(dimension).map { $0 * 100 } }
    let released = try release(
      updates, mechanism, expectedCohortSize: expected, dimension: dimension, Self.key)
    for left in updates.indices {
      var neighbor = updates
      neighbor.remove(at: left)
      let other = try release(
        neighbor, mechanism, expectedCohortSize: expected, dimension: dimension, Self.key)
      let distance = euclideanDistance(released.map(Double.init), other.map(Double.init))
      #expect((distance - clippingNorm / expected).magnitude < 1e-5)
    }
  }

  @Test func aSumMadeForOtherNoiseIsRefused() async {
    await #expect(processExitsWith: .failure) {
      let sum = GaussianMechanism(clippingNorm: 2, noiseMultiplier: 1).makeSum(layers: [0..<1])
      _ = GaussianMechanism(clippingNorm: 1, noiseMultiplier: 1)
        .release(sum, expectedCohortSize: 1, noise: StreamKey(seed: 1), workers: .one)
    }
  }

  @Test func anUnboundedSumIsNeverReleasedWithNoise() async {
    await #expect(processExitsWith: .failure) {
      let sum = NonPrivateMechanism().makeSum(layers: [0..<1])
      _ = GaussianMechanism(clippingNorm: 1, noiseMultiplier: 1)
        .release(sum, expectedCohortSize: 1, noise: StreamKey(seed: 1), workers: .one)
    }
  }

  // MARK: -

  private func expectUncorrelated(
    _ one: [Float], _ other: [Float], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let correlation = gsl_stats_correlation(
      one.map(Double.init), 1, other.map(Double.init), 1, one.count)
    let p = GoodnessOfFit.standardNormal(correlation * Double(one.count).squareRoot())
    #expect(p > AlarmBudget.perCheck, sourceLocation: sourceLocation)
  }

  private func release(
    _ updates: [[Float]], _ mechanism: GaussianMechanism, expectedCohortSize: Double,
    dimension: Int, _ key: StreamKey, workers: Workers = .one
  ) throws -> [Float] {
    var ledger = Ledger()
    return try mechanism.released(
      updates, expectedCohortSize: expectedCohortSize, dimension: dimension, noise: key,
      workers: workers, charging: &ledger
    ).mean
  }
}
