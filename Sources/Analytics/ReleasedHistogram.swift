public import Accounting

/// Counts that may be published: noised, or of a baseline without privacy.
public struct ReleasedHistogram<Key: Hashable & Comparable & Sendable>: Sendable {
  public struct Entry: Sendable {
    public let key: Key
    public let count: Double
  }

  /// By falling count, equal counts by key.
  public let entries: [Entry]

  init(_ counts: [(key: Key, count: Double)]) {
    entries = counts.map { Entry(key: $0.key, count: $0.count) }
      .sorted { ($1.count, $0.key) < ($0.count, $1.key) }
  }

  /// The keys with the largest counts, at most `count` of them.
  public func top(_ count: Int) -> [Key] { entries.prefix(count).map(\.key) }
}

/// A histogram that can be had only by recording its privacy event first.
public struct PrivateHistogram<Key: Hashable & Comparable & Sendable>: ~Copyable {
  public let event: PrivacyEvent
  private let released: ReleasedHistogram<Key>

  init(_ released: ReleasedHistogram<Key>, event: PrivacyEvent) {
    self.released = released
    self.event = event
  }

  /// Records the event and hands over the counts.
  ///
  /// The recorder returns only when the entry is durable: whatever happens later, no ledger says
  /// less than was spent.
  public consuming func charge<Recorder: EventRecorder & ~Copyable>(
    _ recorder: inout Recorder
  ) throws(Recorder.Failure) -> ReleasedHistogram<Key> {
    try recorder.record(event)
    return released
  }
}
