internal import Models
internal import Training

/// What there is to do when a run begins.
///
/// Work is a model's parameters times the examples whose gradients are taken: what time goes by, near
/// enough to say how much of it is left where trials are unlike.
public struct Workload: Sendable {
  public let trials: Int
  public let finishedTrials: Int
  /// Of all trials together.
  public let roundsLeft: Int
  let workLeft: Double
  /// What finished trials took, and the earlier rounds of the others.
  let workDone: Double

  init(of trials: [PlannedTrial], left groups: [RunningGroup]) {
    self.trials = trials.count
    finishedTrials = trials.count - groups.reduce(0) { $0 + $1.trials.count }
    roundsLeft = groups.reduce(0) { $0 + $1.trials.count * ($1.rounds - $1.earlierRounds) }
    workLeft = groups.reduce(0) { $0 + $1.workPerRound * Double($1.rounds - $1.earlierRounds) }
    workDone =
      trials.reduce(0) { $0 + $1.task.workPerRound * Double($1.task.rounds) } - workLeft
  }
}

extension TaskPlan {
  var workPerRound: Double {
    switch self {
    case .training(let plan): plan.workPerRound
    case .analytics: 1
    }
  }
}

extension TrialPlan {
  fileprivate var workPerRound: Double {
    let units = sampler.expectedCohortSize
    let examples: Double
    if let clients = dataset.clients, let local = training.local {
      examples = units * clients.examplesPerClient(of: dataset) * Double(local.localEpochs)
    } else {
      examples = units * Double(training.releasesPerRound)
    }
    // Noise and the optimizer pass over the parameters once even where nobody takes part.
    return Double(network.parameterCount) * (1 + examples)
  }
}

extension ClientSettings {
  fileprivate func examplesPerClient(of dataset: DatasetSettings) -> Double {
    switch holding {
    case .dealt: Double(dataset.exampleCount) / Double(count)
    case .drawn(let examples): Double(examples)
    }
  }
}
