import Randomness
import Testing

@testable import Training

@Suite struct RoundKeysTests {
  static let shared = StreamKey(seed: 311).child(.replicate, 0)
  static let one = RoundKeys(shared: shared, own: StreamKey(seed: 311).child(.trial, 1))
  static let other = RoundKeys(shared: shared, own: StreamKey(seed: 311).child(.trial, 2))

  @Test func comparedTrialsShareAllButTheNoise() {
    #expect(Self.one.initialParameters == Self.other.initialParameters)
    for round in 1...20 {
      #expect(Self.one.cohort(round: round) == Self.other.cohort(round: round))
      for client in 0..<20 {
        #expect(
          Self.one.batches(round: round, client: client)
            == Self.other.batches(round: round, client: client))
      }
      #expect(Self.one.noise(round: round) != Self.other.noise(round: round))
    }
  }

  @Test func noStreamServesTwoPurposes() {
    // Trials whose noise hangs from the key that they share must be safe as well.
    let same = RoundKeys(shared: Self.shared, own: Self.shared)
    var keys: Set<StreamKey> = []
    var count = 0
    for rounds in [Self.one, Self.other, same] {
      for round in 1...50 {
        keys.insert(rounds.noise(round: round))
        count += 1
      }
    }
    keys.insert(Self.one.initialParameters)
    count += 1
    for round in 1...50 {
      keys.insert(Self.one.cohort(round: round))
      for client in 0..<50 { keys.insert(Self.one.batches(round: round, client: client)) }
      count += 51
    }
    #expect(keys.count == count)
  }
}
