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

  /// The last round that is through.
  var round: Int {
    switch self {
    case .training(let group, _): group.round
    case .analytics: 0
    }
  }

  /// Told of a round that is through: its number, and one accuracy a trial where it was measured.
  typealias RoundObserver = (_ round: Int, _ accuracies: [Double]?) -> Void

  /// - Parameter afterRound: told after every round of all trials.
  /// - Returns: the outcomes, one a trial.
  func run(
    in directory: RunDirectory, threads: Int, checkpointInterval: Duration,
    afterRound: RoundObserver
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
      afterRound(AnalyticsPlan.rounds, [try outcome.final(.accuracy)])
      return [outcome]
    }
  }
}
