import Testing
import _TestSupport

@testable import Randomness

@Suite struct SystemEntropyTests {
  /// Two of 4,000 words of 64 bits are equal with a probability below 4000^2 / 2^65 < 1e-12.
  @Test func drawsDiffer() {
    let words = (0..<1000).flatMap { _ in
      let key = StreamKey(SystemEntropy())
      return (0..<4).map { UInt64(key.words[2 * $0]) << 32 | UInt64(key.words[2 * $0 + 1]) }
    }
    #expect(Set(words).count == 4000)
  }

  /// A fixed bit among 256 draws has probability 2^-255, a bit that favors one side a smaller one
  /// than the budget from a share of 0.69 on.
  @Test func everyBitIsDrawn() {
    let keys = (0..<256).map { _ in StreamKey(SystemEntropy()).words }
    for bit in 0..<256 {
      let ones = keys.count { $0[bit / 32] >> UInt32(bit % 32) & 1 == 1 }
      let p = GoodnessOfFit.binomial(successes: ones, trials: keys.count, probability: 0.5)
      #expect(p > AlarmBudget.perCheck, "bit \(bit)")
    }
  }

  /// The key is the entropy itself, so nothing of it can be lost.
  @Test func theKeyKeepsAllBits() {
    let words = SIMD8<UInt32>(1, 2, 3, 4, 5, 6, 7, 1 << 31)
    #expect(StreamKey(SystemEntropy(words: words)).words == words)
    let children = (0..<256).map { bit in
      var flipped = words
      flipped[bit / 32] ^= 1 << UInt32(bit % 32)
      return StreamKey(SystemEntropy(words: flipped)).child(.noise)
    }
    #expect(Set(children + [StreamKey(SystemEntropy(words: words)).child(.noise)]).count == 257)
  }
}
