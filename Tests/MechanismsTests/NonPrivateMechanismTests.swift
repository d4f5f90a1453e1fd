import Accounting
import Mechanisms
import Randomness
import Testing

@Suite struct NonPrivateMechanismTests {
  @Test func itReleasesThePlainMean() throws {
    let mechanism = NonPrivateMechanism()
    var sum = mechanism.makeSum(dimension: 3)
    sum.add(clipping: [1, 2, 1e6])
    sum.add(clipping: [3, -2, 3e6])
    var noise = RandomStream(StreamKey(seed: 221))
    var ledger = Ledger()
    let mean = try mechanism.release(sum, expectedCohortSize: 2, noise: &noise)
      .charge(&ledger) { $0 }.mean
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
      let sum = GaussianMechanism(clippingNorm: 1, noiseMultiplier: 1).makeSum(dimension: 1)
      var noise = RandomStream(StreamKey(seed: 1))
      _ = NonPrivateMechanism().release(sum, expectedCohortSize: 1, noise: &noise)
    }
  }
}
