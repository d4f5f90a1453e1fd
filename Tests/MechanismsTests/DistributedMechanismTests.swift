import Accounting
import CGSL
import Foundation
import LinearAlgebra
import Randomness
import Testing
import _TestSupport

@testable import Mechanisms

@Suite struct DistributedMechanismTests {
  static let key = StreamKey(seed: 611)

  static func mechanism(
    _ law: DistributedNoise.Law = .discreteGaussian, dimension: Int, granularity: Double = 0.01,
    bits: Int = 20, isRotated: Bool = true, noiseMultiplier: Double = 1, contributors: Int = 10
  ) throws -> DistributedMechanism {
    let deviation = noiseMultiplier / granularity
    return try DistributedMechanism(
      encoding: GridEncoding(
        dimension: dimension, clippingNorm: 1, granularity: granularity, bits: bits,
        isRotated: isRotated),
      noise: DistributedNoise(
        law, variance: deviation * deviation, contributorCount: contributors))
  }

  // MARK: The bill

  @Test func eventsSayWhatIsAdded() throws {
    for law in DistributedNoise.Law.allCases {
      let mechanism = try Self.mechanism(law, dimension: 250, contributors: 16)
      let sensitivity = mechanism.encoding.sensitivity
      #expect(sensitivity.dimension == 256)
      switch (law, mechanism.event) {
      case (
        .discreteGaussian,
        .distributedDiscreteGaussian(let deviation, let contributors, let charged)
      ):
        #expect(abs(deviation - 25) < 1e-12 && contributors == 16 && charged == sensitivity)
      case (.skellam, .skellam(let variance, let charged)):
        #expect(abs(variance - 10_000) < 1e-9 && charged == sensitivity)
      default: Issue.record("\(law) charges \(mechanism.event)")
      }
    }
  }

