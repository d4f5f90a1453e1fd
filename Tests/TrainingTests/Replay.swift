import Accounting
import LinearAlgebra
import Models
import Randomness
import Synchronization

@testable import Mechanisms
@testable import Training

// Record and replay (after Cebere et al. 2026): a run on one data set, and the same randomness on
// another, in which the model is shown what the first run released. That is how adaptive composition
// is proved: given all earlier releases, how far apart are the sums of the next one?

/// A release, and what it was made of.
struct TapedRelease: Sendable {
  let sum: [Double]
  let contributionCount: Int
  let unclippedBalance: Double
  let bound: ContributionBound
  let divisor: Double
  let noise: StreamKey
  let event: PrivacyEvent
  let release: Release
}

/// A run's releases in order.
final class Tape: Sendable {
  private let kept = Mutex<[TapedRelease]>([])

  var releases: [TapedRelease] { kept.withLock { $0 } }

  func append(_ release: TapedRelease) { kept.withLock { $0.append(release) } }
}

/// Keeps what a mechanism releases on tape, and shows the trainer what an earlier run released instead,
/// where there is one.
struct TapedMechanism<Wrapped: NoiseMechanism>: NoiseMechanism {
  let wrapped: Wrapped
  let tape: Tape
  let earlier: Tape?

  var event: PrivacyEvent { wrapped.event }
  var bound: ContributionBound { wrapped.bound }
  var form: ContributionForm? { wrapped.form }
  var step: Double? { wrapped.step }

  func release(
    _ sum: ClippedSum, expectedCohortSize: Double, noise: StreamKey, workers: Workers
  ) -> PrivateUpdate {
    let shown = earlier?.releases[tape.releases.count].release
    let (count, balance, bound) = (sum.contributionCount, sum.unclippedBalance, sum.bound)
    var free = FreeRecorder()
    let update = wrapped.release(
      sum, expectedCohortSize: expectedCohortSize, noise: noise, workers: workers)
    let event = update.event
    let own = update.charge(&free) { $0 }
    // A sum keeps what it has released until the next contribution.
    tape.append(
      TapedRelease(
        sum: sum.total, contributionCount: count, unclippedBalance: balance, bound: bound,
        divisor: expectedCohortSize, noise: noise, event: event, release: own))
    return PrivateUpdate(shown ?? own, event: event)
  }

  func next(after release: Release) -> TapedMechanism {
    TapedMechanism(wrapped: wrapped.next(after: release), tape: tape, earlier: earlier)
  }
}

extension NoiseMechanism {
  func taped(on tape: Tape, showing earlier: Tape? = nil) -> any NoiseMechanism {
    TapedMechanism(wrapped: self, tape: tape, earlier: earlier)
  }
}

/// Charges nobody.
struct FreeRecorder: EventRecorder {
  func record(_ event: PrivacyEvent) throws(Never) {}
}

/// Writes down who is asked.
struct LoggedSampler: CohortSampler {
  let wrapped: any CohortSampler
  let log: CohortLog

  var expectedCohortSize: Double { wrapped.expectedCohortSize }
  var reportLimit: Int? { wrapped.reportLimit }

  func cohort(from population: Int, round: Int, key: StreamKey) -> [Int] {
    let cohort = wrapped.cohort(from: population, round: round, key: key)
    log.append(cohort)
    return cohort
  }

  func amplified(_ event: PrivacyEvent) -> PrivacyEvent { wrapped.amplified(event) }
}

final class CohortLog: Sendable {
  private let kept = Mutex<[[Int]]>([])

  var cohorts: [[Int]] { kept.withLock { $0 } }

  func append(_ cohort: [Int]) { kept.withLock { $0.append(cohort) } }
}

/// A source in which one unit contributes zero. Where contributions have a form, it sends a zero in
/// that form; else its part is missing from the sum, and from what is counted about it.
struct SilencedUpdates<Wrapped: UpdateSource>: UpdateSource {
  var wrapped: Wrapped
  let silenced: Int?

  var population: Int { wrapped.population }
  var expectedWeight: Double { wrapped.expectedWeight }

  mutating func addUpdates(
    of cohort: [Int], round: Int, keys: SharedKeys, to models: [ModelInRound], workers: Workers
  ) -> [UpdateOutcomes] {
    let outcomes = wrapped.addUpdates(
      of: cohort.filter { $0 != silenced }, round: round, keys: keys, to: models, workers: workers)
    if let silenced, cohort.contains(silenced) {
      for model in models where model.sum.form != nil {
        model.sum.add(
          clipping: [Float](repeating: 0, count: model.sum.dimension), from: silenced)
      }
    }
    return outcomes
  }
}

/// All that can be compared about a run.
struct ReplayedRun {
  let tape: Tape
  let cohorts: [[Int]]
  let ledger: Ledger
  let skipped: [Bool]
  let parameters: [Float]
  let clippingNorm: Double?

  var releases: [TapedRelease] { tape.releases }

  init(
    rounds: Int, tape: Tape, log: CohortLog, of trainer: consuming some RoundTrainer
  ) throws {
    var ledgers = [Ledger()]
    var skipped: [Bool] = []
    for round in 1...rounds {
      skipped.append(try trainer.runRound(round, charging: &ledgers)[0].isSkipped)
    }
    self.tape = tape
    cohorts = log.cohorts
    ledger = ledgers[0]
    self.skipped = skipped
    parameters = trainer.models[0].parameters
    clippingNorm = trainer.models[0].adaptiveClippingNorm
  }
}
