public import Accounting
public import LinearAlgebra
public import Randomness

/// Turns the sum of clipped contributions into a value that may leave, together with its bill.
public protocol NoiseMechanism: Sendable {
  /// What one release costs before any amplification by sampling.
  var event: PrivacyEvent { get }

  /// What one privacy unit may contribute to the next release.
  var bound: ContributionBound { get }

  /// What happens to a contribution before it leaves its unit; nil, unless the mechanism says otherwise,
  /// where it leaves as it is for the release to protect.
  var form: ContributionForm? { get }

  /// Of the grid that the sum has to lie on, where the release is one of whole numbers; nil unless the
  /// mechanism says otherwise.
  var step: Double? { get }

  /// Adds the noise, once, divides by the *public* expected cohort size and empties the sum.
  ///
  /// The divisor must not depend on who took part: an empty sum is released like any other.
  /// - Parameter noise: the key of this release's noise, and of no other's; that with which the sum was
  ///   prepared.
  func release(
    _ sum: ClippedSum, expectedCohortSize: Double, noise: StreamKey, workers: Workers
  ) -> PrivateUpdate

  /// The mechanism of the next round. It may depend on what was released, which is post-processing,
  /// and on nothing else of the data; its event is the same.
  func next(after release: Release) -> Self
}

extension NoiseMechanism {
  public var form: ContributionForm? { nil }

  public var step: Double? { nil }

  /// An empty sum of contributions to a model whose layers lie at these ranges. It has to be prepared
  /// where they have a form.
  public func makeSum(layers: [Range<Int>]) -> ClippedSum {
    ClippedSum(layers: layers, bound: bound, form: form, step: step)
  }

  /// Has an empty sum collect contributions to the next release, whose noise will have this key.
  public func prepare(_ sum: ClippedSum, noise: StreamKey) {
    sum.open(with: bound, key: noise)
  }

  public func next(after release: Release) -> Self { self }
}

/// What left in one release.
public struct Release: Hashable, Sendable {
  /// The noised mean of the contributions.
  public let mean: [Float]
  /// The noised fraction of contributions within the clipping norm, where it adapts; it may lie
  /// outside [0, 1].
  public let unclippedFraction: Double?
  /// The noised number of contributions, where it is released; it may be negative.
  public let contributionCount: Double?

  init(mean: [Float], unclippedFraction: Double? = nil, contributionCount: Double? = nil) {
    self.mean = mean
    self.unclippedFraction = unclippedFraction
    self.contributionCount = contributionCount
  }
}

/// A release that can be had only by recording its privacy event first.
public struct PrivateUpdate: ~Copyable {
  public let event: PrivacyEvent
  private let release: Release

  init(_ release: Release, event: PrivacyEvent) {
    self.release = release
    self.event = event
  }

  /// Records the event, as amplified by the sampling that chose the cohort, and hands over the release.
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
