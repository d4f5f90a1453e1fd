import CGSL
import Foundation
import Randomness
import Testing
import _TestSupport

@Suite struct RandomStreamRepetitionsTests {
  @Test(arguments: [0.02, 0.3, 0.9])
  func shapeZeroIsTheLogarithmicLaw(gamma: Double) {
    expect(shape: 0, gamma: gamma, seed: 421) { gsl_ran_logarithmic_pdf(UInt32($0), 1 - gamma) }
  }

  @Test(arguments: [0.02, 0.3, 0.9])
  func shapeOneIsTheGeometricLaw(gamma: Double) {
    expect(shape: 1, gamma: gamma, seed: 422) { gsl_ran_geometric_pdf(UInt32($0), gamma) }
  }

  @Test(arguments: [0.4, 2.5, 30])
  func positiveShapesAreNegativeBinomialsWithoutZero(shape: Double) {
    let gamma = 0.2
    expect(shape: shape, gamma: gamma, seed: 423) {
      gsl_ran_negative_binomial_pdf(UInt32($0), gamma, shape) / (1 - pow(gamma, shape))
    }
  }

  /// At shape -1/2 the generating function is (1 - sqrt(1 - (1 - gamma) x)) / (1 - sqrt(gamma)), so
  /// that P(k) is the number of Dyck paths C(k - 1) times 2 ((1 - gamma) / 4)^k / (1 - sqrt(gamma)).
  @Test(arguments: [0.05, 0.4])
  func negativeShapesGoDownTheSquareRoot(gamma: Double) {
    expect(shape: -0.5, gamma: gamma, seed: 424) { k in
      let logCatalan = lgamma(Double(2 * k - 1)) - lgamma(Double(k)) - lgamma(Double(k + 1))
      return exp(logCatalan + log(2) + Double(k) * log((1 - gamma) / 4)) / (1 - gamma.squareRoot())
    }
  }

  @Test(arguments: [-0.9, 0, 1, 7.5])
  func gammaOneIsOneRun(shape: Double) {
    var stream = RandomStream(StreamKey(seed: 425))
    for _ in 0..<100 {
      #expect(stream.truncatedNegativeBinomial(shape: shape, logInverseGamma: 0) == 1)
    }
  }

  /// Pearson's test, whose false alarms are those of ``AlarmBudget``.
  private func expect(
    shape: Double, gamma: Double, seed: UInt64, probability: (Int) -> Double
  ) {
    var stream = RandomStream(StreamKey(seed: seed))
    let sample = (0..<100_000).map { _ in
      stream.truncatedNegativeBinomial(shape: shape, logInverseGamma: -log(gamma))
    }
    expectWholeNumbers(sample, reach: Int(40 * (1 + shape) / gamma) + 60) {
      $0 < 1 ? 0 : probability($0)
    }
  }
}
