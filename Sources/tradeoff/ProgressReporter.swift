import Dispatch
import Experiments
import Foundation
import Results
import Synchronization

/// Shows how far a sweep is.
///
/// A round only notes what happened. A clock of its own shows it, and has what is spent priced, in a
/// small part of the time of one processor.
final class ProgressReporter: Sendable {
  private struct State {
    var progress = SweepProgress()
    var budgets = SpentBudgets()
    var display: any ProgressDisplay
    var nextReport: ContinuousClock.Instant
    var nextPrice = ContinuousClock.now
    var hasStarted = false
    var hasEnded = false
  }

  private let state: Mutex<State>
  private let start = ContinuousClock.now
  /// Distinct meanings of the plan's epsilons.
  private let terms: [String]
  private let clock = DispatchQueue(label: "progress", qos: .utility)
  private let prices = DispatchQueue(label: "prices", qos: .utility)

  /// After a price, no other one is asked for during so many times its time.
  private static let restAfterPrice = 50

  /// nil where nothing is to be shown.
  init?(of plan: Plan, options: LogOptions) {
    guard let display = options.display else { return nil }
    terms = plan.termsDescriptions
    state = Mutex(State(display: display, nextReport: .now + display.interval))
    waitForTick()
  }

  func note(_ event: SweepRunner.Event) {
    state.withLock { state in
      state.progress.note(event)
      switch event {
      case .preparingFeatures(let dataset, let folder):
        state.display.say(
          "features of \(dataset), kept in \(folder), take a while the first time")
      case .started(let load):
        state.hasStarted = true
        state.display.started(load, terms: terms)
      case .finishedTrial(let trial, let accuracy, let seconds):
        state.display.finished(trial, accuracy: accuracy, seconds: seconds, state.progress)
      case .startedGroup, .finishedRound:
        break
      }
    }
  }

  func noteStopping() {
    state.withLock {
      $0.display.say("stopping after this round; Ctrl-C again stops at once")
    }
  }

  func end() {
    state.withLock { state in
      state.hasEnded = true
      state.display.end()
    }
  }

  func summarize(directory: String) {
    state.withLock { state in
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      state.display.summarize(state.progress, seconds: seconds, directory: directory)
    }
  }

  private func waitForTick() {
    clock.asyncAfter(deadline: .now() + .milliseconds(125)) { [weak self] in self?.tick() }
  }

  private func tick() {
    let isToPrice = state.withLock { state in
      guard !state.hasEnded else { return nil as Bool? }
      guard state.hasStarted else { return false }
      let now = ContinuousClock.now
      if now >= state.nextReport {
        state.display.report(state.progress, state.budgets)
        state.nextReport = now + state.display.interval
      }
      guard now >= state.nextPrice else { return false }
      state.nextPrice = now + .seconds(3600)
      return true
    }
    guard let isToPrice else { return }
    if isToPrice { prices.async { [weak self] in self?.price() } }
    waitForTick()
  }

  /// Prices one of the rounds that trials are at, where its price is not known.
  private func price() {
    let start = ContinuousClock.now
    let wanted = state.withLock { state in
      let candidates = state.progress.groups.filter { $0.round > 0 }.flatMap { running in
        running.group.trials.compactMap { trial in
          state.budgets.nextRound(of: trial, after: running.round).map {
            (trial: trial, round: $0)
          }
        }
      }
      // What is needed soonest; of that, the bound that can come down most.
      return candidates.min {
        ($0.round, -$0.trial.claim.epsilonUpper) < ($1.round, -$1.trial.claim.epsilonUpper)
      }
    }
    // Without an answer, the price of the whole trial goes on to be the bound.
    let epsilon = wanted.flatMap { try? $0.trial.epsilonUpper(after: $0.round) }
    state.withLock { state in
      if let (trial, round) = wanted {
        state.budgets.learn(epsilon ?? trial.claim.epsilonUpper, of: trial, after: round)
      }
      let now = ContinuousClock.now
      state.nextPrice = now + (now - start) * Self.restAfterPrice
    }
  }
}
