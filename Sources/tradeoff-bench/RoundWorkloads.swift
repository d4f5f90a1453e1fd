import Datasets
import LinearAlgebra
import Models
import Randomness
import Training

/// Rounds of federated averaging on Fashion-MNIST.
struct RoundWorkload {
  let name: String
  let architecture: Architecture
  let clients: @Sendable (LabeledExamples) -> ClientExamples
  let cohortSize: Int
  let training: LocalTraining
  let isPrivate: Bool
  /// Rounds that are timed together.
  let rounds: Int
  let unit: Unit

  enum Unit: String {
    case clients
    case rounds
  }

  static let all = [
    RoundWorkload(
      name: "fedavg-mlp", architecture: StepWorkload.perceptron,
      clients: { dealt($0, clients: 1000, .dirichlet(alpha: 0.3)) }, cohortSize: 100,
      training: LocalTraining(localEpochs: 1, batchSize: 10, localLearningRate: 0.05),
      isPrivate: true, rounds: 30, unit: .clients),
    RoundWorkload(
      name: "fedavg-logistic", architecture: .logisticRegression,
      clients: { dealt($0, clients: 1200, .iid) }, cohortSize: 1000,
      training: LocalTraining(localEpochs: 1, batchSize: 10, localLearningRate: 0.05),
      isPrivate: true, rounds: 20, unit: .clients),
    RoundWorkload(
      name: "tutorial", architecture: StepWorkload.perceptron,
      clients: { dealt($0, clients: 10, .iid) }, cohortSize: 5,
      training: LocalTraining(localEpochs: 1, batchSize: 32, localLearningRate: 0.01),
      isPrivate: false, rounds: 5, unit: .rounds),
    population(10_000), population(100_000), population(1_000_000),
    RoundWorkload(
      name: "population-1000000-cohort-10000", architecture: .logisticRegression,
      clients: { drawn($0, clients: 1_000_000) }, cohortSize: 10_000, training: onePass,
      isPrivate: true, rounds: 2, unit: .rounds),
  ]

  private static let onePass = LocalTraining(
    localEpochs: 1, batchSize: 10, localLearningRate: 0.05)

  private static func population(_ count: Int) -> RoundWorkload {
    RoundWorkload(
      name: "population-\(count)", architecture: .logisticRegression,
      clients: { drawn($0, clients: count) }, cohortSize: 1000, training: onePass,
      isPrivate: true, rounds: 20, unit: .rounds)
  }

  private static func dealt(
    _ images: LabeledExamples, clients: Int, _ partition: Partition
  ) -> ClientExamples {
    guard
      let partition = try? partition.assign(
        labels: images.labels, classCount: images.classCount, among: clients,
        key: StreamKey(seed: 7))
    else { preconditionFailure("there are examples for all clients") }
    return .dealt(partition)
  }

  private static func drawn(_ images: LabeledExamples, clients: Int) -> ClientExamples {
    .drawn(
      DrawnClients(
        clientCount: clients, examplesPerClient: 50, exampleCount: images.exampleCount,
        key: StreamKey(seed: 8)))
  }

  func measure(on images: LabeledExamples, threads: Int) -> Throughput {
    let network = architecture.network(for: images)
    let clients = clients(images)
    let model = network.model(
      noiseMultiplier: isPrivate ? 1 : nil, learningRate: 1, rounds: rounds,
      initial: StreamKey(seed: 4), noise: StreamKey(seed: 5))
    var trainer = Trainer(
      models: [model],
      sampler: FixedSizeSampler(cohortSize: cohortSize, populationSize: clients.clientCount),
      source: ClientUpdates(
        network: network, training: training, examples: images, clients: clients),
      keys: SharedKeys(StreamKey(seed: 6)), workers: Workers(count: threads))
    return Throughput(
      name, mode: isPrivate ? "private" : "plain", threads: threads, unit: unit.rawValue,
      units: Double(unit == .clients ? rounds * cohortSize : rounds)
    ) {
      trainer.run(rounds: rounds)
    }
  }
}