  @Test func sharesThatNobodyCanDrawAreRefused() {
    #expect(throws: DistributedNoiseError.self) {
      try Self.mechanism(dimension: 2, granularity: 1e-8, noiseMultiplier: 10, contributors: 1)
    }
    #expect(throws: DistributedNoiseError.self) {
      try Self.mechanism(.skellam, dimension: 2, granularity: 1e-5, contributors: 1)
    }
  }

  // MARK: The noise

  /// All contributors' shares together have the variance that is charged, whoever sent what.
  @Test(arguments: DistributedNoise.Law.allCases, [1, 7])
  func theNoiseIsWhatIsCharged(law: DistributedNoise.Law, contributors: Int) throws {
    let mechanism = try Self.mechanism(
      law, dimension: 5000, isRotated: false, noiseMultiplier: 0.5, contributors: contributors)
    for updates in [[], [[Float](repeating: 0, count: 5000)]] {
      let mean = try released(updates, mechanism, Self.key, expectedCohortSize: 4)
      let steps = mean.map { Double($0) * 4 / 0.01 * (1 - 0x1p-18) }
      #expect(steps.allSatisfy { abs($0 - $0.rounded()) < 1e-3 })
      #expect(GoodnessOfFit.unitVariance(steps.map { $0 / 50 }) > AlarmBudget.perCheck)
      // The steps of whole numbers are 0.8 % of the distribution at most.
      let p = GoodnessOfFit.kolmogorovSmirnov(
        steps.map { $0 / 50 }, against: gsl_cdf_ugaussian_P)
      #expect(p > AlarmBudget.perCheck)
    }
  }

  @Test func everyContributorAndRoundHasNoiseOfItsOwn() throws {
    let mechanism = try Self.mechanism(dimension: 64)
    let shares = (0..<10).map { mechanism.noiseShare(of: $0, round: Self.key) }
    let other = mechanism.noiseShare(of: 0, round: Self.key.child(.round, 1))
    #expect(Set(shares + [other]).count == 11)
  }

  /// The sum modulo 2^bits of what leaves is all that the release is made of.
  @Test(arguments: DistributedNoise.Law.allCases)
  func messagesAddUpToTheRelease(law: DistributedNoise.Law) throws {
    let mechanism = try Self.mechanism(law, dimension: 100, bits: 12, contributors: 5)
    let updates = (0..<8).map { Self.key.child(.client, $0).vector(100) }
    let messages =
      updates.enumerated().map { unit, update in
        mechanism.message(of: update, layers: [0..<100], from: unit, round: Self.key)
      } + (0..<5).map { mechanism.noiseShare(of: $0, round: Self.key) }
    #expect(messages.allSatisfy { $0.count == 128 && $0.allSatisfy { $0 < 1 << 12 } })
    let modularSum = (0..<128).map { index in
      messages.reduce(0) { ($0 &+ $1[index]) & 0xFFF }
    }
    var ledger = Ledger()
    let release = try mechanism.release(
      modularSum: modularSum, expectedCohortSize: 8, round: Self.key
    ).charge(&ledger) { $0 }
    #expect(release.mean == (try released(updates, mechanism, Self.key, expectedCohortSize: 8)))
    #expect(ledger.runs.map(\.event) == [mechanism.event])
  }

  @Test func anotherRoundsKeyIsRefused() async {
    await #expect(processExitsWith: .failure) {
      let mechanism = try DistributedMechanismTests.mechanism(dimension: 4)
      let sum = mechanism.makeSum(layers: [0..<4])
      mechanism.prepare(sum, noise: StreamKey(seed: 1))
      _ = mechanism.release(
        sum, expectedCohortSize: 1, noise: StreamKey(seed: 2), workers: .one)
    }
  }

  @Test(arguments: [2, 3, 8])
  func threadsChangeNoByte(workers: Int) throws {
    for law in DistributedNoise.Law.allCases {
      let mechanism = try Self.mechanism(law, dimension: 300)
      let updates = (0..<4).map { Self.key.child(.client, $0).vector(300) }
      #expect(
        try released(updates, mechanism, Self.key, workers: Workers(count: workers))
          == released(updates, mechanism, Self.key))
    }
  }

  // MARK: Wrapping

  /// Noise wraps where it leaves the modulus: 128 on each side for a standard deviation of 64.
  @Test func sumsWrapAsOftenAsTheNoiseIsThatLarge() throws {
    let dimension = 20_000
    let mechanism = try Self.mechanism(
      dimension: dimension, granularity: 1, bits: 8, isRotated: false, noiseMultiplier: 64,
      contributors: 25)
    var whole = [Int](repeating: 0, count: dimension)
    for contributor in 0..<25 {
      for (index, share) in mechanism.noiseShare(of: contributor, round: Self.key).enumerated() {
        whole[index] += mechanism.encoding.centered(share)
      }
    }
    let mean = try released([], mechanism, Self.key)
    var wrapped = 0
    for (sum, value) in zip(whole, mean) {
      let error = (Double(value) * (1 - 0x1p-18) - Double(sum)) / 256
      #expect(abs(error - error.rounded()) < 1e-4)
      if error.rounded() != 0 { wrapped += 1 }
    }
    // The shares are wrapped themselves beyond 10 of their standard deviations.
    let p = GoodnessOfFit.binomial(
      successes: wrapped, trials: dimension,
      probability: gsl_cdf_ugaussian_Q(127.5 / 64) + gsl_cdf_ugaussian_Q(128.5 / 64))
    #expect(p > AlarmBudget.perCheck)
  }

  // MARK: Accuracy

  /// Mean estimation as in Kairouz, Liu & Steinke 2021, section 5: n = 100 points on the sphere in d = 250
  /// dimensions. With bits enough the error is that of Gaussian noise on the sum, d sigma^2 / n^2, and
  /// it falls as bits are added.
  @Test(arguments: DistributedNoise.Law.allCases)
  func bitsBuyTheAccuracyOfGaussianNoise(law: DistributedNoise.Law) throws {
    let (n, d, repeats) = (100, 250, 12)
    let points = (0..<n).map { unit in
      let point = Self.key.child(.client, UInt64(unit)).vector(d)
      let norm = Float(euclideanNorm(point))
      return point.map { $0 / norm }
    }
    let truth = (0..<d).map { index in points.reduce(0) { $0 + Double($1[index]) } / Double(n) }
    /// Over that of Gaussian noise of the same multiplier, 1.
    func relativeError(bits: Int) throws -> Double {
      let granularity = try #require(
        GridEncoding.granularity(
          dimension: d, clippingNorm: 1, bits: bits, isRotated: true, headroom: 4,
          expectedCohortSize: Double(n), noiseMultiplier: 1))
      let mechanism = try Self.mechanism(
        law, dimension: d, granularity: granularity, bits: bits, contributors: 10)
      var squares = 0.0
      for trial in 0..<repeats {
        let mean = try released(
          points, mechanism, Self.key.child(.trial, UInt64(trial)), expectedCohortSize: Double(n))
        for index in 0..<d {
          let error = Double(mean[index]) - truth[index]
          squares += error * error
        }
      }
      return squares / Double(repeats) / (Double(d) / Double(n * n))
    }
    // 3000 squared errors: a relative standard deviation of 0.026.
    let (coarse, medium, fine) = (
      try relativeError(bits: 8), try relativeError(bits: 12), try relativeError(bits: 18)
    )
    #expect(coarse > 1.25)
    #expect(abs(medium - 1) < 0.16)
    #expect(abs(fine - 1) < 0.16)
  }

  // MARK: -

  private func released(
    _ updates: [[Float]], _ mechanism: DistributedMechanism, _ key: StreamKey,
    expectedCohortSize: Double = 1, workers: Workers = .one
  ) throws -> [Float] {
    var ledger = Ledger()
    return try mechanism.released(
      updates, expectedCohortSize: expectedCohortSize, dimension: mechanism.encoding.dimension,
      noise: key, workers: workers, charging: &ledger
    ).mean
  }
}
