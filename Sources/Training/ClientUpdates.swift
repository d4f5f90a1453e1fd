public import Datasets
public import LinearAlgebra
public import Mechanisms
public import Models

/// Model deltas after local stochastic gradient descent (FedAvg, McMahan et al. 2017), and with
/// ``ControlVariates`` the changes of those behind them. Clients keep control variates between rounds,
/// and else nothing.
///
/// The cohort is cut into lanes by its members' places, and each lane's updates are summed apart, so
/// that the sums do not depend on how many threads there are.
public struct ClientUpdates: UpdateSource {
  private let network: Network
  private let training: LocalTraining
  private let examples: LabeledExamples
  private let clients: ClientExamples
  private var memory: ClientMemory
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
    memory = ClientMemory(
      length: training.controlVariates == nil ? 0 : network.parameterCount)
  }

  public var population: Int { clients.clientCount }

  public var expectedWeight: Double { training.weighting.expectedWeight }

  public var canResume: Bool { training.controlVariates == nil }

  public mutating func addUpdates(
    of cohort: [Int], round: Int, keys: SharedKeys, to models: [ModelInRound], workers: Workers
  ) -> [ClipOutcomes] {
    let laneCount = min(Self.mostLanes, cohort.count)
    reserve(models, lanes: laneCount, workers: workers.count)
    let (benches, lanes) = (benches, lanes)
    let states = cohort.map { memory.take($0, models: models.count) }
    workers.run(parts: laneCount) { worker, lane in
      let (bench, lane) = (benches[worker], lanes[lane])
      let start = cohort.count * lane.index / laneCount
      let end = cohort.count * (lane.index + 1) / laneCount
      for place in start..<end {
        let (client, state) = (cohort[place], states[place])
        // 1. The client trains on its own examples.
        flushingSubnormals {
          bench.train(
            models, on: client, of: clients, examples, keeping: state,
            key: keys.batches(round: round, client: client))
        }
        for index in models.indices {
          // 2. What it would send.
          let update = bench.update(of: models, at: index, keeping: state)
          // 3. Clip it, weigh it and add it.
          lane.add(update, weight: bench.weight, from: client, at: index)
        }
      }
    }
    for (client, state) in zip(cohort, states) { memory.put(state, of: client) }
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

/// The clipped updates of one part of a cohort, summed apart for each model.
private final class ClientLane {
  let index: Int
  let parts: [ClippedSum]
  private var outcomes: [ClipOutcomes]

  init(index: Int, models: [ModelInRound]) {
    self.index = index
    parts = models.map { $0.sum.makePart() }
    outcomes = models.map { _ in ClipOutcomes() }
  }

  func add(_ update: [Float], weight: Double, from client: Int, at index: Int) {
    outcomes[index].note(parts[index].add(clipping: update, weight: weight, from: client))
  }

  /// Adds what was collected for a model to its sum, and starts over.
  func hand(to sum: ClippedSum, at index: Int) -> ClipOutcomes {
    sum.add(parts[index])
    defer { outcomes[index] = ClipOutcomes() }
    return outcomes[index]
  }
}
