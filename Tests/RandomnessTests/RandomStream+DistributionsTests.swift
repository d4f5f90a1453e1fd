import CGSL
import Randomness
import Testing
import _TestSupport

@Suite struct RandomStreamDistributionsTests {
  @Test func gaussiansAreGaussian() {
    var stream = RandomStream(StreamKey(seed: 21))
    expectStandardNormal((0..<100_000).map { _ in stream.gaussian(standardDeviation: 1) })
  }

  @Test func gaussiansScale() {
    var unit = RandomStream(StreamKey(seed: 22))
    var wide = RandomStream(StreamKey(seed: 22))
    var flat = RandomStream(StreamKey(seed: 22))
    for _ in 0..<100 {
      let draw = unit.gaussian(standardDeviation: 1)
      let scaled = wide.gaussian(standardDeviation: 8)
      #expect(scaled == 8 * draw)
      let zero = flat.gaussian(standardDeviation: 0)
      #expect(zero == 0)
    }
  }

  /// GSL's ziggurat has 2³¹ magnitudes: 200,000 of its draws are expected to hold 9 repeats.
  @Test func gaussiansHaveFullResolution() {
    var stream = RandomStream(StreamKey(seed: 23))
    let magnitudes = (0..<200_000).map { _ in stream.gaussian(standardDeviation: 1).magnitude }
    #expect(Set(magnitudes).count == magnitudes.count)
  }

  @Test(arguments: [(0.1, 1.0), (1.0, 3.0), (2.5, 0.01), (300.0, 1.0)])
  func gammasAreGamma(shape: Double, scale: Double) {
    var stream = RandomStream(StreamKey(seed: 24))
    let sample = (0..<20_000).map { _ in stream.gamma(shape: shape, scale: scale) }
    let p = GoodnessOfFit.kolmogorovSmirnov(sample) { gsl_cdf_gamma_P($0, shape, scale) }
    #expect(p > AlarmBudget.perCheck)
  }

  @Test func tinyShapesStayFinite() {
    var stream = RandomStream(StreamKey(seed: 25))
    for _ in 0..<1000 {
      let value = stream.gamma(shape: 1e-300, scale: 1)
      #expect(value >= 0 && value.isFinite)
    }
  }

  /// The shares of a Dirichlet distribution are beta distributed.
  @Test(arguments: [[0.5, 0.5], [0.1, 0.2, 0.3], [1, 2, 3, 4]])
  func dirichletSharesAreBeta(concentration: [Double]) {
    var stream = RandomStream(StreamKey(seed: 26))
    let points = (0..<10_000).map { _ in stream.dirichlet(concentration: concentration) }
    let total = concentration.reduce(0, +)
    for (index, value) in concentration.enumerated() {
      let p = GoodnessOfFit.kolmogorovSmirnov(points.map { $0[index] }) {
        gsl_cdf_beta_P($0, value, total - value)
      }
      #expect(p > AlarmBudget.perCheck)
    }
  }

  /// Too near to 1 for a double to tell them apart, so counted in bins.
  @Test func smallConcentrationsGiveBetaShares() {
    let concentration = [0.01, 0.01, 0.05]
    let edges = [1e-30, 1e-6, 0.1, 0.5, 0.9]
    var stream = RandomStream(StreamKey(seed: 39))
    let points = (0..<10_000).map { _ in stream.dirichlet(concentration: concentration) }
    for (index, value) in concentration.enumerated() {
      var observed = [Int](repeating: 0, count: edges.count + 1)
      for point in points { observed[edges.count { $0 < point[index] }] += 1 }
      let below = [0] + edges.map { gsl_cdf_beta_P($0, value, 0.07 - value) } + [1]
      let expected = zip(below, below.dropFirst()).map { 10_000 * ($1 - $0) }
      #expect(
        GoodnessOfFit.chiSquare(observed: observed, expected: expected) > AlarmBudget.perCheck)
    }
  }

  @Test(arguments: [1e-300, 1e-5, 0.1, 1, 1e5, 1e300])
  func dirichletStaysOnTheSimplex(concentration: Double) {
    var stream = RandomStream(StreamKey(seed: 27))
    for _ in 0..<1000 {
      let shares = stream.dirichlet(
        concentration: [Double](repeating: concentration, count: 10))
      #expect(shares.allSatisfy { (0...1).contains($0) })
      #expect(abs(shares.reduce(0, +) - 1) < 1e-14)
    }
  }

  /// With vanishing concentrations one share takes all, each with its part of the total.
  @Test func vanishingConcentrationsChooseOneShare() {
    var stream = RandomStream(StreamKey(seed: 28))
    var winners = [0, 0, 0]
    for _ in 0..<10_000 {
      let shares = stream.dirichlet(concentration: [1e-300, 2e-300, 3e-300])
      winners[shares.firstIndex(of: 1)!] += 1
    }
    let p = GoodnessOfFit.chiSquare(
      observed: winners, expected: [10_000 / 6.0, 20_000 / 6.0, 30_000 / 6.0])
    #expect(p > AlarmBudget.perCheck)
  }

  @Test(arguments: [(10, 0.3), (60, 0.5), (100, 0.9)])
  func binomialsAreBinomial(trials: Int, probability: Double) {
    var stream = RandomStream(StreamKey(seed: 29))
    let sample = (0..<50_000).map { _ in
      stream.binomial(trials: trials, probability: probability)
    }
    #expect(binomialPValue(of: sample, trials, probability) > AlarmBudget.perCheck)
  }

  @Test func extremeBinomials() {
    var stream = RandomStream(StreamKey(seed: 30))
    let certain = [
      stream.binomial(trials: 0, probability: 0.5),
      stream.binomial(trials: 100, probability: 0),
      stream.binomial(trials: 100, probability: 1),
    ]
    #expect(certain == [0, 0, 100])
    let trials = Int(Int32.max)
    let z = (0..<1000).map { _ in
      let excess =
        Double(stream.binomial(trials: trials, probability: 0.25))
        - Double(trials) * 0.25
      return excess / (Double(trials) * 0.25 * 0.75).squareRoot()
    }
    let p = GoodnessOfFit.kolmogorovSmirnov(z, against: gsl_cdf_ugaussian_P)
    #expect(p > AlarmBudget.perCheck)
  }
}

/// Counts against the binomial distribution, rare counts at both ends taken together.
func binomialPValue(of sample: [Int], _ trials: Int, _ probability: Double) -> Double {
  let expected = (0...trials).map {
    Double(sample.count) * gsl_ran_binomial_pdf(UInt32($0), probability, UInt32(trials))
  }
  let first = expected.firstIndex { $0 >= 10 }!
  let last = expected.lastIndex { $0 >= 10 }!
  var observed = [Int](repeating: 0, count: last - first + 1)
  for count in sample { observed[min(max(count, first), last) - first] += 1 }
  var pooled = Array(expected[first...last])
  pooled[0] += expected[..<first].reduce(0, +)
  pooled[last - first] += expected[(last + 1)...].reduce(0, +)
  return GoodnessOfFit.chiSquare(observed: observed, expected: pooled)
}
