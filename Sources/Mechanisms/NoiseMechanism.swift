public import Accounting
public import LinearAlgebra
public import Randomness

/// Turns the sum of clipped contributions into a value that may leave, together with its bill.
public protocol NoiseMechanism: Sendable {
  /// What one release costs before any amplification by sampling.
  var event: PrivacyEvent { get }

  /// What one privacy unit may contribute to the next release.
  var bound: ContributionBound { get }

  /// Adds the noise, once, divides by the *public* expected cohort size and empties the sum.
  ///
  /// The divisor must not depend on who took part: an empty sum is released like any other.
  func release(
    _ sum: ClippedSum, expectedCohortSize: Double, noise: inout RandomStream, workers: Workers
  ) -> PrivateUpdate

  /// Prepares the next release. Post-processing: it sees only what was released.
  mutating func adapt(to release: Release)
}

extension NoiseMechanism {
  /// An empty sum of contributions to a model whose layers lie at these ranges.
  public func makeSum(layers: [Range<Int>]) -> ClippedSum {
    ClippedSum(layers: layers, bound: bound)
  }

  /// Has an empty sum collect contributions to the next release.
  public func prepare(_ sum: ClippedSum) {
    precondition(sum.contributionCount == 0, "a sum is emptied by its release")
    sum.bound = bound
  }

  public mutating func adapt(to release: Release) {}
}

/// What one round has made public.
public struct Release: Hashable, Sendable {
  /// The noised sum over the expected cohort size.
  public let mean: [Float]
  /// The noised fraction of contributions within the bound, for mechanisms that adapt it; it may lie
  /// outside [0, 1].
  public let unclippedFraction: Double?
}

/// A released mean whose value can be had only by recording its privacy event first.
public struct PrivateUpdate: ~Copyable {
  public let event: PrivacyEvent
  private let release: Release

  init(_ release: Release, event: PrivacyEvent) {
    self.release = release
    self.event = event
  }

  /// Records the event, as amplified by the sampling that chose the cohort, and hands over the value.
  ///
  /// The recorder returns only when the entry is durable: whatever happens later, no ledger says
  /// less than was spent.
  public consuming func charge<Recorder: EventRecorder & ~Copyable>(
    _ recorder: inout Recorder, amplified: (PrivacyEvent) -> PrivacyEvent
  ) throws(Recorder.Failure) -> Release {
    try recorder.record(amplified(event))
    return release
  }
}
