import Foundation
import Randomness
import Testing
import _TestSupport

@Suite struct RandomStreamLaplaceTests {
  @Test func laplaceSamplesFollowTheirLaw() {
    var stream = RandomStream(StreamKey(seed: 411))
    let sample = (0..<20_000).map { _ in stream.laplace(scale: 2.5) }
    let pValue = GoodnessOfFit.kolmogorovSmirnov(sample) {
      $0 < 0 ? exp($0 / 2.5) / 2 : 1 - exp(-$0 / 2.5) / 2
    }
    #expect(pValue > AlarmBudget.perCheck)
  }

  @Test(
    arguments: [
      RationalVariance(1), RationalVariance(1, over: 3), RationalVariance(7, over: 2),
      RationalVariance(roundingUp: 12.34),
    ])
  func discreteSamplesFollowTheirLaw(scale: RationalVariance) {
    let noise = DiscreteLaplace(scale: scale)
    var stream = RandomStream(StreamKey(seed: 412))
    let sample = (0..<50_000).map { _ in noise.sample(from: &stream) }
    let ratio = exp(-Double(scale.denominator) / Double(scale.numerator))
    expectWholeNumbers(sample, reach: 600) {
      (1 - ratio) / (1 + ratio) * pow(ratio, Double($0.magnitude))
    }
  }
}
