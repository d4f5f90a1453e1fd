import LinearAlgebra
import Mechanisms
import Randomness
import Testing

/// Two releases of one sum with one key would differ by the sum itself.
@Suite struct SingleReleaseTests {
  @Test func aSumIsReleasedOnce() async {
    await #expect(processExitsWith: .failure) {
      let mechanism = GaussianMechanism(clippingNorm: 1, noiseMultiplier: 1)
      let sum = mechanism.makeSum(layers: [0..<3])
      sum.add(clipping: [1, 2, 3])
      for _ in 0..<2 {
        _ = mechanism.release(
          sum, expectedCohortSize: 1, noise: StreamKey(seed: 1), workers: .one)
      }
    }
  }

  @Test func aPreparedSumIsReleasedAgain() async {
    await #expect(processExitsWith: .success) {
      let mechanism = GaussianMechanism(clippingNorm: 1, noiseMultiplier: 1)
      let sum = mechanism.makeSum(layers: [0..<3])
      for round in UInt64(1)...2 {
        mechanism.prepare(sum, noise: StreamKey(seed: round))
        sum.add(clipping: [1, 2, 3])
        _ = mechanism.release(
          sum, expectedCohortSize: 1, noise: StreamKey(seed: round), workers: .one)
      }
    }
  }
}
