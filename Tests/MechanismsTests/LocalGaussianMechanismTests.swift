import Accounting
import CGSL
import Randomness
import Testing
import _TestSupport

@testable import Mechanisms

@Suite struct LocalGaussianMechanismTests {
  static let key = StreamKey(seed: 621)

  static func mechanism(_ sampler: GaussianSampler) -> LocalGaussianMechanism {
    LocalGaussianMechanism(clippingNorm: 0.5, noiseMultiplier: 3, sampler: sampler)
  }

  /// k contributions bring k times the variance of one, whatever they are.
  @Test(arguments: GaussianSampler.allCases, [1, 9])
  func everyContributionHasNoiseOfItsOwn(sampler: GaussianSampler, count: Int) throws {
    let dimension = 4000
    let mechanism = Self.mechanism(sampler)
    var ledger = Ledger()
    let zero = [Float](repeating: 0, count: dimension)
    let release = try mechanism.released(
      [[Float]](repeating: zero, count: count), expectedCohortSize: 2, dimension: dimension,
      noise: Self.key, charging: &ledger)
    let noise = release.mean.map { Double($0) * 2 / (1.5 * Double(count).squareRoot()) }
    #expect(
      GoodnessOfFit.kolmogorovSmirnov(noise, against: gsl_cdf_ugaussian_P) > AlarmBudget.perCheck)
    #expect(GoodnessOfFit.unitVariance(noise) > AlarmBudget.perCheck)
    #expect(ledger.runs.map(\.event) == [.localGaussian(noiseMultiplier: 3)])
  }

  /// The noise is the unit's and the round's, and does not depend on the contribution.
  @Test(arguments: GaussianSampler.allCases)
  func contributionsAreAddedUnderTheNoise(sampler: GaussianSampler) throws {
    let mechanism = Self.mechanism(sampler)
    func total(_ update: [Float], from unit: Int, key: StreamKey = Self.key) -> [Double] {
      let sum = mechanism.makeSum(dimension: 2)
      mechanism.prepare(sum, noise: key)
      sum.add(clipping: update, from: unit)
      return sum.total
    }
    let noise = total([0, 0], from: 4)
    for (with, without) in zip(total([30, -40], from: 4), noise) {
      #expect(abs(abs(with - without) - (with > without ? 0.3 : 0.4)) < 1e-8)
    }
    #expect(total([.nan, 1], from: 4) == noise)
    #expect(total([0, 0], from: 5) != noise)
    #expect(total([0, 0], from: 4, key: Self.key.child(.round, 1)) != noise)
  }

  /// From nobody comes nothing.
  @Test func anEmptyCohortIsZero() throws {
    var ledger = Ledger()
    let release = try Self.mechanism(.gsl).released(
      [], expectedCohortSize: 2, dimension: 3, noise: Self.key, charging: &ledger)
    #expect(release.mean == [0, 0, 0])
    #expect(ledger.runs.count == 1)
  }

  @Test func noiseNeedsAUnitAndARound() async {
    await #expect(processExitsWith: .failure) {
      let mechanism = LocalGaussianMechanism(clippingNorm: 1, noiseMultiplier: 1)
      mechanism.makeSum(layers: [0..<1]).add(clipping: [1], from: 0)
    }
    await #expect(processExitsWith: .failure) {
      let mechanism = LocalGaussianMechanism(clippingNorm: 1, noiseMultiplier: 1)
      let sum = mechanism.makeSum(layers: [0..<1])
      mechanism.prepare(sum, noise: StreamKey(seed: 1))
      sum.add(clipping: [1])
    }
  }
}
