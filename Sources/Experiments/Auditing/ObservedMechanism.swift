internal import Accounting
internal import LinearAlgebra
internal import Mechanisms
internal import Randomness
internal import Synchronization

/// A mechanism whose releases somebody looks at, as anybody may.
struct ObservedMechanism: NoiseMechanism {
  private let base: any NoiseMechanism
  private let observer: ReleaseObserver

  init(_ base: any NoiseMechanism, observer: ReleaseObserver) {
    self.base = base
    self.observer = observer
  }

  var event: PrivacyEvent { base.event }
  var bound: ContributionBound { base.bound }
  var form: ContributionForm? { base.form }
  var step: Double? { base.step }

  func release(
    _ sum: ClippedSum, expectedCohortSize: Double, noise: StreamKey, workers: Workers
  ) -> PrivateUpdate {
    base.release(sum, expectedCohortSize: expectedCohortSize, noise: noise, workers: workers)
  }

  func next(after release: Release) -> ObservedMechanism {
    observer.see(release)
    return ObservedMechanism(base.next(after: release), observer: observer)
  }
}

/// Keeps the last release.
final class ReleaseObserver: Sendable {
  private let last = Mutex<Release?>(nil)

  func see(_ release: Release) { last.withLock { $0 = release } }

  /// The release since the last call.
  func take() -> Release? {
    last.withLock { release in
      defer { release = nil }
      return release
    }
  }
}
