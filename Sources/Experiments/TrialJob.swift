internal import Datasets
internal import Results

/// Trials that run together, with their data.
enum TrialJob: Sendable {
  case training(TrialGroup, TrialData)
  case analytics(AnalyticsTrial, AnalyticsData)

  var trials: [TrialID] {
    switch self {
    case .training(let group, _): group.trials.map(\.id)
    case .analytics(let trial, _): [trial.id]
    }
  }

  /// Of all trials together.
  var roundsLeft: Int {
    switch self {
    case .training(let group, _):
      group.trials.count * (group.trials[0].plan.training.rounds - group.round)
    case .analytics: AnalyticsPlan.rounds
    }
  }

  /// - Parameter afterRound: told after every round of all trials.
  /// - Returns: the outcomes, one a trial.
  func run(
    in directory: RunDirectory, threads: Int, checkpointInterval: Duration, afterRound: () -> Void
  ) throws -> [FinishedTrial] {
    switch self {
    case .training(let group, let data):
      return try GroupRunner(
        group: group, data: data, directory: directory, threads: threads,
        checkpointInterval: checkpointInterval
      ).run(afterRound: afterRound)
    case .analytics(let trial, let data):
      try Task.checkCancellation()
      let outcome = try AnalyticsRunner(trial: trial, data: data, directory: directory).run()
      afterRound()
      return [outcome]
    }
  }
}
