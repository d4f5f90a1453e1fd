internal import Datasets
internal import LinearAlgebra
internal import Models
internal import Randomness
internal import Results
internal import Training

extension TrialGroup {
  /// What trains all trials side by side.
  ///
  /// - Parameter entropy: the run's, where they draw from it.
  func trainer(
    of network: Network, on data: TrialData, workers: Workers, entropy: StreamKey?
  ) throws -> any RoundTrainer {
    let plan = trials[0].plan
    if let silos = plan.training.silos {
      return SiloTrainer(
        models: try models(of: network, entropy), training: silos, network: network,
        silos: data.silos, sampler: plan.training.sampler(unitCount:),
        keys: plan.sharedKeys(entropy: entropy), workers: workers)
    }
    if let local = plan.training.local, let clients = data.clients {
      return try trainer(
        ClientUpdates(
          network: network, training: local, examples: data.training, clients: clients,
          link: plan.training.links.link, participation: plan.training.links.participation),
        of: network, workers: workers, entropy: entropy)
    }
    return try trainer(
      ExampleGradients(
        network: network, examples: data.training,
        expectedBatchSize: plan.sampler.expectedCohortSize),
      of: network, workers: workers, entropy: entropy)
  }

  private func trainer(
    _ source: some UpdateSource, of network: Network, workers: Workers, entropy: StreamKey?
  ) throws -> any RoundTrainer {
    let plan = trials[0].plan
    return Trainer(
      models: try models(of: network, entropy), sampler: plan.sampler,
      participation: plan.training.links.participation, source: source,
      keys: plan.sharedKeys(entropy: entropy), workers: workers)
  }

  /// The models before the first round, or where they go on.
  private func models(
    of network: Network, _ entropy: StreamKey?
  ) throws -> [ModelInTraining] {
    var models = try trials.map {
      try $0.plan.model(of: network, keys: $0.plan.noiseKeys(of: $0.id, entropy: entropy))
    }
    for (index, progress) in progress.enumerated() {
      do {
        try models[index].restore(progress.training)
      } catch {
        throw ResultsError.wrongCheckpoint(file: progress.file, reason: error.description)
      }
    }
    return models
  }
}

extension TrialPlan {
  /// The trial's model before the first round.
  fileprivate func model(of network: Network, keys: NoiseKeys) throws -> ModelInTraining {
    var initialization = RandomStream(sharedKeys.initialParameters)
    return ModelInTraining(
      initialParameters: network.initialParameters(from: &initialization),
      layers: network.layerRanges,
      mechanism: try privacy.mechanism(counting: training.links.countStandardDeviation),
      optimizer: Optimizer(
        training.optimizer, rounds: training.rounds, parameterCount: network.parameterCount),
      averaging: training.averaging,
      controlVariate: training.local?.controlVariates.map {
        ServerControlVariate(
          $0, unitCount: dataset.unitCount, parameterCount: network.parameterCount)
      }, keys: keys)
  }
}
