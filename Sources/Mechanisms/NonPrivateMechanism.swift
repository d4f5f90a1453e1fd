public import Accounting
public import LinearAlgebra
public import Randomness

/// The plain mean: no clipping, no noise, and an event that no accountant prices below infinity.
public struct NonPrivateMechanism: NoiseMechanism {
  public init() {}

  public var event: PrivacyEvent { .nonPrivate }

  public var bound: ContributionBound { .unbounded }

  public func release(
    _ sum: ClippedSum, expectedCohortSize: Double, noise: StreamKey, workers: Workers
  ) -> PrivateUpdate {
    precondition(sum.bound == .unbounded, "a sum made for another mechanism")
    return PrivateUpdate(
      Release(mean: sum.releaseMean(expectedCohortSize: expectedCohortSize)), event: event)
  }
}
