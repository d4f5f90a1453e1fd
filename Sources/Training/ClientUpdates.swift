public import Datasets
internal import LinearAlgebra
public import Models
public import Randomness

/// How a client trains on its own examples.
public struct LocalTraining: Hashable, Sendable {
  /// Passes over the client's examples.
  public let localEpochs: Int
  /// Examples a step; the last batch of an epoch may be smaller.
  public let batchSize: Int
  public let localLearningRate: Double

  public init(localEpochs: Int, batchSize: Int, localLearningRate: Double) {
    precondition(localEpochs > 0 && batchSize > 0, "epochs and batch size are positive")
    precondition(
      localLearningRate.isFinite && localLearningRate > 0, "the learning rate is positive")
    self.localEpochs = localEpochs
    self.batchSize = batchSize
    self.localLearningRate = localLearningRate
  }
}

/// Model deltas after local stochastic gradient descent (FedAvg, McMahan et al. 2017). Clients keep
/// no state between rounds.
public struct ClientUpdates: UpdateSource {
  private let network: DenseNetwork
  private let training: LocalTraining
  private let examples: LabeledImages
  private let partition: ClientPartition
  private var workspace: DenseWorkspace
  private var local: [Float]

  public init(
    network: DenseNetwork, training: LocalTraining, examples: LabeledImages,
    partition: ClientPartition
  ) {
    self.network = network
    self.training = training
    self.examples = examples
    self.partition = partition
    workspace = DenseWorkspace(for: network, capacity: training.batchSize)
    local = [Float](repeating: 0, count: network.parameterCount)
  }

  public var population: Int { partition.clientCount }

  public mutating func update(
    ofUnit unit: Int, from parameters: [Float], key: StreamKey, into update: inout [Float]
  ) {
    var stream = RandomStream(key)
    var order = Array(partition.examples(ofClient: unit))
    local.replaceSubrange(0..<local.count, with: parameters)
    for _ in 0..<training.localEpochs {
      stream.shuffle(&order)
      for start in stride(from: 0, to: order.count, by: training.batchSize) {
        let batch = order[start..<min(start + training.batchSize, order.count)]
        workspace.load(batch, pixels: examples.pixels, labels: examples.labels)
        network.descend(
          &local, learningRate: Float(training.localLearningRate), in: &workspace)
      }
    }
    subtract(parameters, from: local, into: &update)
  }
}
