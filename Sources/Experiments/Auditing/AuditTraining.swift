internal import Accounting
internal import Datasets
internal import LinearAlgebra
internal import Mechanisms
internal import Models
internal import Randomness
internal import Results
internal import Training

/// A training outside of the sweep: settings of one group side by side, on examples and with random streams of
/// its own, by the same trainer, and charged to ledgers in memory.
struct AuditTraining {
  let group: TrialGroup
  let network: Network
  let examples: LabeledExamples
  /// How many examples the run declares: its divisor follows from that, and the rate at which they are drawn
  /// is the setting's all the same, so that its releases cost what the setting's do.
  let unitCount: Int
  /// Of this run and no other.
  let key: StreamKey

  /// Trains to the end, and stops between rounds when the task is cancelled.
  ///
  /// - Parameters:
  ///   - mechanism: of a trial, in place of its own; with the same event.
  ///   - afterRound: told the models, one a trial.
  /// - Returns: the models, one a trial.
  func run(
    mechanism: (TrainingTrial) throws -> any NoiseMechanism = { try $0.plan.privacy.mechanism },
    afterRound: (_ models: [ModelInTraining]) -> Void = { _ in }
  ) throws -> [ModelInTraining] {
    let plan = group.trials[0].plan
    let keys = SharedKeys(key)
    let sampler = plan.training.sampler(unitCount: unitCount)
    var trainer = Trainer(
      models: try group.trials.map {
        $0.plan.model(
          of: network, startingFrom: keys.initialParameters, mechanism: try mechanism($0),
          keys: NoiseKeys($0.id.words.reduce(key) { $0.child(.trial, $1) }))
      },
      sampler: sampler,
      source: ExampleGradients(
        network: network, examples: examples, expectedBatchSize: sampler.expectedCohortSize),
      keys: keys)
    var ledgers = group.trials.map { _ in Ledger() }
    for round in 1...plan.training.rounds {
      try Task.checkCancellation()
      _ = try trainer.runRound(round, charging: &ledgers)
      afterRound(trainer.models)
    }
    for (trial, ledger) in zip(group.trials, ledgers) {
      var planned = Ledger()
      try planned.record(
        trial.plan.sampler.amplified(trial.plan.privacy.mechanism.event),
        count: plan.training.rounds)
      precondition(ledger == planned, "a run charges what its setting does")
    }
    return trainer.models
  }
}
