public import Randomness

/// What is counted to suggest next words: pairs, and for words that no known pair begins with, the words
/// that follow others. One histogram holds both, so that one release pays for both.
public enum NextWordKey: Hashable, Comparable, Sendable {
  case word(String)
  case pair(WordPair)
}

/// The distinct pairs that one user writes, and the distinct words that stand second in them.
public struct HeldNextWords: Sendable {
  private let pairs: HeldKeys<WordPair>
  private let words: HeldKeys<String>

  public init(_ pairs: [WordPair]) {
    self.pairs = HeldKeys(pairs)
    words = HeldKeys(pairs.map(\.second))
  }

  /// At most so many pairs and so many words, together no more than a user may contribute.
  public func contributed(
    pairs pairLimit: Int, words wordLimit: Int, choosing choice: KeyChoice,
    from stream: inout RandomStream
  ) -> [NextWordKey] {
    pairs.contributed(atMost: pairLimit, choosing: choice, from: &stream).map { .pair($0) }
      + words.contributed(atMost: wordLimit, choosing: choice, from: &stream).map { .word($0) }
  }
}
