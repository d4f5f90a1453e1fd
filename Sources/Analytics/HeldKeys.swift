public import Randomness

/// The distinct keys that one user holds, such as the words that it wrote, with how often.
///
/// Sensitive: it belongs to the user and leaves it only as what ``contributed(atMost:choosing:from:)``
/// gives to a ``UserHistogram``.
public struct HeldKeys<Key: Hashable & Comparable & Sendable>: Sendable {
  /// By falling count, equal counts by key.
  let keys: [Key]

  /// - Parameter occurrences: every use of every key, in any order.
  public init(_ occurrences: some Sequence<Key>) {
    var counts: [Key: Int] = [:]
    for key in occurrences { counts[key, default: 0] += 1 }
    keys = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
  }

  public var count: Int { keys.count }

  /// At most `limit` of the keys. The choice depends on nothing but the user's own keys and its own
  /// random stream, so that no other user's contribution depends on them.
  public func contributed(
    atMost limit: Int, choosing choice: KeyChoice, from stream: inout RandomStream
  ) -> [Key] {
    guard keys.count > limit else { return keys }
    switch choice {
    case .mostFrequent: return Array(keys.prefix(limit))
    case .atRandom:
      return stream.sampleWithoutReplacement(limit, outOf: keys.count).map { keys[$0] }
    }
  }
}

/// Which of its keys a user contributes when it holds more than it may.
public enum KeyChoice: String, CaseIterable, Hashable, Sendable {
  /// Each set of the allowed size equally likely.
  case atRandom = "at-random"
  /// Those that it uses most often, equally frequent ones in the order of the keys.
  case mostFrequent = "most-frequent"
}
