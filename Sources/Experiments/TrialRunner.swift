internal import Datasets
internal import Foundation
internal import Mechanisms
internal import Models
internal import Randomness
internal import Results
internal import Training

/// Runs one trial from its plan.
struct TrialRunner {
  let trial: PlannedTrial
  let data: TrialData

  private static let evaluationBatch = 500

  /// Trains, measures and charges; stops between rounds when the task is cancelled.
  ///
  /// - Parameter afterRound: told after every round.
  func run(
    charging ledger: inout DurableLedger, afterRound: () -> Void
  ) throws -> FinishedTrial {
    let clock = ContinuousClock()
    let start = clock.now
    let plan = trial.plan
    let network = plan.network
    let keys = plan.keys(for: trial.id)
    var initialization = RandomStream(keys.initialParameters)
    var trainer = FederatedTrainer(
      initialParameters: network.initialParameters(from: &initialization),
      sampler: plan.training.sampler(clientCount: plan.dataset.clientCount),
      mechanism: plan.privacy.mechanism,
      optimizer: Optimizer(
        OptimizerSettings(
          .sgd(momentum: plan.training.serverMomentum, nesterov: false),
          learningRate: plan.training.serverLearningRate),
        rounds: plan.training.rounds, parameterCount: network.parameterCount),
      source: ClientUpdates(
        network: network, training: plan.localTraining, examples: data.training,
        partition: data.partition),
      keys: keys)
    let held = data.examples(of: plan.evaluation.split)
    var workspace = DenseWorkspace(for: network, capacity: Self.evaluationBatch)
    var measurements: [FinishedTrial.Measurement] = []
    let measuredRounds = Set(plan.evaluation.measuredRounds(of: plan.training.rounds))
    var clientsTrained = 0

    for round in 1...plan.training.rounds {
      try Task.checkCancellation()
      let diagnostics = try trainer.runRound(round, charging: &ledger)
      clientsTrained += diagnostics.cohortSize
      if measuredRounds.contains(round) {
        let evaluation = network.evaluate(
          trainer.evaluatedParameters, pixels: held.pixels, labels: held.labels, in: &workspace)
        measurements += Self.measurements(round, evaluation, diagnostics)
      }
      afterRound()
    }
    let seconds = (clock.now - start) / .seconds(1)
    return FinishedTrial(
      measurements: measurements, ledger: ledger.ledger,
      timing: TimingRow(
        trial: trial.id.description, seconds: seconds, clientsTrained: clientsTrained))
  }

  private static func measurements(
    _ round: Int, _ evaluation: Evaluation, _ diagnostics: RoundDiagnostics
  ) -> [FinishedTrial.Measurement] {
    let values: [(Metric, Double?)] = [
      (.accuracy, evaluation.accuracy), (.loss, evaluation.loss),
      (.diagnosticCohortSize, Double(diagnostics.cohortSize)),
      (.diagnosticClippedFraction, diagnostics.clippedFraction),
      (.diagnosticMeanUpdateNorm, diagnostics.meanUpdateNorm),
    ]
    return values.compactMap { metric, value in
      value.map { FinishedTrial.Measurement(round: round, metric: metric, value: $0) }
    }
  }
}
