public import Datasets
public import LinearAlgebra
internal import Mechanisms
public import Models

/// Model deltas after local stochastic gradient descent (FedAvg, McMahan et al. 2017), and with
/// ``ControlVariates`` the changes of those behind them, as they arrive over an ``UpdateLink``. Clients keep
/// control variates and what compression kept back between rounds, and else nothing.
///
/// The cohort is cut into lanes by its members' places, and each lane's updates are summed apart, so
/// that the sums do not depend on how many threads there are.
public struct ClientUpdates: UpdateSource {
  private let network: Network
  private let training: LocalTraining
  private let examples: LabeledExamples
  private let clients: ClientExamples
  private let link: UpdateLink
  private let participation: Participation
  private var memory: ClientMemory
  private var keptBack: ClientMemory
  /// One a worker.
  private var benches: [ClientBench] = []
  private var lanes: [ClientLane] = []

  private static let mostLanes = 8

  /// - Parameter participation: says how much of its work a late client does.
  public init(
    network: Network, training: LocalTraining, examples: LabeledExamples, clients: ClientExamples,
    link: UpdateLink = .plain, participation: Participation = .full
  ) {
    self.network = network
    self.training = training
    self.examples = examples
    self.clients = clients
    self.link = link
    self.participation = participation
    let controlCount = training.controlVariates == nil ? 0 : network.parameterCount
    memory = ClientMemory(length: controlCount)
    keptBack = ClientMemory(
      length: link.errorFeedback ? network.parameterCount + controlCount : 0)
  }

  public var population: Int { clients.clientCount }

  public var expectedWeight: Double { training.weighting.expectedWeight }

  public var canResume: Bool { training.controlVariates == nil && !link.errorFeedback }

  public mutating func addUpdates(
    of cohort: [Int], round: Int, keys: SharedKeys, to models: [ModelInRound], workers: Workers
  ) -> [UpdateOutcomes] {
    let laneCount = min(Self.mostLanes, cohort.count)
    reserve(models, lanes: laneCount, workers: workers.count)
    let (benches, lanes) = (benches, lanes)
    let states = memory.take(cohort, models: models.count)
    let kept = keptBack.take(cohort, models: models.count)
    workers.run(parts: laneCount) { worker, lane in
      let (bench, lane) = (benches[worker], lanes[lane])
      let start = cohort.count * lane.index / laneCount
      let end = cohort.count * (lane.index + 1) / laneCount
      for place in start..<end {
        let (client, state) = (cohort[place], states[place])
        // 1. The client trains on its own examples.
        flushingSubnormals {
          bench.train(
            models, on: client, of: clients, examples,
            work: participation.work(of: client, round: round, keys: keys), keeping: state,
            key: keys.batches(round: round, client: client))
        }
        for index in models.indices {
          // 2. It sends what has changed.
          let sent = link.send(
            bench.update(of: models, at: index, keeping: state), layers: models[index].sum.layers,
            kept: kept[place], at: index, key: keys.compression(round: round, client: client))
          // 3. What arrives is clipped, weighed and added. A form that it gets before sets its size.
          let sum = models[index].sum
          lane.add(
            sent.update, weight: bench.weight, from: client,
            bytes: sum.form?.byteCount(of: sum.dimension) ?? sent.byteCount, at: index)
        }
      }
    }
    memory.put(states, of: cohort)
    keptBack.put(kept, of: cohort)
    return models.indices.map { index in
      var outcomes = UpdateOutcomes()
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
  private var outcomes: [UpdateOutcomes]

  init(index: Int, models: [ModelInRound]) {
    self.index = index
    parts = models.map { $0.sum.makePart() }
    outcomes = models.map { _ in UpdateOutcomes() }
  }

  func add(_ update: [Float], weight: Double, from client: Int, bytes: Int, at index: Int) {
    outcomes[index].note(
      parts[index].add(clipping: update, weight: weight, from: client), bytesUp: bytes)
  }

  /// Adds what was collected for a model to its sum, and starts over.
  func hand(to sum: ClippedSum, at index: Int) -> UpdateOutcomes {
    sum.add(parts[index])
    defer { outcomes[index] = UpdateOutcomes() }
    return outcomes[index]
  }
}
