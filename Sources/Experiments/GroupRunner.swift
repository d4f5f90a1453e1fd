internal import Datasets
internal import LinearAlgebra
internal import Mechanisms
internal import Models
internal import Randomness
internal import Results
internal import Training

/// Trains the trials of one group side by side.
struct GroupRunner {
  let group: TrialGroup
  let data: TrialData
  let threads: Int

  private var plan: TrialPlan { group.trials[0].plan }

  /// Trains, measures and charges; stops between rounds when the task is cancelled.
  ///
  /// - Parameters:
  ///   - ledgers: one a trial.
  ///   - afterRound: told after every round of all trials.
  /// - Returns: the outcomes, one a trial.
  func run(
    charging ledgers: [DurableLedger], afterRound: () -> Void
  ) throws -> [FinishedTrial] {
    let network = plan.network
    if let local = plan.training.local, let partition = data.partition {
      return try run(
        ClientUpdates(
          network: network, training: local, examples: data.training, clients: .dealt(partition)),
        of: network, charging: ledgers, afterRound: afterRound)
    }
    return try run(
      ExampleGradients(
        network: network, examples: data.training,
        expectedBatchSize: plan.sampler.expectedCohortSize),
      of: network, charging: ledgers, afterRound: afterRound)
  }

  private func run(
    _ source: some UpdateSource, of network: Network, charging ledgers: [DurableLedger],
    afterRound: () -> Void
  ) throws -> [FinishedTrial] {
    let start = ContinuousClock.now
    let workers = Workers(count: threads)
    var ledgers = ledgers
    var trainer = Trainer(
      models: try group.trials.map { try $0.plan.model(of: network, trial: $0.id) },
      sampler: plan.sampler, source: source, keys: plan.sharedKeys, workers: workers)
    let evaluator = Evaluator(
      network, examples: data.examples(of: plan.evaluation.split), workers: workers)
    let measuredRounds = Set(plan.evaluation.measuredRounds(of: plan.training.rounds))
    var measurements = group.trials.map { _ in [FinishedTrial.Measurement]() }
    var updates = 0

    for round in 1...plan.training.rounds {
      try Task.checkCancellation()
      let diagnostics = try trainer.runRound(round, charging: &ledgers)
      updates += diagnostics[0].cohortSize
      if measuredRounds.contains(round) {
        let evaluations = evaluator.evaluate(trainer.models.map(\.evaluatedParameters))
        for index in measurements.indices {
          measurements[index] += Self.measurements(
            round, evaluations[index], diagnostics[index],
            clippingNorm: trainer.models[index].adaptiveClippingNorm)
        }
      }
      afterRound()
    }
    let seconds = (ContinuousClock.now - start) / .seconds(1) / Double(group.trials.count)
    return group.trials.indices.map { index in
      FinishedTrial(
        measurements: measurements[index], ledger: ledgers[index].ledger,
        timing: TimingRow(
          trial: group.trials[index].id.description, seconds: seconds, updates: updates))
    }
  }

  private static func measurements(
    _ round: Int, _ evaluation: Evaluation, _ diagnostics: RoundDiagnostics,
    clippingNorm: Double?
  ) -> [FinishedTrial.Measurement] {
    let values: [(Metric, Double?)] = [
      (.accuracy, evaluation.accuracy), (.loss, evaluation.loss),
      (.clippingNorm, clippingNorm),
      (.diagnosticCohortSize, Double(diagnostics.cohortSize)),
      (.diagnosticClippedFraction, diagnostics.clippedFraction),
      (.diagnosticMeanUpdateNorm, diagnostics.meanUpdateNorm),
    ]
    return values.compactMap { metric, value in
      value.map { FinishedTrial.Measurement(round: round, metric: metric, value: $0) }
    }
  }
}

extension TrialPlan {
  /// The trial's model before the first round.
  fileprivate func model(
    of network: Network, trial: TrialID
  ) throws(AdaptiveClippingError) -> ModelInTraining {
    var initialization = RandomStream(sharedKeys.initialParameters)
    return ModelInTraining(
      initialParameters: network.initialParameters(from: &initialization),
      layers: network.layerRanges, mechanism: try privacy.mechanism,
      optimizer: Optimizer(
        training.optimizer, rounds: training.rounds, parameterCount: network.parameterCount),
      averaging: training.averaging, keys: noiseKeys(of: trial))
  }
}
