import Accounting
import Experiments
import Foundation
import Reporting
import Results

/// Lines of text.
struct TextDisplay: ProgressDisplay {
  let interval: Duration

  func say(_ message: String) { printToStandardError(message) }

  func started(_ load: Workload, terms: [String]) {
    for line in startLines(load, terms: terms) { say(line) }
  }

  func finished(
    _ trial: PlannedTrial, accuracy: Double, seconds: Double, _ progress: SweepProgress
  ) {
    let epsilon =
      trial.claim.isPrivate
      ? "<= \(OutwardDecimal.text(trial.claim.epsilonUpper, rounded: .up)) at delta "
        + "\(trial.claim.delta)" : "inf"
    say(
      "trial \(progress.finishedTrials)/\(progress.trials) \(trial.id) \(trial.sweep) "
        + "replicate \(trial.task.replicate): accuracy \(accuracy), epsilon \(epsilon), "
        + durationText(seconds))
  }

  func report(_ progress: SweepProgress, _ budgets: SpentBudgets) {
    say(ProgressText(progress, budgets).log.joined(separator: "\n"))
  }

  func end() {}

  func summarize(_ progress: SweepProgress, seconds: Double, directory: String) {
    say("\(RunSummary(progress, seconds: seconds))")
  }
}

/// What is said at the start.
func startLines(_ load: Workload, terms: [String]) -> [String] {
  let finished =
    load.finishedTrials > 0
    ? ["\(load.finishedTrials) of \(load.trials) trials are finished already"] : []
  return finished + terms.map { "epsilon: upper bound so far, rounded up, at \($0)" }
}
