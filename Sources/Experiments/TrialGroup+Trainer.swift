internal import Datasets
internal import LinearAlgebra
internal import Mechanisms
internal import Models
internal import Randomness
internal import Results
internal import Training

extension TrialGroup {
  /// What trains all trials side by side.
  ///
  /// - Parameters:
  ///   - audit: whose canaries are behind the units; nil without.
  ///   - entropy: the run's, where they draw from it.
  func trainer(
    of network: Network, on data: TrialData, audit: GroupAudit?, workers: Workers,
    entropy: StreamKey?
  ) throws -> any RoundTrainer {
    let plan = trials[0].plan
    if let silos = plan.training.silos {
      return SiloTrainer(
        models: try models(of: network, entropy), training: silos, network: network,
        silos: data.silos, sampler: plan.training.sampler(unitCount:),
        keys: plan.sharedKeys(entropy: entropy), workers: workers)
    }
    if let local = plan.training.local, let clients = data.clients {
      func updates(_ examples: LabeledExamples, _ clients: ClientExamples) -> ClientUpdates {
        ClientUpdates(
          network: network, training: local, examples: examples, clients: clients,
          link: plan.training.links.link, participation: plan.training.links.participation)
      }
      return try trainer(
        updates(data.training, clients), of: network, audit: audit, workers: workers,
        entropy: entropy
      ) { updates($0.examples, try $0.clients(key: plan.sharedKeys.canaryMakeup)) }
    }
    func gradients(_ examples: LabeledExamples, unitCount: Int) -> ExampleGradients {
      ExampleGradients(
        network: network, examples: examples,
        expectedBatchSize: plan.training.sampler(unitCount: unitCount).expectedCohortSize)
    }
    return try trainer(
      gradients(data.training, unitCount: plan.dataset.unitCount), of: network, audit: audit,
      workers: workers, entropy: entropy
    ) { gradients($0.examples, unitCount: $0.unitCount) }
  }

  private func trainer<Source: UpdateSource>(
    _ source: Source, of network: Network, audit: GroupAudit?, workers: Workers,
    entropy: StreamKey?, mislabeled: (MislabeledExamples) throws -> Source
  ) throws -> any RoundTrainer {
    guard let audit else {
      return try trainer(source, of: network, workers: workers, entropy: entropy)
    }
    return try trainer(
      try audit.updates(
        behind: source, unboundedNorms: trials.map(\.plan.privacy.clippingNorm),
        units: mislabeled), of: network, workers: workers, entropy: entropy)
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
      try $0.plan.model(
        of: network, startingFrom: $0.plan.sharedKeys.initialParameters,
        mechanism: $0.plan.privacy.mechanism(
          counting: $0.plan.training.links.countStandardDeviation),
        keys: $0.plan.noiseKeys(of: $0.id, entropy: entropy))
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
  /// The trial's model before the first round, its parameters drawn with `key`.
  func model(
    of network: Network, startingFrom key: StreamKey, mechanism: any NoiseMechanism,
    keys: NoiseKeys
  ) -> ModelInTraining {
    var initialization = RandomStream(key)
    return ModelInTraining(
      initialParameters: network.initialParameters(from: &initialization),
      layers: network.layerRanges,
      mechanism: mechanism,
      optimizer: Optimizer(
        training.optimizer, rounds: training.rounds, parameterCount: network.parameterCount),
      averaging: training.averaging,
      controlVariate: training.local?.controlVariates.map {
        ServerControlVariate(
          $0, unitCount: dataset.unitCount, parameterCount: network.parameterCount)
      }, followsReleases: audit?.canary.seesReleases ?? false, keys: keys)
  }
}
