/// The vocabulary of a keyboard, from released counts alone.
public struct WordList: Sendable {
  /// The commonest first.
  public let words: [String]

  public init(_ released: ReleasedHistogram<String>) {
    words = released.entries.map(\.key)
  }

  /// For each of `ranks`, how many of so many words that most of `users` hold are among as many first
  /// words of the list, as a share of the rank.
  ///
  /// Without noise: where users are protected, this is a diagnostic.
  public func recall(at ranks: [Int], of users: [HeldKeys<String>]) -> [Double] {
    var histogram = UserHistogram<String>(limit: nil)
    for user in users { histogram.add(userWith: user.keys) }
    let common = ReleasedHistogram(histogram.counts.map { (key: $0.key, count: $0.value) })
    return ranks.map { rank in
      Double(Set(common.top(rank)).intersection(words.prefix(rank)).count) / Double(rank)
    }
  }

  /// The share of words of running text that are on the list; 0 without words.
  public func coverage(of text: [String]) -> Double {
    let known = Set(words)
    return Double(text.count { known.contains($0) }) / Double(max(1, text.count))
  }
}
