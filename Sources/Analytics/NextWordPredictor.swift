/// Suggests the next word of a line, as a keyboard does, from released counts alone.
public struct NextWordPredictor: Sendable {
  /// How many words it suggests at most.
  public let suggestionCount: Int
  private let followers: [String: [String]]
  private let commonWords: [String]

  /// Everything after the release is post-processing and costs nothing.
  public init(_ released: ReleasedHistogram<NextWordKey>, suggestionCount: Int) {
    self.suggestionCount = suggestionCount
    var followers: [String: [String]] = [:]
    var commonWords: [String] = []
    for entry in released.entries {
      switch entry.key {
      case .word(let word):
        if commonWords.count < suggestionCount { commonWords.append(word) }
      case .pair(let pair):
        if followers[pair.first, default: []].count < suggestionCount {
          followers[pair.first, default: []].append(pair.second)
        }
      }
    }
    self.followers = followers
    self.commonWords = commonWords
  }

  /// At most ``suggestionCount`` words, the likeliest first: those that follow `word` in the released
  /// pairs, by falling count; then the released words, by falling count.
  public func suggestions(after word: String) -> [String] {
    let own = followers[word] ?? []
    return own + commonWords.filter { !own.contains($0) }.prefix(suggestionCount - own.count)
  }

  /// For each of `ranks`, the share of pairs whose second word is among so many first suggestions after
  /// the first; 0 without pairs.
  ///
  /// - Parameter ranks: 1 to ``suggestionCount``.
  public func recall(at ranks: [Int], on pairs: [WordPair]) -> [Double] {
    var hits = [Int](repeating: 0, count: suggestionCount)
    for (pair, count) in Dictionary(pairs.map { ($0, 1) }, uniquingKeysWith: +) {
      if let rank = suggestions(after: pair.first).firstIndex(of: pair.second) {
        hits[rank] += count
      }
    }
    return ranks.map { Double(hits.prefix($0).reduce(0, +)) / Double(max(1, pairs.count)) }
  }
}
