import Experiments
import Results

/// A JSON object a line.
struct JSONDisplay: ProgressDisplay {
  let log: RunLog
  let interval: Duration

  func say(_ message: String) { log.note(message) }

  func started(_ load: Workload, terms: [String]) {
    var record = LogRecord(.started)
    record.trials = load.trials
    record.finishedTrials = load.finishedTrials
    log.write(record)
  }

  func finished(
    _ trial: PlannedTrial, accuracy: Double, seconds: Double, _ progress: SweepProgress
  ) {
    var record = LogRecord(.finishedTrial, of: trial, epsilonUpper: trial.claim.epsilonUpper)
    record.accuracy = accuracy
    record.seconds = seconds
    record.trials = progress.trials
    record.finishedTrials = progress.finishedTrials
    record.secondsLeft = progress.secondsLeft()
    log.write(record)
  }

  func report(_ progress: SweepProgress, _ budgets: SpentBudgets) {
    var overall = LogRecord(.progress)
    overall.trials = progress.trials
    overall.finishedTrials = progress.finishedTrials
    overall.share = progress.share
    overall.secondsLeft = progress.secondsLeft()
    log.write(overall)
    for running in progress.groups where running.round > 0 {
      for (index, trial) in running.group.trials.enumerated() {
        var record = LogRecord(
          .round, of: trial, epsilonUpper: budgets.epsilonUpper(of: trial, after: running.round))
        record.round = running.round
        record.rounds = running.group.rounds
        record.accuracy = running.accuracies?[index]
        record.secondsLeft = overall.secondsLeft
        log.write(record)
      }
    }
  }

  func end() {}

  func summarize(_ progress: SweepProgress, seconds: Double, directory: String) {
    var record = LogRecord(.finished)
    record.computedTrials = progress.computedTrials
    record.keptTrials = progress.keptTrials
    record.seconds = seconds
    record.slowestSetting = progress.slowestSetting?.sweep
    record.slowestSeconds = progress.slowestSetting?.seconds
    record.directory = directory
    log.write(record)
  }
}
