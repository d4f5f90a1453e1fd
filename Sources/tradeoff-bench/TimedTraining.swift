import Accounting
import Datasets
import LinearAlgebra
import Mechanisms
import Models
import Randomness
import Training

extension Architecture {
  func network(for images: LabeledExamples) -> Network {
    Network(
      self, input: Shape(height: 28, width: 28, channels: 1), classCount: images.classCount)
  }
}

extension Network {
  /// A model at its start, with clipping norm 1, or without privacy where there is no noise
  /// multiplier, under plain gradient descent.
  func model(
    noiseMultiplier: Double?, learningRate: Double, rounds: Int, initial: StreamKey,
    noise: StreamKey
  ) -> ModelInTraining {
    var stream = RandomStream(initial)
    let mechanism: any NoiseMechanism =
      if let noiseMultiplier {
        GaussianMechanism(clippingNorm: 1, noiseMultiplier: noiseMultiplier, sampler: .bulk)
      } else {
        NonPrivateMechanism()
      }
    return ModelInTraining(
      initialParameters: initialParameters(from: &stream), layers: layerRanges,
      mechanism: mechanism,
      optimizer: Optimizer(
        OptimizerSettings(.sgd(momentum: 0, nesterov: false), learningRate: learningRate),
        rounds: rounds, parameterCount: parameterCount),
      keys: NoiseKeys(noise))
  }
}

extension Trainer {
  /// Runs the rounds with ledgers in memory.
  mutating func run(rounds: Int) {
    var ledgers = models.map { _ in Ledger() }
    for round in 1...rounds {
      guard (try? runRound(round, charging: &ledgers)) != nil else {
        preconditionFailure("a ledger in memory takes every event")
      }
    }
  }
}
