import Testing

@testable import Randomness

@Suite struct StreamKeyTests {
  /// OpenSSL 3.0.19: head -c 32 /dev/zero | openssl enc -chacha20 -K <parent's bytes> -iv <index as
  /// 8 bytes, label as 8 bytes>, all little-endian. The root's bytes are the seed's eight and the
  /// text "tradeoff stream key v1  ".
  @Test func childrenAgreeWithOpenSSL() {
    let root = StreamKey(seed: 42)
    #expect(bytes(root) == "2a0000000000000074726164656f66662073747265616d206b65792076312020")
    let client = root.child(.client, 5)
    #expect(bytes(client) == "bd6d888ebfbe1e040c61cfa3fe57780f20304bb410fa4cab2027942658121165")
    let noise = client.child(.noise, 1 << 40 + 3)
    #expect(bytes(noise) == "8732977b147086a4a067909a5df01173a30353d98caff64b4a90fdcb971dbed0")
  }

  @Test func aMillionPathsHaveAMillionKeys() {
    var prefixes: [UInt64] = []
    prefixes.reserveCapacity(1_300_000)
    func record(_ key: StreamKey) {
      prefixes.append(UInt64(key.words[0]) << 32 | UInt64(key.words[1]))
    }
    for seed in UInt64(0)..<10 {
      let root = StreamKey(seed: seed)
      record(root)
      for label in StreamLabel.allCases {
        for index in UInt64(0)..<100 {
          let child = root.child(label, index)
          record(child)
          for label in StreamLabel.allCases {
            for index in UInt64(0)..<10 { record(child.child(label, index)) }
          }
        }
      }
    }
    #expect(prefixes.count >= 1_000_000)
    #expect(Set(prefixes).count == prefixes.count)
  }

  @Test func everyBitOfTheSeedCounts() {
    let keys = (0..<64).map { StreamKey(seed: 7 ^ 1 << $0) } + [StreamKey(seed: 7)]
    #expect(Set(keys).count == 65)
    #expect(StreamKey(seed: 7) != StreamKey(seed: 7 + 1 << 32))
    #expect(StreamKey(seed: 7) == StreamKey(seed: 7))
  }

  @Test func everyBitOfTheIndexCounts() {
    let root = StreamKey(seed: 7)
    let keys = (0..<64).map { root.child(.round, 1 << $0) } + [root.child(.round)]
    #expect(Set(keys).count == 65)
    #expect(root.child(.round) == root.child(.round, 0))
  }

  /// Published results depend on these numbers; 0 is the nonce of a stream's own words.
  @Test func labelsKeepTheirNumbers() {
    #expect(
      StreamLabel.allCases.map(\.rawValue) == Array(1...11) + Array(40...42) + [
        60, 80, 81, 100, 120,
      ] + Array(140...143))
    #expect(
      StreamLabel.allCases == [
        .replicate, .trial, .validationSplit, .partition, .initialParameters, .round, .client,
        .cohort, .batches, .noise, .count, .compression, .device, .phase, .rotation, .selection,
        .score, .syntheticImage, .canary, .shadowModel, .coin, .target, .auditedRun,
      ])
  }

  private func bytes(_ key: StreamKey) -> String {
    (0..<8).map { index in
      let digits = String(key.words[index].byteSwapped, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }
}
