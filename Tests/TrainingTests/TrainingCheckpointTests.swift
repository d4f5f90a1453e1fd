import Accounting
import Datasets
import Foundation
import LinearAlgebra
import Mechanisms
import Models
import Randomness
import Testing

@testable import Training

/// A training that is stopped, written down, read and gone on with.
@Suite struct TrainingCheckpointTests {
  private static let network = Network(
    .multilayerPerceptron(hiddenWidths: [3]), input: Shape(features: 4), classCount: 2)
  private static let rounds = 9

  private static let rules: [OptimizerSettings.Rule] = [
    .sgd(momentum: 0, nesterov: false), .sgd(momentum: 0.9, nesterov: true),
    .adam(beta1: 0.9, beta2: 0.99, epsilon: 1e-8),
    .fedYogi(beta1: 0.9, beta2: 0.99, adaptivity: 0.1),
  ]

  private func model(
    _ rule: OptimizerSettings.Rule, averaging: Averaging, adapts: Bool
  ) throws -> ModelInTraining {
    var stream = RandomStream(StreamKey(seed: 1))
    let quantile = QuantileClipping(
      initialClippingNorm: 0.5, targetQuantile: 0.5, clippingLearningRate: 0.2,
      countStandardDeviation: 5)
    let mechanism: any NoiseMechanism =
      adapts
      ? try AdaptiveGaussianMechanism(clipping: quantile, noiseMultiplier: 1)
      : GaussianMechanism(clippingNorm: 0.5, noiseMultiplier: 1)
    return ModelInTraining(
      initialParameters: Self.network.initialParameters(from: &stream),
      layers: Self.network.layerRanges, mechanism: mechanism,
      optimizer: Optimizer(
        OptimizerSettings(rule, learningRate: 0.1), rounds: Self.rounds,
        parameterCount: Self.network.parameterCount),
      averaging: averaging, keys: NoiseKeys(StreamKey(seed: 2)))
  }

  private func trainer(_ model: ModelInTraining) -> Trainer<ExampleGradients> {
    let labels = (0..<40).map { UInt8($0 % 2) }
    let pixels = (0..<160).map { UInt8(truncatingIfNeeded: $0 &* 37) }
    return Trainer(
      models: [model], sampler: PoissonSampler(samplingRate: 0.5, unitCount: 40),
      source: ExampleGradients(
        network: Self.network,
        examples: LabeledExamples(
          features: .bytes(pixels), labels: labels, featureCount: 4, classCount: 2),
        expectedBatchSize: 20),
      keys: SharedKeys(StreamKey(seed: 3)))
  }

  @Test(arguments: rules, [Averaging.none, .exponential(decay: 0.9, warmUp: true), .tail(from: 3)])
  func whatWasWrittenGoesOnToTheLastBit(
    rule: OptimizerSettings.Rule, averaging: Averaging
  ) throws {
    for adapts in [false, true] {
      var ledgers = [Ledger()]
      var straight = trainer(try model(rule, averaging: averaging, adapts: adapts))
      var checkpoints: [Data] = []
      for round in 1...Self.rounds {
        _ = try straight.runRound(round, charging: &ledgers)
        checkpoints.append(try JSONEncoder().encode(straight.models[0].checkpoint))
      }
      for (index, data) in checkpoints.enumerated() {
        var resumed = try model(rule, averaging: averaging, adapts: adapts)
        try resumed.restore(try JSONDecoder().decode(TrainingCheckpoint.self, from: data))
        var rest = trainer(resumed)
        for round in (index + 2)..<(Self.rounds + 1) {
          _ = try rest.runRound(round, charging: &ledgers)
        }
        #expect(rest.models[0].checkpoint == straight.models[0].checkpoint)
        #expect(rest.models[0].evaluatedParameters == straight.models[0].evaluatedParameters)
      }
    }
  }

  @Test func checkpointsOfOtherSettingsAreRefused() throws {
    let plain = try model(Self.rules[0], averaging: .none, adapts: false)
    let others = [
      try model(Self.rules[1], averaging: .none, adapts: false),
      try model(Self.rules[0], averaging: .tail(from: 1), adapts: false),
      try model(Self.rules[0], averaging: .none, adapts: true),
    ]
    for other in others {
      for (from, onto) in [(plain, other), (other, plain)] {
        var model = onto
        #expect(throws: TrainingStateError.self) { try model.restore(from.checkpoint) }
        #expect(model.checkpoint == onto.checkpoint)
      }
    }
  }

  @Test func anImpossibleClippingNormIsRefused() throws {
    var adaptive = try model(Self.rules[0], averaging: .none, adapts: true)
    for norm in [0, -1, Double.nan, .infinity, 1e31] {
      let before = adaptive.checkpoint
      let checkpoint = TrainingCheckpoint(
        parameters: before.parameters, optimizer: before.optimizer, average: before.average,
        clippingNorm: norm)
      #expect(throws: TrainingStateError.self) { try adaptive.restore(checkpoint) }
      #expect(adaptive.checkpoint == before)
    }
  }
}
