import Experiments
import Reporting
import Results

extension ProgressText {
  init(_ progress: SweepProgress, _ budgets: SpentBudgets) {
    self.init(
      share: progress.share, finishedTrials: progress.finishedTrials, trials: progress.trials,
      secondsLeft: progress.secondsLeft(),
      groups: progress.groups.map { Group($0, budgets) })
  }
}

extension ProgressText.Group {
  fileprivate init(_ running: SweepProgress.Group, _ budgets: SpentBudgets) {
    let trials = running.group.trials
    let deltas = Set(trials.map(\.claim.delta))
    self.init(
      sweeps: trials.map(\.sweep), replicate: trials[0].task.replicate, round: running.round,
      rounds: running.group.rounds, accuracies: running.accuracies,
      epsilons: trials.map { budgets.epsilonUpper(of: $0, after: running.round) },
      delta: deltas.count == 1 ? deltas.first : nil)
  }
}

extension RunSummary {
  init(_ progress: SweepProgress, seconds: Double) {
    self.init(
      computed: progress.computedTrials, kept: progress.keptTrials, seconds: seconds,
      slowest: progress.slowestSetting)
  }
}
