/// Trials that run side by side, for whoever watches a sweep.
public struct RunningGroup: Sendable {
  /// Among the groups of this run, from 0.
  public let number: Int
  public let trials: [PlannedTrial]
  /// Rounds that were through when the run began.
  public let earlierRounds: Int

  /// The last round of its trials.
  public var rounds: Int { trials[0].task.rounds }

  /// Of a round, in the unit of ``Workload``.
  var workPerRound: Double { Double(trials.count) * trials[0].task.workPerRound }
}
