import Foundation
import Testing

@testable import Auditing

@Suite struct GaussianReleaseTests {
  /// In one dimension, the ratio of the densities (1 - q) N(s; 0, sigma^2) + q N(s; u, sigma^2) and
  /// N(s; 0, sigma^2).
  @Test(arguments: [1, 0.5, 0.01], [-3.0, 0, 1, 7])
  func theRatioIsThatOfTheDensities(rate: Double, sum: Double) {
    let (deviation, update) = (1.5, 2.0)
    func density(_ mean: Double) -> Double {
      exp(-(sum - mean) * (sum - mean) / (2 * deviation * deviation))
    }
    let expected = log(((1 - rate) * density(0) + rate * density(update)) / density(0))
    let release = GaussianRelease(standardDeviation: deviation, samplingRate: rate)
    let ratio = release.logLikelihoodRatio(
      projection: sum * update, squaredNorm: update * update)
    #expect(abs(ratio - expected) < 1e-13 * (1 + abs(expected)))
  }

  /// Where densities underflow.
  @Test func farOutItIsALineAndAFloor() {
    let release = GaussianRelease(standardDeviation: 0.001, samplingRate: 0.25)
    let high = release.logLikelihoodRatio(projection: 1, squaredNorm: 1)
    #expect(abs(high - (log(0.25) + 5e5)) < 1e-6)
    let low = release.logLikelihoodRatio(projection: 0, squaredNorm: 1)
    #expect(abs(low - log(0.75)) < 1e-15)
  }
}
