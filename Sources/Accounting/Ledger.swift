/// What a run has spent: its events in order, equal neighbors counted instead of repeated.
public struct Ledger: Hashable, Sendable {
  /// An event and how many times in a row it happened.
  public struct Run: Hashable, Sendable {
    public let event: PrivacyEvent
    /// From 1 to 2^53.
    public let count: Int

    package init(event: PrivacyEvent, count: Int) {
      self.event = event
      self.count = count
    }
  }

  public private(set) var runs: [Run] = []

  public init() {}

  /// Adds `count` (1 ... 2^53) happenings of `event`.
  ///
  /// Throws ``AccountingError`` and changes nothing when a number is out of range, or when the same
  /// event would have happened more than 2^53 times in a row.
  public mutating func record(_ event: PrivacyEvent, count: Int = 1) throws(AccountingError) {
    try event.validate()
    try AccountingError.check(count, isWithin: 1...PrivacyEvent.largestCount, argument: "count")
    guard let last = runs.last, last.event == event else {
      runs.append(Run(event: event, count: count))
      return
    }
    let total = last.count + count
    try AccountingError.check(total, isWithin: 1...PrivacyEvent.largestCount, argument: "count")
    runs[runs.count - 1] = Run(event: event, count: total)
  }

  /// The whole ledger as one event, which an accountant or ``PrivacyGuarantee`` can price.
  public var event: PrivacyEvent {
    .composed(runs.map { $0.count == 1 ? $0.event : .repeated($0.event, count: $0.count) })
  }
}

/// An array of `{"event": {…}, "count": 3}`. Decoding refuses what ``Ledger/record(_:count:)``
/// refuses.
extension Ledger: Codable {
  private enum RunKeys: String, CodingKey {
    case event
    case count
  }

  public init(from decoder: any Decoder) throws {
    var entries = try decoder.unkeyedContainer()
    while !entries.isAtEnd {
      let fields = try entries.nestedContainer(keyedBy: RunKeys.self)
      let event = try fields.decode(PrivacyEvent.self, forKey: .event)
      let count = try fields.decode(Int.self, forKey: .count)
      do {
        try record(event, count: count)
      } catch {
        throw DecodingError.dataCorruptedError(
          forKey: .count, in: fields, debugDescription: error.description)
      }
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var entries = encoder.unkeyedContainer()
    for run in runs {
      var fields = entries.nestedContainer(keyedBy: RunKeys.self)
      try fields.encode(run.event, forKey: .event)
      try fields.encode(run.count, forKey: .count)
    }
  }
}
