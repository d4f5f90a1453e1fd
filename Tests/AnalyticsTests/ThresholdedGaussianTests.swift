import Accounting
import Foundation
import Randomness
import SpecialMath
import Testing
import _TestSupport

@testable import Analytics

struct ThresholdedGaussianTests {
  @Test func thereAreReferences() {
    #expect(ReferenceThreshold.all.count == 48)
  }

  /// Given the other tool's noise. The one of pydp knows its own through a search that is good to one in
  /// a thousand; its threshold follows from it exactly.
  @Test(arguments: ReferenceThreshold.all)
  func thresholdsAgreeWithOtherTools(reference: ReferenceThreshold) {
    let limit = limit(of: reference)
    let mechanism = ThresholdedGaussian(
      limit: limit, noiseMultiplier: reference.standardDeviation / limit.norm,
      failureProbability: reference.delta / 2)
    #expect(abs(mechanism.threshold / reference.threshold - 1) < 2e-6)
  }

  @Test(arguments: ReferenceThreshold.all)
  func calibratedNoiseAgreesWithOtherTools(reference: ReferenceThreshold) throws {
    let multiplier = try Calibration.noiseMultiplier(
      targetEpsilon: reference.epsilon, delta: reference.delta, accountant: .pld,
      relation: .addOrRemoveOne
    ) { ThresholdedGaussian.event(noiseMultiplier: $0, failureProbability: reference.delta / 2) }
    let ratio = multiplier * limit(of: reference).norm / reference.standardDeviation
    switch reference.tool {
    case "pydp": #expect(ratio < 1 + 1e-6 && ratio > 0.998)
    default: #expect(abs(ratio - 1) < 4e-6)
    }
  }

  private func limit(of reference: ReferenceThreshold) -> ContributionLimit {
    ContributionLimit(
      keysPerUser: reference.keysPerUser, weights: reference.tool == "gopi" ? .unitNorm : .one)
  }

  @Test(arguments: KeyWeight.allCases, [1e-9, 1e-5, 0.01, 0.5])
  func theThresholdIsTheLeastThatKeepsToTheProbability(weights: KeyWeight, probability: Double) {
    for (keysPerUser, multiplier) in [(1, 0.3), (10, 1), (300, 20)] {
      let limit = ContributionLimit(keysPerUser: keysPerUser, weights: weights)
      let mechanism = ThresholdedGaussian(
        limit: limit, noiseMultiplier: multiplier, failureProbability: probability)
      func chance(_ threshold: Double) -> Double {
        ThresholdedGaussian.failureProbability(
          threshold: threshold, limit: limit, standardDeviation: mechanism.noiseStandardDeviation)
      }
      #expect(chance(mechanism.threshold) <= probability)
      #expect(chance(mechanism.threshold * (1 - 1e-9)) > probability * (1 - 1e-6))
    }
  }

  /// The release as it runs: a user with keys of its own shows as often as the formula says, which is as
  /// often as it may for one number of keys at least.
  @Test(arguments: KeyWeight.allCases, [0.02, 0.3])
  func aLoneUserShowsAsOftenAsTheFormulaSays(weights: KeyWeight, probability: Double) throws {
    let runs = 4000
    let limit = ContributionLimit(keysPerUser: 3, weights: weights)
    let mechanism = ThresholdedGaussian(
      limit: limit, noiseMultiplier: 0.7, failureProbability: probability)
    var chances: [Double] = []
    for keyCount in 1...3 {
      var shown = 0
      for run in 0..<runs {
        var histogram = UserHistogram<Int>(limit: limit)
        histogram.add(userWith: Array(0..<keyCount))
        let key = StreamKey(seed: UInt64(keyCount)).child(.trial, UInt64(run))
        var ledger = Ledger()
        let released = try mechanism.release(histogram, noise: key).charge(&ledger)
        if !released.entries.isEmpty { shown += 1 }
      }
      let excess =
        (mechanism.threshold - limit.weight(ofOneOf: keyCount)) / mechanism.noiseStandardDeviation
      let chance = 1 - pow(1 - StandardNormal.upperTail(excess), Double(keyCount))
      chances.append(chance)
      let p = GoodnessOfFit.binomial(successes: shown, trials: runs, probability: chance)
      #expect(p > AlarmBudget.perCheck)
    }
    let most = try #require(chances.max())
    #expect(most <= probability && most > probability * (1 - 1e-6))
  }

  /// Counts far above the threshold all leave, with noise of the right size.
  @Test func releasedCountsCarryTheNoise() throws {
    let limit = ContributionLimit(keysPerUser: 2000)
    let mechanism = ThresholdedGaussian(
      limit: limit, noiseMultiplier: 0.05, failureProbability: 1e-3)
    var histogram = UserHistogram<Int>(limit: limit)
    for _ in 0..<40 { histogram.add(userWith: Array(0..<2000)) }
    var ledger = Ledger()
    let released = try mechanism.release(histogram, noise: StreamKey(seed: 5)).charge(&ledger)
    #expect(released.entries.count == 2000)
    let noise = released.entries.map { ($0.count - 40) / mechanism.noiseStandardDeviation }
    let p = GoodnessOfFit.kolmogorovSmirnov(noise) { 1 - StandardNormal.upperTail($0) }
    #expect(p > AlarmBudget.perCheck)
    #expect(GoodnessOfFit.unitVariance(noise) > AlarmBudget.perCheck)
  }

  @Test func aReleaseDependsOnTheCountsAndNotOnHowTheyCame() throws {
    let limit = ContributionLimit(keysPerUser: 4)
    let mechanism = ThresholdedGaussian(limit: limit, noiseMultiplier: 1, failureProbability: 0.1)
    func release(_ users: [[Int]]) throws -> [[Double]] {
      var histogram = UserHistogram<Int>(limit: limit)
      for keys in users { histogram.add(userWith: keys) }
      var ledger = Ledger()
      return try mechanism.release(histogram, noise: StreamKey(seed: 9)).charge(&ledger).entries
        .map { [Double($0.key), $0.count] }
    }
    let users = (0..<30).map { [$0 % 5, 5 + $0 % 3, 10 + $0 % 2, 20 + $0] }
    let released = try release(users)
    #expect(try release(users.reversed().map { $0.reversed() }) == released)
    #expect(released.map { $0[1] } == released.map { $0[1] }.sorted(by: >))
    #expect(released.allSatisfy { $0[1] >= mechanism.threshold })
  }
}
