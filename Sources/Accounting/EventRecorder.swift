/// Keeps privacy events, durably where they must outlive the process.
public protocol EventRecorder: ~Copyable {
  associatedtype Failure: Error

  /// Returns when the event is kept; an event that cannot be kept is an error.
  mutating func record(_ event: PrivacyEvent) throws(Failure)
}

extension Ledger: EventRecorder {
  public mutating func record(_ event: PrivacyEvent) throws(AccountingError) {
    try record(event, count: 1)
  }
}
