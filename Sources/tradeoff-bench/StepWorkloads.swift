import Datasets
import LinearAlgebra
import Models
import Randomness
import Training

/// Steps of DP-SGD and of plain SGD on batches of Fashion-MNIST, sampled, clipped, noised and applied.
struct StepWorkload {
  let name: String
  let architecture: Architecture
  let batchSize: Int
  /// Steps that are timed together.
  let steps: Int

  static let all = [
    StepWorkload(
      name: "logistic-256", architecture: .logisticRegression, batchSize: 256, steps: 2000),
    StepWorkload(
      name: "logistic-2048", architecture: .logisticRegression, batchSize: 2048, steps: 300),
    StepWorkload(name: "mlp-256", architecture: perceptron, batchSize: 256, steps: 500),
    StepWorkload(name: "mlp-2048", architecture: perceptron, batchSize: 2048, steps: 80),
    StepWorkload(name: "cnn-256", architecture: .temperedConvolution(), batchSize: 256, steps: 60),
    StepWorkload(
      name: "cnn-2048", architecture: .temperedConvolution(), batchSize: 2048, steps: 8),
  ]

  static let perceptron = Architecture.multilayerPerceptron(hiddenWidths: [128, 64])

  func measure(on images: LabeledExamples, isPrivate: Bool, threads: Int) -> Throughput {
    let network = architecture.network(for: images)
    let model = network.model(
      noiseMultiplier: isPrivate ? 1 : nil, learningRate: 0.1, rounds: steps,
      initial: StreamKey(seed: 4), noise: StreamKey(seed: 5))
    var trainer = Trainer(
      models: [model],
      sampler: PoissonSampler(
        samplingRate: Double(batchSize) / Double(images.exampleCount),
        unitCount: images.exampleCount),
      source: ExampleGradients(
        network: network, examples: images, expectedBatchSize: Double(batchSize)),
      keys: SharedKeys(StreamKey(seed: 6)), workers: Workers(count: threads))
    return Throughput(
      name, mode: isPrivate ? "private" : "plain", threads: threads, unit: "examples",
      units: Double(steps * batchSize)
    ) {
      trainer.run(rounds: steps)
    }
  }
}
