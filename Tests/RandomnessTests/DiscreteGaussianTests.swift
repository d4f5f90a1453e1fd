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

  enum Sampler: CaseIterable {
    case oneByOne
    case filling

    /// As many as take about as long.
    var count: Int { self == .filling ? 200_000 : 40_000 }
  }

  static func sample(
    _ variance: RationalVariance, by sampler: Sampler, count: Int, seed: UInt64
  ) -> [Int] {
    let noise = DiscreteGaussian(variance: variance)
    var stream = RandomStream(StreamKey(seed: seed))
    switch sampler {
    case .oneByOne: return (0..<count).map { _ in noise.sample(from: &stream) }
    case .filling:
      var values = [Int](repeating: 0, count: count)
      noise.fill(&values, from: &stream)
      return values
    }
  }

  /// Variances for sigma^2 = 0.25, 1, 4 and 25: Canonne, Kamath & Steinke 2020, by their formula.
  @Test(
    arguments: [
      (RationalVariance(1, over: 4), 0.215012675088), (RationalVariance(1), 0.999999788768),
      (RationalVariance(4), 4.000), (RationalVariance(25), 25.000),
    ], Sampler.allCases)
  func variancesAreThePublishedOnes(
    _ published: (parameter: RationalVariance, variance: Double), sampler: Sampler
  ) {
    let (parameter, variance) = published
    let law = Law(variance: Double(parameter.numerator) / Double(parameter.denominator))
    #expect((law.moment(2) - variance).magnitude < 1e-12 * max(1, variance))
    let sample = Self.sample(parameter, by: sampler, count: sampler.count, seed: 401)
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
    ], Sampler.allCases)
  func everyNumberHasItsProbability(variance: RationalVariance, sampler: Sampler) {
    let law = Law(variance: Double(variance.numerator) / Double(variance.denominator))
    expectWholeNumbers(
      Self.sample(variance, by: sampler, count: sampler.count, seed: 402), reach: law.reach,
      probability: law.probability)
  }

  /// Deltas at epsilon 1 for a shift by 1 and sigma^2 = 0.25, 1, 4 and 25, from the same source: the
  /// probabilities of the test that attains them, under either shift.
  @Test(
    arguments: [
      (RationalVariance(1, over: 4), 6.032049e-01), (RationalVariance(1), 1.413513e-01),
      (RationalVariance(4), 7.248777e-03), (RationalVariance(25), 1.829336e-08),
    ])
  func theBestTestHasItsPower(parameter: RationalVariance, delta: Double) {
    let variance = Double(parameter.numerator) / Double(parameter.denominator)
    let law = Law(variance: variance)
    // ln P(x) / P(x - 1) = (1 - 2x) / 2 sigma^2 > 1.
    let decisive = (1 - law.reach...law.reach).filter { Double(1 - 2 * $0) > 2 * variance }
    let power = decisive.reduce(0) { $0 + law.probability($1) }
    let alarm = decisive.reduce(0) { $0 + law.probability($1 - 1) }
    #expect((power - exp(1) * alarm - delta).magnitude < 1e-6 * delta)

    let sample = Self.sample(parameter, by: .filling, count: 200_000, seed: 406)
    let last = decisive.max()!
    for (threshold, probability) in [(last, power), (last - 1, alarm)] {
      let p = GoodnessOfFit.binomial(
        successes: sample.count { $0 <= threshold }, trials: sample.count,
        probability: probability)
      #expect(p > AlarmBudget.perCheck)
    }
  }

  /// Pearson's test of homogeneity, on numbers pooled by 40.
  @Test func bothSamplersHaveOneLaw() {
    let variance = RationalVariance(100_000, over: 3)
    var counts = [[Int]](repeating: [Int](repeating: 0, count: 50), count: 2)
    for (row, sampler) in Sampler.allCases.enumerated() {
      for value in Self.sample(variance, by: sampler, count: 50_000, seed: 407 + UInt64(row)) {
        counts[row][min(max(value / 20 + 25, 5), 45)] += 1
      }
    }
    let pools = (5...45).filter { counts[0][$0] + counts[1][$0] >= 16 }
    let statistic = pools.reduce(0.0) {
      let (one, other) = (Double(counts[0][$1]), Double(counts[1][$1]))
      return $0 + (one - other) * (one - other) / (one + other)
    }
    #expect(gsl_cdf_chisq_Q(statistic, Double(pools.count - 1)) > AlarmBudget.perCheck)
  }

  /// On a grid this fine it is the Gaussian itself. The numerators are the largest that there can be.
  @Test(
    arguments: [
      RationalVariance(RationalVariance.largestNumerator),
      RationalVariance(
        RationalVariance.largestNumerator, over: RationalVariance.largestDenominator - 1),
      RationalVariance(roundingUp: 1e9 / 7), RationalVariance(squareOf: 1 << 30),
      RationalVariance(squareOf: (1 << 34) - 1),
      RationalVariance(squareOf: RationalVariance.largestDeviation),
    ], Sampler.allCases)
  func fineGridsAreGaussian(variance: RationalVariance, sampler: Sampler) {
    let deviation = (Double(variance.numerator) / Double(variance.denominator)).squareRoot()
    let sample = Self.sample(
      variance, by: sampler, count: sampler.count / 4, seed: 403
    )
    .map { Double($0) / deviation }
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
