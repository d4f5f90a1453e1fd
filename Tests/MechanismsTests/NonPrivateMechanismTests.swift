import Accounting
import LinearAlgebra
import Mechanisms
import Randomness
import Testing

@Suite struct NonPrivateMechanismTests {
  @Test func itReleasesThePlainMean() throws {
    let mechanism = NonPrivateMechanism()
    var ledger = Ledger()
    let mean = try mechanism.released(
      [[1, 2, 1e6], [3, -2, 3e6]], expectedCohortSize: 2, dimension: 3,
      noise: StreamKey(seed: 221), charging: &ledger
    ).mean
    #expect(mean == [2, 0, 2e6])
  }

  @Test func itsEventHasNoPrivacy() throws {
    #expect(NonPrivateMechanism().event == .nonPrivate)
    var accountant = AccountantKind.rdp.makeAccountant(relation: .addOrRemoveOne)
    try accountant.compose(NonPrivateMechanism().event, count: 1)
    #expect(try accountant.epsilon(atDelta: 1e-5).upper == .infinity)
  }

  @Test func aClippedSumIsNotForIt() async {
    await #expect(processExitsWith: .failure) {
      let sum = GaussianMechanism(clippingNorm: 1, noiseMultiplier: 1).makeSum(layers: [0..<1])
      _ = NonPrivateMechanism()
        .release(sum, expectedCohortSize: 1, noise: StreamKey(seed: 1), workers: .one)
    }
  }
}
