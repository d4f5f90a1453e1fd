/// Adds up what a run's events cost.
///
/// An accountant is a value: a copy prices a different future from the same past. For a fixed
/// adversary view, delta as a function of epsilon (and its inverse) is a property of the
/// composition alone; the accountant brackets it. The bracket's upper end is a theorem's, rounded
/// outward.
public protocol PrivacyAccountant: Sendable {
  /// Which accountant this is.
  var kind: AccountantKind { get }

  /// The neighbors that the answers are about.
  var relation: NeighboringRelation { get }

  /// Adds `count` independent runs of `event`, with `count` in 0 ... 2^53.
  ///
  /// Throws ``AccountingError`` and changes nothing when a number is out of range or the event, or
  /// a part of it, has no bound here.
  mutating func compose(_ event: PrivacyEvent, count: Int) throws(AccountingError)

  /// The smallest epsilon for which the events so far are (epsilon, `delta`)-private, with `delta`
  /// in (0, 1). The upper end is infinite when the events have no finite bound.
  func epsilon(atDelta delta: Double) throws(AccountingError) -> PrivacyBound

  /// The smallest delta for which the events so far are (`epsilon`, delta)-private, with `epsilon`
  /// 0 or greater and finite.
  func delta(atEpsilon epsilon: Double) throws(AccountingError) -> PrivacyBound

  /// The upper end of ``epsilon(atDelta:)`` alone. Searches ask for nothing else.
  func epsilonUpperBound(atDelta delta: Double) throws(AccountingError) -> Double
}

extension PrivacyAccountant {
  /// Adds one run of `event`.
  public mutating func compose(_ event: PrivacyEvent) throws(AccountingError) {
    try compose(event, count: 1)
  }

  public func epsilonUpperBound(atDelta delta: Double) throws(AccountingError) -> Double {
    try epsilon(atDelta: delta).upper
  }
}
