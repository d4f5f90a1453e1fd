/// A word and the one that follows it on the same line.
public struct WordPair: Hashable, Comparable, Sendable {
  public let first: String
  public let second: String

  public init(_ first: String, _ second: String) {
    self.first = first
    self.second = second
  }

  public static func < (left: WordPair, right: WordPair) -> Bool {
    (left.first, left.second) < (right.first, right.second)
  }

  /// The pairs of neighbors in each line, in order; none across lines.
  public static func all(in lines: [[String]]) -> [WordPair] {
    lines.flatMap { words in zip(words, words.dropFirst()).map { WordPair($0, $1) } }
  }
}
