import CGSL
import Foundation
import Randomness
import Testing
import _TestSupport

@Suite struct DiscreteGaussianTests {
  /// Of the exact probabilities: sums over all whole numbers that matter.
  struct Law {
    let reach: Int
    let weights: [Double]
    let total: Double

    init(variance: Double) {
      reach = Int(40 * variance.squareRoot()) + 4
      weights = (0...reach).map { exp(-Double($0 * $0) / (2 * variance)) }
      total = 2 * weights.reduce(0, +) - 1
    }

    func probability(_ value: Int) -> Double { weights[Int(value.magnitude)] / total }

    func moment(_ power: Int) -> Double {
      2 * (1...reach).reversed().reduce(0) { $0 + pow(Double($1), Double(power)) * probability($1) }
    }
  }

  static func sample(_ variance: RationalVariance, count: Int, seed: UInt64) -> [Int] {
    let noise = DiscreteGaussian(variance: variance)
    var stream = RandomStream(StreamKey(seed: seed))
    return (0..<count).map { _ in noise.sample(from: &stream) }
  }

  /// Variances for sigma^2 = 0.25, 1, 4 and 25: Canonne, Kamath & Steinke 2020, by their formula.
  @Test(
    arguments: [
      (RationalVariance(1, over: 4), 0.215012675088), (RationalVariance(1), 0.999999788768),
      (RationalVariance(4), 4.000), (RationalVariance(25), 25.000),
    ])
  func variancesAreThePublishedOnes(parameter: RationalVariance, variance: Double) {
    let law = Law(variance: Double(parameter.numerator) / Double(parameter.denominator))
    #expect((law.moment(2) - variance).magnitude < 1e-12 * max(1, variance))
    let sample = Self.sample(parameter, count: 200_000, seed: 401)
    let squares = sample.reduce(0) { $0 + Double($1 * $1) }
    let n = Double(sample.count)
    let spread = (n * (law.moment(4) - variance * variance)).squareRoot()
    #expect(GoodnessOfFit.standardNormal((squares - n * variance) / spread) > AlarmBudget.perCheck)
    let sum = Double(sample.reduce(0, +))
    #expect(GoodnessOfFit.standardNormal(sum / (n * variance).squareRoot()) > AlarmBudget.perCheck)
  }

  @Test(
    arguments: [
      RationalVariance(1, over: 16), RationalVariance(1, over: 4), RationalVariance(1),
      RationalVariance(7, over: 3), RationalVariance(4), RationalVariance(25),
      RationalVariance(roundingUp: 333.3),
    ])
  func everyNumberHasItsProbability(variance: RationalVariance) {
    let law = Law(variance: Double(variance.numerator) / Double(variance.denominator))
    expectWholeNumbers(
      Self.sample(variance, count: 200_000, seed: 402), reach: law.reach,
      probability: law.probability)
  }

  /// On a grid this fine it is the Gaussian itself. The numerators are the largest that there can be.
  @Test(
    arguments: [
      RationalVariance(RationalVariance.largestNumerator),
      RationalVariance(
        RationalVariance.largestNumerator, over: RationalVariance.largestDenominator - 1),
      RationalVariance(roundingUp: 1e9 / 7),
    ])
  func fineGridsAreGaussian(variance: RationalVariance) {
    let deviation = (Double(variance.numerator) / Double(variance.denominator)).squareRoot()
    let sample = Self.sample(variance, count: 50_000, seed: 403).map { Double($0) / deviation }
    let p = GoodnessOfFit.kolmogorovSmirnov(sample, against: gsl_cdf_ugaussian_P)
    #expect(p > AlarmBudget.perCheck)
    #expect(GoodnessOfFit.unitVariance(sample) > AlarmBudget.perCheck)
  }

  @Test(arguments: [1e-9, 0.1, 0.25, 1, 2.5, 142.857, 1.42857e8, 1.42857e14, 0x1p52] as [Double])
  func variancesAreRoundedUp(value: Double) {
    let variance = RationalVariance(roundingUp: value)
    let rounded = Double(variance.numerator) / Double(variance.denominator)
    #expect(rounded >= value)
    #expect(rounded <= value * (1 + 0x1p-51) + 0x1p-32)
  }

  @Test(
    arguments: [(0, 1), (1, 1), (1, 3), (7, 3), (5, 1), (1, 9), (3, 2)] as [(Int, Int)], [0, 100])
  func exponentialsAreProbabilities(fraction: (Int, Int), shift: Int) {
    let (numerator, denominator) = (
      UInt128(fraction.0) << UInt128(shift), UInt128(fraction.1) << UInt128(shift)
    )
    var stream = RandomStream(StreamKey(seed: 404))
    let trials = 100_000
    let successes = (0..<trials).count { _ in
      stream.bernoulli(expMinus: numerator, over: denominator)
    }
    let p = GoodnessOfFit.binomial(
      successes: successes, trials: trials,
      probability: exp(-Double(numerator) / Double(denominator)))
    #expect(p > AlarmBudget.perCheck)
  }

  @Test(arguments: [1, 2, 5, 37])
  func discreteLaplaceHasItsProbabilities(scale: Int) {
    var stream = RandomStream(StreamKey(seed: 405))
    let sample = (0..<200_000).map { _ in stream.discreteLaplace(scale: scale) }
    let ratio = exp(-1 / Double(scale))
    expectWholeNumbers(sample, reach: 60 * scale) {
      (1 - ratio) / (1 + ratio) * pow(ratio, Double($0.magnitude))
    }
  }

  @Test func whatIsNoVarianceIsRefused() async {
    await #expect(processExitsWith: .failure) { _ = RationalVariance(0) }
    await #expect(processExitsWith: .failure) { _ = RationalVariance(1, over: 0) }
    await #expect(processExitsWith: .failure) { _ = RationalVariance(roundingUp: .nan) }
  }
}
