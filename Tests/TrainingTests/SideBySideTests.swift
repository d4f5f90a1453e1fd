import Accounting
import Datasets
import LinearAlgebra
import Mechanisms
import Models
import Randomness
import Testing
import Training

/// What a model becomes depends neither on how many threads there are nor on the models beside it.
@Suite struct SideBySideTests {
  static let shared = SharedKeys(StreamKey(seed: 381).child(.replicate))
  static let rounds = 4

  /// Models that differ in mechanism, clipping, noise, sampler, optimizer and averaging.
  struct Run {
    let mechanism: any NoiseMechanism
    var rule = OptimizerSettings.Rule.sgd(momentum: 0, nesterov: false)
    var averaging = Averaging.none
  }

  static func runs() throws -> [Run] {
    let clipping = QuantileClipping(
      initialClippingNorm: 0.2, targetQuantile: 0.5, clippingLearningRate: 0.3,
      countStandardDeviation: 4)
    return [
      Run(mechanism: NonPrivateMechanism()),
      Run(mechanism: GaussianMechanism(clippingNorm: 0.5, noiseMultiplier: 1, sampler: .bulk)),
      Run(
        mechanism: GaussianMechanism(clippingNorm: 0.5, noiseMultiplier: 2, sampler: .gsl),
        rule: .sgd(momentum: 0.9, nesterov: true)),
      Run(
        mechanism: GaussianMechanism(
          clippingNorm: 0.1, rule: .perLayer, noiseMultiplier: 0.7, sampler: .bulk),
        averaging: .exponential(decay: 0.9, warmUp: true)),
      Run(
        mechanism: GaussianMechanism(
          clippingNorm: 1, rule: .automatic(stability: 0.01), noiseMultiplier: 0.5),
        rule: .adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-8)),
      Run(mechanism: try AdaptiveGaussianMechanism(clipping: clipping, noiseMultiplier: 1)),
      // So much noise that the model diverges and its gradients overflow.
      Run(mechanism: GaussianMechanism(clippingNorm: 1e20, noiseMultiplier: 1e21)),
    ]
  }

  /// Besides those, clients that make their contributions' noise themselves.
  static func clientRuns(dimension: Int) throws -> [Run] {
    let encoding = GridEncoding(
      dimension: dimension, clippingNorm: 0.5, granularity: 0.01, bits: 14)
    return try runs() + [
      Run(mechanism: LocalGaussianMechanism(clippingNorm: 0.5, noiseMultiplier: 1)),
      Run(
        mechanism: LocalGaussianMechanism(
          clippingNorm: 0.5, rule: .perLayer, noiseMultiplier: 2, sampler: .bulk)),
      Run(
        mechanism: try DistributedMechanism(
          encoding: encoding,
          noise: DistributedNoise(.discreteGaussian, variance: 2500, contributorCount: 3))),
      Run(
        mechanism: try DistributedMechanism(
          encoding: encoding,
          noise: DistributedNoise(.skellam, variance: 2500, contributorCount: 3)),
        rule: .sgd(momentum: 0.5, nesterov: false)),
    ]
  }

  static let architectures: [Architecture] = [
    .logisticRegression, .multilayerPerceptron(hiddenWidths: [7, 5]),
    Architecture(hiddenLayers: [
      .convolution(filters: 4, kernelSize: 2, stride: 1, padding: 1), .groupNorm(groups: 2),
      .activation(.tanh), .maxPool(size: 2, stride: 1),
      .convolution(filters: 8, kernelSize: 2, stride: 1, padding: 0), .activation(.relu), .flatten,
    ]),
  ]

  // MARK: Examples

  @Test(arguments: architectures) func examplesGiveTheSameBytesOnManyWorkers(
    architecture: Architecture
  ) throws {
    let one = try examples(architecture, Self.runs(), workers: 1)
    for workers in [2, 3, 8] {
      #expect(try examples(architecture, Self.runs(), workers: workers) == one)
    }
    #expect(Set(one).count == one.count)
  }

  @Test(arguments: architectures, [1, 3]) func examplesGiveTheSameBytesSideBySide(
    architecture: Architecture, workers: Int
  ) throws {
    let together = try examples(architecture, Self.runs(), workers: workers)
    for index in try Self.runs().indices {
      let alone = try examples(architecture, Self.runs(), only: index, workers: workers)
      #expect(alone == [together[index]])
    }
  }

  /// Nor does their order: whose gradients overflow comes last, and then first.
  @Test(arguments: architectures) func examplesGiveTheSameBytesInAnyOrder(
    architecture: Architecture
  ) throws {
    let together = try examples(architecture, Self.runs(), workers: 2)
    let reversed = try examples(architecture, Self.runs(), isReversed: true, workers: 2)
    #expect(reversed == together.reversed())
    let diverged = try #require(reversed.first)
    #expect(diverged.diagnostics.contains { $0.contains("normTotal: inf") })
  }

  // MARK: Clients

  /// Averaging alone, and all that clients may do besides.
  static let trainings = [
    LocalTraining(localEpochs: 2, batchSize: 2, localLearningRate: 0.3),
    LocalTraining(
      localEpochs: 2, batchSize: 2, localLearningRate: 0.3, l2: 0.01, proximal: 0.1,
      controlVariates: ControlVariates(scale: 2),
      weighting: .byExamples(cap: 10, expected: 5)),
  ]

  @Test(arguments: architectures, trainings) func clientsGiveTheSameBytesOnManyWorkers(
    architecture: Architecture, training: LocalTraining
  ) throws {
    let one = try clients(architecture, training, workers: 1)
    for workers in [2, 3, 8] {
      #expect(try clients(architecture, training, workers: workers) == one)
    }
    #expect(Set(one).count == one.count)
  }

  @Test(arguments: architectures, trainings) func clientsGiveTheSameBytesSideBySide(
    architecture: Architecture, training: LocalTraining
  ) throws {
    for workers in [1, 3] {
      let together = try clients(architecture, training, workers: workers)
      for index in together.indices {
        let alone = try clients(architecture, training, only: index, workers: workers)
        #expect(alone == [together[index]])
      }
    }
  }

  // MARK: -

  /// What a run ends with, to the bit.
  private struct End: Hashable {
    let parameters: [UInt32]
    let evaluated: [UInt32]
    let spent: Ledger
    /// As text, which equates not-a-number with itself.
    let diagnostics: [String]
  }

  private func examples(
    _ architecture: Architecture, _ runs: [Run], only: Int? = nil, isReversed: Bool = false,
    workers: Int
  ) throws -> [End] {
    let toy = try ToyClients(architecture, clientCount: 1, examplesPerClient: 900)
    return try ends(
      toy, runs, only, isReversed, PoissonSampler(samplingRate: 0.5, unitCount: 900),
      ExampleGradients(network: toy.network, examples: toy.images, expectedBatchSize: 450), nil,
      workers)
  }

  private func clients(
    _ architecture: Architecture, _ training: LocalTraining, only: Int? = nil, workers: Int
  ) throws -> [End] {
    let toy = try ToyClients(architecture, clientCount: 30, examplesPerClient: 5)
    let vectors = training.controlVariates == nil ? 1 : 2
    return try ends(
      toy, Self.clientRuns(dimension: vectors * toy.parameters.count), only, false,
      PoissonSampler(samplingRate: 0.5, unitCount: 30), toy.source(training),
      training.controlVariates, workers)
  }

  private func ends<Source: UpdateSource>(
    _ toy: ToyClients, _ runs: [Run], _ only: Int?, _ isReversed: Bool,
    _ sampler: any CohortSampler, _ source: Source, _ controls: ControlVariates?,
    _ workers: Int
  ) throws -> [End] {
    let chosen = only.map { [$0] } ?? (isReversed ? runs.indices.reversed() : Array(runs.indices))
    let models = chosen.map { index in
      ModelInTraining(
        initialParameters: toy.parameters, layers: toy.network.layerRanges,
        mechanism: runs[index].mechanism,
        optimizer: Optimizer(
          OptimizerSettings(runs[index].rule, learningRate: 0.5), rounds: Self.rounds,
          parameterCount: toy.parameters.count),
        averaging: runs[index].averaging,
        controlVariate: controls.map {
          ServerControlVariate($0, unitCount: 30, parameterCount: toy.parameters.count)
        },
        keys: NoiseKeys(StreamKey(seed: 381).child(.trial, UInt64(index))))
    }
    var trainer = Trainer(
      models: models, sampler: sampler, source: source, keys: Self.shared,
      workers: Workers(count: workers))
    var ledgers = [Ledger](repeating: Ledger(), count: models.count)
    var diagnostics = [[String]](repeating: [], count: models.count)
    for round in 1...Self.rounds {
      for (index, facts) in try trainer.runRound(round, charging: &ledgers).enumerated() {
        diagnostics[index].append("\(facts)")
      }
    }
    return models.indices.map { index in
      End(
        parameters: trainer.models[index].parameters.map(\.bitPattern),
        evaluated: trainer.models[index].evaluatedParameters.map(\.bitPattern),
        spent: ledgers[index], diagnostics: diagnostics[index])
    }
  }
}
