public import Accounting
public import Datasets
public import LinearAlgebra
public import Models

/// An institution that holds examples of many people and takes part in every round.
public struct Silo: Sendable {
  public let examples: LabeledExamples
  /// How many examples the plan says that it holds: a public constant.
  public let declaredSize: Int

  public init(examples: LabeledExamples, declaredSize: Int) {
    precondition(declaredSize > 0, "a silo declares at least one example")
    self.examples = examples
    self.declaredSize = declaredSize
  }
}

/// Cross-silo training that protects single examples: in a round every silo starts from the global
/// model and takes steps of DP-SGD on its own examples, and the server averages the silos' models.
///
/// What leaves a silo is made of its releases alone. An example lies in one silo, and which one is
/// public, so a round costs it what one silo's steps cost: see `ParallelRecorder`. Neighbors differ in
/// one example within one silo; the sizes that silos declare, which divide their sums and may weigh
/// their models, are the same on both.
public struct SiloTrainer: RoundTrainer {
  public private(set) var models: [ModelInTraining]
  private let training: SiloTraining
  /// Of the silos in the mean; they add up to 1.
  private let weights: [Double]
  private var silos: [Trainer<ExampleGradients>]

  /// - Parameters:
  ///   - models: without adaptive clipping: a silo has no state between rounds.
  ///   - sampler: who takes part in a step of a silo that declares so many examples.
  public init(
    models: [ModelInTraining], training: SiloTraining, network: Network, silos: [Silo],
    sampler: (_ declaredSize: Int) -> any CohortSampler, keys: SharedKeys, workers: Workers = .one
  ) {
    precondition(!silos.isEmpty, "there is at least one silo")
    self.models = models
    self.training = training
    let total = silos.reduce(0) { $0 + $1.declaredSize }
    weights = silos.map {
      switch training.weighting {
      case .uniform: 1 / Double(silos.count)
      case .declaredSize: Double($0.declaredSize) / Double(total)
      }
    }
    self.silos = silos.enumerated().map { index, silo in
      let sampler = sampler(silo.declaredSize)
      return Trainer(
        models: models.map { $0.copy(atSilo: index, learningRate: training.learningRate) },
        sampler: sampler,
        source: ExampleGradients(
          network: network, examples: silo.examples,
          expectedBatchSize: sampler.expectedCohortSize),
        keys: keys.silo(index), workers: workers)
    }
  }

  public var canResume: Bool { true }

  /// One round: every silo's steps, and the server's.
  ///
  /// - Parameters:
  ///   - round: from 1.
  ///   - recorders: one a model; each has what a step costs before any of its releases is used.
  /// - Returns: sensitive facts about all steps of all silos, one entry a model.
  public mutating func runRound<Recorder: EventRecorder>(
    _ round: Int, charging recorders: inout [Recorder]
  ) throws(Recorder.Failure) -> [RoundDiagnostics] {
    precondition(recorders.count == models.count, "one recorder a model")
    var charges = recorders.map { ParallelRecorder($0) }
    defer { recorders = charges.map(\.recorder) }
    var means = models.map { [Double](repeating: 0, count: $0.parameters.count) }
    var diagnostics = models.map { _ in RoundDiagnostics() }

    for silo in silos.indices {
      // 1. A silo starts from the global model.
      silos[silo].start(from: models)
      for index in charges.indices { charges[index].beginPart() }

      // 2. It trains, and pays for every release.
      for step in 1...training.localSteps {
        let step = try silos[silo].runRound(
          (round - 1) * training.localSteps + step, charging: &charges)
        for index in models.indices { diagnostics[index].add(step[index]) }
      }
      for (index, model) in silos[silo].models.enumerated() {
        add(model.parameters, scale: weights[silo], to: &means[index])
      }
    }

    // 3. The server averages the silos' models.
    for index in models.indices {
      models[index].step(toward: scaled(means[index], by: 1), round: round)
    }
    return diagnostics
  }
}
