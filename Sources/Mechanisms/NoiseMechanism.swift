public import Accounting
public import Randomness

/// Turns the sum of clipped contributions into a value that may leave, together with its bill.
public protocol NoiseMechanism: Sendable {
  /// What one release costs before any amplification by sampling.
  var event: PrivacyEvent { get }

  /// An empty sum with this mechanism's contribution bound.
  func makeSum(dimension: Int) -> ClippedSum

  /// Adds the noise, once, and divides by the *public* expected cohort size.
  ///
  /// The divisor must not depend on who took part: an empty sum is released like any other.
  func release(
    _ sum: consuming ClippedSum, expectedCohortSize: Double, noise: inout RandomStream
  ) -> PrivateUpdate
}

/// A released mean whose value can be had only by recording its privacy event first.
public struct PrivateUpdate: ~Copyable {
  public let event: PrivacyEvent
  private let value: [Float]

  init(value: [Float], event: PrivacyEvent) {
    self.value = value
    self.event = event
  }

  /// Records the event, as amplified by the sampling that chose the cohort, and hands over the value.
  ///
  /// The recorder returns only when the entry is durable: whatever happens later, no ledger says
  /// less than was spent.
  public consuming func charge<Recorder: EventRecorder & ~Copyable>(
    _ recorder: inout Recorder, amplified: (PrivacyEvent) -> PrivacyEvent
  ) throws(Recorder.Failure) -> [Float] {
    try recorder.record(amplified(event))
    return value
  }
}
