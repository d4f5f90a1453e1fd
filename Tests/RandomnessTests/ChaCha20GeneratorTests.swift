import CGSL
import Testing

@testable import Randomness

@Suite struct ChaCha20GeneratorTests {
  @Test func isRegisteredWithItsRange() {
    let generator = ChaCha20Generator.allocate(StreamKey(seed: 1))
    defer { gsl_rng_free(generator) }
    #expect(String(cString: gsl_rng_name(generator)) == "tradeoff-chacha20")
    #expect(gsl_rng_min(generator) == 0)
    #expect(gsl_rng_max(generator) == 0xffff_ffff)
  }

  /// Bytes from OpenSSL as in StreamKeyTests: the key of seed 42, counter 0, nonce 0.
  @Test func drawsTheKeystreamOfItsKey() {
    let generator = ChaCha20Generator.allocate(StreamKey(seed: 42))
    defer { gsl_rng_free(generator) }
    let words = (0..<8).map { _ in gsl_rng_get(generator) }
    #expect(
      words == [
        0xa11c_4d14, 0xa62f_de7b, 0x9b09_875c, 0x39eb_d1d3,
        0xab4c_9aa6, 0x340b_4af5, 0x3a30_3db9, 0x37f1_b763,
      ])
  }

  /// A pointer in the state would be shared: the two would take turns in one buffer.
  @Test(arguments: [0, 1, 255, 256, 300]) func aCloneContinuesOnItsOwn(drawn: Int) {
    let generator = ChaCha20Generator.allocate(StreamKey(seed: 3))
    defer { gsl_rng_free(generator) }
    for _ in 0..<drawn { _ = gsl_rng_get(generator) }
    let clone = gsl_rng_clone(generator)
    defer { gsl_rng_free(clone) }
    let original = (0..<1000).map { _ in gsl_rng_get(generator) }
    #expect((0..<1000).map { _ in gsl_rng_get(clone) } == original)
  }

  @Test func settingGivesTheKeyOfTheSeed() {
    for seed in [UInt(0), 4357, 7 + 1 << 32, .max] {
      let set = ChaCha20Generator.allocate(StreamKey(seed: 1))
      let keyed = ChaCha20Generator.allocate(StreamKey(seed: UInt64(seed)))
      defer {
        gsl_rng_free(set)
        gsl_rng_free(keyed)
      }
      _ = gsl_rng_get(set)
      gsl_rng_set(set, seed)
      for _ in 0..<300 { #expect(gsl_rng_get(set) == gsl_rng_get(keyed)) }
    }
  }

  @Test func manyTasksMayBeginAtOnce() async {
    let draws = await withTaskGroup(of: (UInt64, Double).self) { group in
      for client in UInt64(0)..<64 {
        group.addTask {
          var stream = RandomStream(StreamKey(seed: 5).child(.client, client))
          return (client, stream.gaussian(standardDeviation: 1))
        }
      }
      return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    for client in UInt64(0)..<64 {
      var stream = RandomStream(StreamKey(seed: 5).child(.client, client))
      let expected = stream.gaussian(standardDeviation: 1)
      #expect(draws[client] == expected)
    }
  }
}
