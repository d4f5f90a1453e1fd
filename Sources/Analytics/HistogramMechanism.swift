public import Accounting
public import Randomness

/// Turns a histogram into counts that may leave, together with their bill.
public protocol HistogramMechanism: Sendable {
  /// What one release costs.
  var event: PrivacyEvent { get }

  /// What a user may contribute to a histogram that is released so; nil for all that it holds.
  var limit: ContributionLimit? { get }

  /// - Parameter noise: the key of this release's noise, and of no other's.
  func release<Key>(
    _ histogram: consuming UserHistogram<Key>, noise: StreamKey
  ) -> PrivateHistogram<Key>
}

/// The counts as they are: no noise, no threshold, and an event that no accountant prices below infinity.
public struct ExactHistogram: HistogramMechanism {
  public let limit: ContributionLimit?

  public init(limit: ContributionLimit?) {
    self.limit = limit
  }

  public var event: PrivacyEvent { .nonPrivate }

  public func release<Key>(
    _ histogram: consuming UserHistogram<Key>, noise: StreamKey
  ) -> PrivateHistogram<Key> {
    precondition(histogram.limit == limit, "a histogram made for another mechanism")
    return PrivateHistogram(
      ReleasedHistogram(histogram.counts.map { (key: $0.key, count: $0.value) }), event: event)
  }
}
