import Datasets
import Models
import Randomness
import Training

/// Clients that send what they are told to, whatever the model is.
struct ScriptedUpdates: UpdateSource {
  /// `[client][parameter]`
  var updates: [[Float]]

  var population: Int { updates.count }

  func update(
    ofUnit unit: Int, from parameters: [Float], key: StreamKey, into update: inout [Float]
  ) {
    update = updates[unit]
  }
}

/// Random images dealt to a few clients, in equal parts.
struct ToyClients {
  static let featureCount = 6
  static let classCount = 3
  let network: DenseNetwork
  let images: LabeledImages
  var partition: ClientPartition
  let parameters: [Float]

  init(
    _ architecture: Architecture, clientCount: Int, examplesPerClient: Int, seed: UInt64 = 301
  ) throws {
    let count = clientCount * examplesPerClient
    var stream = RandomStream(StreamKey(seed: seed))
    images = LabeledImages(
      pixels: (0..<count * Self.featureCount).map { _ in
        UInt8(stream.uniformInteger(below: 256))
      },
      labels: (0..<count).map { _ in UInt8(stream.uniformInteger(below: Self.classCount)) },
      featureCount: Self.featureCount, classCount: Self.classCount)
    partition = try Partition.iid.assign(
      labels: images.labels, classCount: Self.classCount, among: clientCount,
      key: StreamKey(seed: seed).child(.partition))
    let network = DenseNetwork(
      architecture, featureCount: Self.featureCount, classCount: Self.classCount)
    self.network = network
    parameters = (0..<network.parameterCount).map { _ in
      Float(stream.gaussian(standardDeviation: 0.5))
    }
  }

  func source(_ training: LocalTraining) -> ClientUpdates {
    ClientUpdates(network: network, training: training, examples: images, partition: partition)
  }
}

extension Optimizer {
  /// Federated averaging: the mean delta is added as it is.
  static func averaging(_ parameterCount: Int) -> Optimizer {
    Optimizer(
      OptimizerSettings(.sgd(momentum: 0, nesterov: false), learningRate: 1), rounds: 4000,
      parameterCount: parameterCount)
  }
}
