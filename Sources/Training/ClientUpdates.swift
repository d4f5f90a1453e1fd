public import Datasets
public import LinearAlgebra
public import Mechanisms
public import Models
internal import Randomness

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
///
/// The cohort is cut into lanes by its members' places, and each lane's deltas are summed apart, so
/// that the sums do not depend on how many threads there are.
public struct ClientUpdates: UpdateSource {
  private let network: Network
  private let training: LocalTraining
  private let examples: LabeledExamples
  private let clients: ClientExamples
  /// One a worker.
  private var benches: [ClientBench] = []
  private var lanes: [ClientLane] = []

  private static let mostLanes = 8

  public init(
    network: Network, training: LocalTraining, examples: LabeledExamples, clients: ClientExamples
  ) {
    self.network = network
    self.training = training
    self.examples = examples
    self.clients = clients
  }

  public var population: Int { clients.clientCount }

  public mutating func addUpdates(
    of cohort: [Int], round: Int, keys: SharedKeys, to models: [ModelInRound], workers: Workers
  ) -> [ClipOutcomes] {
    let laneCount = min(Self.mostLanes, cohort.count)
    reserve(models, lanes: laneCount, workers: workers.count)
    let (benches, lanes) = (benches, lanes)
    workers.run(parts: laneCount) { worker, lane in
      let (bench, lane) = (benches[worker], lanes[lane])
      let start = cohort.count * lane.index / laneCount
      let end = cohort.count * (lane.index + 1) / laneCount
      for client in cohort[start..<end] {
        flushingSubnormals {
          bench.train(
            models, on: client, of: clients, examples, network, training,
            key: keys.batches(round: round, client: client))
        }
        for index in models.indices { lane.add(bench.delta(of: models, at: index), at: index) }
      }
    }
    return models.indices.map { index in
      var outcomes = ClipOutcomes()
      for lane in lanes[..<laneCount] { outcomes.add(lane.hand(to: models[index].sum, at: index)) }
      return outcomes
    }
  }

  private mutating func reserve(_ models: [ModelInRound], lanes laneCount: Int, workers: Int) {
    while benches.count < workers { benches.append(ClientBench(network, training)) }
    if lanes.count < laneCount || lanes.first?.parts.count != models.count {
      lanes = (0..<Self.mostLanes).map { ClientLane(index: $0, models: models) }
    }
    for lane in lanes {
      for (part, model) in zip(lane.parts, models) { part.prepare(for: model.sum) }
    }
  }
}

/// A worker's buffers.
private final class ClientBench {
  private var workspace: Workspace
  private var order: [Int32] = []
  /// The client's copy of each model.
  private var locals: [[Float]] = []
  private var delta: [Float]

  init(_ network: Network, _ training: LocalTraining) {
    workspace = Workspace(for: network, capacity: training.batchSize)
    delta = [Float](repeating: 0, count: network.parameterCount)
  }

  func train(
    _ models: [ModelInRound], on client: Int, of clients: ClientExamples,
    _ examples: LabeledExamples, _ network: Network, _ training: LocalTraining, key: StreamKey
  ) {
    var stream = RandomStream(key)
    clients.list(client: client, into: &order)
    while locals.count < models.count { locals.append(delta) }
    for (index, model) in models.enumerated() { copy(model.parameters, into: &locals[index]) }
    for _ in 0..<training.localEpochs {
      stream.shuffle(&order)
      for start in stride(from: 0, to: order.count, by: training.batchSize) {
        let batch = order[start..<min(start + training.batchSize, order.count)]
        workspace.load(batch, features: examples.features, labels: examples.labels)
        for index in models.indices {
          network.descend(
            &locals[index], learningRate: Float(training.localLearningRate), in: &workspace)
        }
      }
    }
  }

  /// What the client would send for a model.
  func delta(of models: [ModelInRound], at index: Int) -> [Float] {
    subtract(models[index].parameters, from: locals[index], into: &delta)
    return delta
  }
}

/// The clipped deltas of one part of a cohort, summed apart for each model.
private final class ClientLane {
  let index: Int
  let parts: [ClippedSum]
  private var outcomes: [ClipOutcomes]

  init(index: Int, models: [ModelInRound]) {
    self.index = index
    parts = models.map { $0.sum.makePart() }
    outcomes = models.map { _ in ClipOutcomes() }
  }

  func add(_ delta: [Float], at index: Int) {
    outcomes[index].note(parts[index].add(clipping: delta))
  }

  /// Adds what was collected for a model to its sum, and starts over.
  func hand(to sum: ClippedSum, at index: Int) -> ClipOutcomes {
    sum.add(parts[index])
    defer { outcomes[index] = ClipOutcomes() }
    return outcomes[index]
  }
}
