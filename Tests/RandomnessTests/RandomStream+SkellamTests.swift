import CGSL
import Foundation
import Randomness
import Testing
import _TestSupport

@Suite struct RandomStreamSkellamTests {
  @Test(arguments: [0.3, 2, 30, 400])
  func poissonSamplesArePoisson(mean: Double) {
    var stream = RandomStream(StreamKey(seed: 411))
    let sample = (0..<100_000).map { _ in stream.poisson(mean: mean) }
    expectWholeNumbers(sample, reach: Int(mean + 40 * mean.squareRoot()) + 40) {
      $0 < 0 ? 0 : gsl_ran_poisson_pdf(UInt32($0), mean)
    }
  }

  /// The probabilities are those of a difference of Poisson variables, summed over both.
  @Test(arguments: [0.5, 4, 60])
  func skellamSamplesAreDifferences(variance: Double) {
    let reach = Int(20 * variance.squareRoot()) + 30
    let most = Int(variance) + reach + 100
    let poisson = (0...(most + reach)).map { gsl_ran_poisson_pdf(UInt32($0), variance / 2) }
    let law = (0...reach).map { distance in
      (0...most).reduce(0) { $0 + poisson[$1] * poisson[$1 + distance] }
    }
    var stream = RandomStream(StreamKey(seed: 412))
    let sample = (0..<200_000).map { _ in stream.skellam(variance: variance) }
    expectWholeNumbers(sample, reach: reach) { law[Int($0.magnitude)] }
  }

  /// Wide ones are nearly Gaussian.
  @Test(arguments: [1e6, 1e9])
  func wideSamplesAreGaussian(variance: Double) {
    var stream = RandomStream(StreamKey(seed: 413))
    let sample = (0..<50_000).map { _ in
      Double(stream.skellam(variance: variance)) / variance.squareRoot()
    }
    #expect(
      GoodnessOfFit.kolmogorovSmirnov(sample, against: gsl_cdf_ugaussian_P) > AlarmBudget.perCheck)
    #expect(GoodnessOfFit.unitVariance(sample) > AlarmBudget.perCheck)
  }

  @Test func nothingVariesByNothing() {
    var stream = RandomStream(StreamKey(seed: 414))
    #expect((0..<10).allSatisfy { _ in stream.skellam(variance: 0) == 0 })
  }
}
