public import Accounting
public import Randomness

/// The plain mean: no clipping, no noise, and an event that no accountant prices below infinity.
public struct NonPrivateMechanism: NoiseMechanism {
  public init() {}

  public var event: PrivacyEvent { .nonPrivate }

  public func makeSum(dimension: Int) -> ClippedSum {
    ClippedSum(dimension: dimension, bound: .unbounded)
  }

  public func release(
    _ sum: consuming ClippedSum, expectedCohortSize: Double, noise: inout RandomStream
  ) -> PrivateUpdate {
    precondition(sum.bound == .unbounded, "a sum made for another mechanism")
    precondition(expectedCohortSize > 0, "the expected cohort size must be positive")
    return PrivateUpdate(
      Release(mean: sum.total.map { Float($0 / expectedCohortSize) }), event: event)
  }
}
