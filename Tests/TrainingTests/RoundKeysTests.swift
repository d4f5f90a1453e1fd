import Randomness
import Testing

@testable import Training

@Suite struct RoundKeysTests {
  static let shared = SharedKeys(StreamKey(seed: 311).child(.replicate, 0))
  static let one = NoiseKeys(StreamKey(seed: 311).child(.trial, 1))
  static let other = NoiseKeys(StreamKey(seed: 311).child(.trial, 2))

  @Test func noStreamServesTwoPurposes() {
    // Runs whose noise hangs from the key that they share must be safe as well.
    let same = NoiseKeys(StreamKey(seed: 311).child(.replicate, 0))
    var keys: Set<StreamKey> = [Self.shared.initialParameters]
    var count = 1
    for noise in [Self.one, Self.other, same] {
      for round in 1...50 {
        keys.insert(noise.noise(round: round))
        count += 1
      }
    }
    for round in 1...50 {
      keys.insert(Self.shared.cohort(round: round))
      for client in 0..<50 {
        keys.insert(Self.shared.batches(round: round, client: client))
        keys.insert(Self.shared.compression(round: round, client: client))
        keys.insert(Self.shared.device(round: round, client: client))
      }
      count += 151
    }
    for client in 0..<50 { keys.insert(Self.shared.phase(client: client)) }
    count += 50
    for key in [Self.shared.canaryCoins, Self.shared.canaryMakeup] { keys.insert(key) }
    keys.insert(Self.shared.canaries.batches(round: 1, client: 1))
    count += 3
    #expect(keys.count == count)
  }
}
