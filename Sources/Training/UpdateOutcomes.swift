public import Mechanisms

/// What happened to the updates of one model in a round, before the noise. Sensitive.
public struct UpdateOutcomes: Hashable, Sendable {
  public private(set) var clipping = ClipOutcomes()
  /// Of all messages that carried an update; 0 where nothing is sent.
  public private(set) var bytesUp = 0

  public init() {}

  public init(clipping: ClipOutcomes) { self.clipping = clipping }

  public mutating func note(_ outcome: ClipOutcome, bytesUp: Int) {
    clipping.note(outcome)
    self.bytesUp += bytesUp
  }

  public mutating func add(_ other: UpdateOutcomes) {
    clipping.add(other.clipping)
    bytesUp += other.bytesUp
  }
}
