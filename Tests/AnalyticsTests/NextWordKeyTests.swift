import Randomness
import Testing

@testable import Analytics

struct NextWordKeyTests {
  /// Of "my good lord" twice and "my love" once, the second words are good and lord twice, love once.
  private let held = HeldNextWords(
    WordPair.all(in: [["my", "good", "lord"], ["my", "love"], ["my", "good", "lord"]]))

  private func contributed(pairs: Int, words: Int, _ choice: KeyChoice) -> [NextWordKey] {
    var stream = RandomStream(StreamKey(seed: 2))
    return held.contributed(pairs: pairs, words: words, choosing: choice, from: &stream)
  }

  @Test func pairsAndWordsHaveLimitsOfTheirOwn() {
    #expect(
      contributed(pairs: 2, words: 1, .mostFrequent) == [
        .pair(WordPair("good", "lord")), .pair(WordPair("my", "good")), .word("good"),
      ])
    let chosen = contributed(pairs: 1, words: 2, .atRandom)
    #expect(Set(chosen).count == 3)
    #expect(chosen.filter { if case .pair = $0 { true } else { false } }.count == 1)
    #expect(Set(contributed(pairs: .max, words: .max, .atRandom)).count == 6)
  }

  @Test func aWordIsNoPair() {
    #expect(NextWordKey.word("my") != .pair(WordPair("my", "")))
    #expect(NextWordKey.word("z") < .pair(WordPair("a", "a")))
  }
}
