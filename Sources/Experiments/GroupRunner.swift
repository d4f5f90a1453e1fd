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
  let directory: RunDirectory
  let threads: Int
  let checkpointInterval: Duration

  private var plan: TrialPlan { group.trials[0].plan }

  /// Trains, measures and charges; stops between rounds when the task is cancelled.
  ///
  /// - Parameter afterRound: told after every round of all trials.
  /// - Returns: the outcomes, one a trial.
  func run(afterRound: TrialJob.RoundObserver) throws -> [FinishedTrial] {
    let network = plan.network
    let workers = Workers(count: threads)
    let audit = GroupAudit(plan, network: network, data: data)
    return try run(
      try group.trainer(of: network, on: data, audit: audit, workers: workers), of: network,
      audit: audit, workers: workers, afterRound: afterRound)
  }

  private func run(
    _ trainer: some RoundTrainer, of network: Network, audit: GroupAudit?, workers: Workers,
    afterRound: TrialJob.RoundObserver
  ) throws -> [FinishedTrial] {
    var trainer = trainer
    var ledgers = try openLedgers()
    let evaluator = Evaluator(
      network, examples: data.examples(of: plan.evaluation.split), workers: workers)
    let sites = data.sites(of: plan.evaluation.split).map { name, examples in
      (name, Evaluator(network, examples: examples, workers: workers))
    }
    let measuredRounds = Set(plan.evaluation.measuredRounds(of: plan.training.rounds))
    var log = GroupLog(of: group)

    for round in (group.round + 1)...plan.training.rounds {
      if Task.isCancelled {
        if trainer.canResume { try keepCheckpoint(log, trainer.models) }
        throw CancellationError()
      }
      let diagnostics = try trainer.runRound(round, charging: &ledgers)
      log.finish(round, diagnostics)
      var accuracies: [Double]?
      if measuredRounds.contains(round) {
        let models = trainer.models.map(\.evaluatedParameters)
        let evaluations = evaluator.evaluate(models)
        accuracies = evaluations.map(\.accuracy)
        for index in group.trials.indices {
          log.measurements[index] += Self.measurements(
            round, evaluations[index], diagnostics[index],
            clippingNorm: trainer.models[index].adaptiveClippingNorm,
            log.tallies[index].metrics(of: group.trials[index].plan))
        }
        for (site, evaluator) in sites {
          for (index, evaluation) in evaluator.evaluate(models).enumerated() {
            log.measurements[index].append(
              FinishedTrial.Measurement(
                round: round, metric: .accuracy, site: site, value: evaluation.accuracy))
          }
        }
      }
      afterRound(round, accuracies)
      if trainer.canResume, log.timeSinceCheckpoint >= checkpointInterval,
        round < plan.training.rounds
      {
        try keepCheckpoint(log, trainer.models)
        log.noteCheckpoint()
      }
    }
    if let audit {
      for (index, trial) in group.trials.enumerated() {
        log.measurements[index] += try audit.measurements(
          of: trainer.models[index], round: plan.training.rounds, delta: trial.plan.privacy.delta)
      }
    }
    return group.trials.indices.map { index in
      FinishedTrial(
        measurements: log.measurements[index], ledger: ledgers[index].ledger,
        timing: TimingRow(
          trial: group.trials[index].id.description, seconds: log.seconds, updates: log.updates))
    }
  }

  /// The ledgers, with the releases of the rounds that are through.
  private func openLedgers() throws -> [DurableLedger] {
    let releasesPerRound = plan.training.releasesPerRound
    let ledgers = try group.trials.map {
      try directory.ledger(of: $0.id, releases: $0.plan.training.rounds * releasesPerRound)
    }
    for (index, progress) in group.progress.enumerated() {
      let ledger = ledgers[index]
      let released = progress.round * releasesPerRound
      guard ledger.reservedCount >= released else {
        throw ResultsError.wrongCheckpoint(
          file: progress.file,
          reason: "it is at round \(progress.round), and the ledger of trial "
            + "\(group.trials[index].id) charges \(ledger.reservedCount) releases")
      }
      let plan = group.trials[index].plan
      let event = plan.sampler.amplified(try plan.privacy.mechanism.event)
      for _ in 0..<released { try ledger.record(event) }
    }
    return ledgers
  }

  private func keepCheckpoint(_ log: GroupLog, _ models: [ModelInTraining]) throws {
    guard log.round > group.round else { return }
    var trials: [String: GroupCheckpoint.Trial] = [:]
    for (index, trial) in group.trials.enumerated() {
      trials[trial.id.description] = GroupCheckpoint.Trial(
        training: models[index].checkpoint, measurements: log.measurements[index],
        tally: log.tallies[index])
    }
    let checkpoint = GroupCheckpoint(
      round: log.round, seconds: log.seconds, updates: log.updates, trials: trials)
    try directory.keepCheckpoint(
      try CanonicalJSON.line(checkpoint), of: group.trials[0].id)
  }

  private static func measurements(
    _ round: Int, _ evaluation: Evaluation, _ diagnostics: RoundDiagnostics,
    clippingNorm: Double?, _ links: [(Metric, Double?)]
  ) -> [FinishedTrial.Measurement] {
    let values: [(Metric, Double?)] = [
      (.accuracy, evaluation.accuracy), (.loss, evaluation.loss),
      (.clippingNorm, clippingNorm),
      (.diagnosticCohortSize, Double(diagnostics.cohortSize)),
      (.diagnosticClippedFraction, diagnostics.clippedFraction),
      (.diagnosticMeanUpdateNorm, diagnostics.meanUpdateNorm),
    ]
    return (values + links).compactMap { metric, value in
      value.map { FinishedTrial.Measurement(round: round, metric: metric, value: $0) }
    }
  }
}
