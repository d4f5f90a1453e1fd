internal import CKernels
internal import Dispatch
internal import Foundation
internal import Synchronization

/// Helper threads that wait for one job after another.
///
/// The job is written before the generation is raised and read after it is seen, and the owner waits
/// for all helpers before it writes the next: that is what makes the class safe to share.
final class Team: @unchecked Sendable {
  private var job: (@Sendable (Int) -> Void)?
  private let generation = Atomic(0)
  private let working = Atomic(0)
  private let hasEnded = Atomic(false)
  private let helpers: [Helper]

  private final class Helper: Sendable {
    let sleeps = Atomic(false)
    let alarm = DispatchSemaphore(value: 0)
  }

  /// Some 100 microseconds.
  private static let spins = 2000

  init(helpers count: Int) {
    helpers = (0..<count).map { _ in Helper() }
    for index in helpers.indices {
      let thread = Thread { [self] in serve(index) }
      thread.name = "worker \(index + 1)"
      thread.start()
    }
  }

  /// Runs the job on the calling thread, as worker 0, and on every helper.
  func run(_ job: @Sendable (Int) -> Void) {
    withoutActuallyEscaping(job) { job in
      precondition(self.job == nil, "one piece of work at a time")
      self.job = job
      working.store(helpers.count, ordering: .relaxed)
      wake()
      job(0)
      var spins = 0
      while working.load(ordering: .acquiring) > 0 {
        spins += 1
        if spins < Self.spins { tradeoff_spin_wait() } else { sched_yield() }
      }
      self.job = nil
    }
  }

  /// Lets the threads go.
  func end() {
    hasEnded.store(true, ordering: .relaxed)
    wake()
  }

  private func wake() {
    generation.wrappingAdd(1, ordering: .sequentiallyConsistent)
    for helper in helpers
    where helper.sleeps.exchange(false, ordering: .sequentiallyConsistent) {
      helper.alarm.signal()
    }
  }

  private func serve(_ index: Int) {
    var seen = 0
    while true {
      awaitGeneration(after: seen, helper: helpers[index])
      seen += 1
      if hasEnded.load(ordering: .relaxed) { return }
      job?(index + 1)
      working.wrappingSubtract(1, ordering: .releasing)
    }
  }

  private func awaitGeneration(after seen: Int, helper: Helper) {
    for _ in 0..<Self.spins {
      if generation.load(ordering: .acquiring) != seen { return }
      tradeoff_spin_wait()
    }
    while generation.load(ordering: .sequentiallyConsistent) == seen {
      helper.sleeps.store(true, ordering: .sequentiallyConsistent)
      // Whoever takes the flag down decides whether there is an alarm to wait for.
      let isCalled = generation.load(ordering: .sequentiallyConsistent) != seen
      if isCalled, helper.sleeps.exchange(false, ordering: .sequentiallyConsistent) { return }
      helper.alarm.wait()
    }
  }
}
