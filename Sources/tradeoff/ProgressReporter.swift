import Experiments
import Foundation
import Synchronization

/// Progress on standard error: one line that renews itself on a terminal, a line a trial elsewhere.
final class ProgressReporter: Sendable {
  private struct State {
    var trials = 0
    var finishedTrials = 0
    var roundsLeft = 0
    var finishedRounds = 0
    var start = ContinuousClock.now
    var lastDrawn = ContinuousClock.now
  }

  private let state = Mutex(State())
  private let isTerminal = isatty(STDERR_FILENO) == 1

  func note(_ event: SweepRunner.Event) {
    state.withLock { state in
      switch event {
      case .preparingFeatures(let dataset, let folder):
        write("features of \(dataset), kept in \(folder), take a while the first time\n")
      case .started(let trials, let alreadyFinished, let roundsLeft):
        state.start = .now
        state.trials = trials
        state.finishedTrials = alreadyFinished
        state.roundsLeft = roundsLeft
        if alreadyFinished > 0 {
          write("\(alreadyFinished) of \(trials) trials are finished already\n")
        }
      case .finishedRound(let trials):
        state.finishedRounds += trials
        if isTerminal, ContinuousClock.now - state.lastDrawn > .milliseconds(100) { draw(&state) }
      case .finishedTrial(let trial, let accuracy):
        state.finishedTrials += 1
        if isTerminal {
          draw(&state)
        } else {
          write(
            "trial \(state.finishedTrials)/\(state.trials) \(trial.id) \(trial.sweep) "
              + "replicate \(trial.task.replicate): accuracy \(accuracy)\n")
        }
      }
    }
  }

  /// Clears the line.
  func end() {
    if isTerminal { write("\r\u{1B}[K") }
  }

  private func draw(_ state: inout State) {
    state.lastDrawn = .now
    let elapsed = (state.lastDrawn - state.start) / .seconds(1)
    let left =
      state.finishedRounds == 0
      ? "" : timeLeft(elapsed / Double(state.finishedRounds) * remaining(state))
    write("\r\u{1B}[Ktrial \(state.finishedTrials)/\(state.trials)\(left)")
  }

  private func remaining(_ state: State) -> Double {
    Double(state.roundsLeft - state.finishedRounds)
  }

  private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
