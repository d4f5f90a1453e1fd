internal import LinearAlgebra
internal import Mechanisms
internal import Models
internal import Randomness
internal import Training

/// What clients make of a model of the caller's on their own examples (phase 2).
///
/// Members of a cohort train side by side, and their updates are added in the order of the cohort: the
/// sum does not depend on how many threads there are.
struct LocalModels<Example: Sendable>: UpdateSource {
  typealias Gradient = FederatedTraining<Example>.Gradient

  let model: NamedParameters
  let clients: [[Example]]
  let epochs: Int
  let batchSize: Int
  let learningRate: Float
  let weighting: ClientWeighting
  let gradient: Gradient
  let fault = Fault()
  private let seats = (0..<8).map { _ in Seat() }

  init(
    _ model: NamedParameters, clients: [[Example]], epochs: Int, batchSize: Int,
    learningRate: Double, weighting: ClientWeighting, gradient: @escaping Gradient
  ) {
    precondition(epochs > 0 && batchSize > 0, "epochs and batch size are positive")
    precondition(learningRate.isFinite && learningRate > 0, "the learning rate is positive")
    self.model = model
    self.clients = clients
    self.epochs = epochs
    self.batchSize = batchSize
    self.learningRate = Float(learningRate)
    self.weighting = weighting
    self.gradient = gradient
  }

  var population: Int { clients.count }

  var expectedWeight: Double { weighting.expectedWeight }

  func addUpdates(
    of cohort: [Int], round: Int, keys: SharedKeys, to models: [ModelInRound], workers: Workers
  ) -> [UpdateOutcomes] {
    models.map { global in
      var outcomes = ClipOutcomes()
      for start in stride(from: 0, to: cohort.count, by: seats.count) {
        let members = Array(cohort[start..<min(start + seats.count, cohort.count)])
        workers.run(parts: members.count) { _, part in
          seats[part].update = update(
            of: members[part], from: global.parameters,
            key: keys.batches(round: round, client: members[part]))
        }
        for (member, seat) in zip(members, seats) {
          if let update = usable(seat.update, bound: global.sum.bound) {
            outcomes.note(
              global.sum.add(
                clipping: update, weight: weighting.weight(exampleCount: clients[member].count),
                from: member))
          }
        }
      }
      return UpdateOutcomes(clipping: outcomes)
    }
  }

  /// The update that counts; nil, and the fault noted, where the round must not go on.
  private func usable(
    _ update: Result<[Float], FederationError>, bound: ContributionBound
  ) -> [Float]? {
    switch update {
    case .success(let update): return update
    case .failure(.notFinite) where bound != .unbounded:
      return [Float](repeating: .nan, count: model.values.count)
    case .failure(let error):
      if fault.error == nil { fault.error = error }
      return nil
    }
  }

  /// Stochastic gradient descent from the global model; how far it came.
  private func update(
    of client: Int, from global: [Float], key: StreamKey
  ) -> Result<[Float], FederationError> {
    Result { () throws(FederationError) in
      let examples = clients[client]
      var stream = RandomStream(key)
      var order = Array(examples.indices)
      var local = model
      local.values = global
      for _ in 0..<epochs {
        stream.shuffle(&order)
        for start in stride(from: 0, to: order.count, by: batchSize) {
          let batch = order[start..<min(start + batchSize, order.count)].map { examples[$0] }
          try local.descend(
            along: try gradients(of: local, on: batch, client: client),
            learningRate: learningRate, client: client)
        }
      }
      return zip(local.values, global).map { $0 - $1 }
    }
  }

  private func gradients(
    of local: NamedParameters, on batch: [Example], client: Int
  ) throws(FederationError) -> [String: [Float]] {
    do {
      return try gradient(local, batch)
    } catch {
      throw .gradientFailed(client: client, reason: "\(error)")
    }
  }
}

extension NamedParameters {
  /// Moves every array against its gradient.
  fileprivate mutating func descend(
    along gradients: [String: [Float]], learningRate: Float, client: Int
  ) throws(FederationError) {
    if let unknown = gradients.keys.filter({ !names.contains($0) }).min() {
      throw .unknownArray(array: unknown, client: client, known: names)
    }
    for view in views {
      guard let gradient = gradients[view.name] else {
        throw .missingArray(array: view.name, client: client)
      }
      guard gradient.count == view.range.count else {
        throw .wrongShape(
          array: view.name, client: client, expected: view.shape, elementCount: gradient.count)
      }
      guard gradient.allSatisfy(\.isFinite) else {
        throw .notFinite(array: view.name, client: client)
      }
      for (place, slope) in zip(view.range, gradient) { values[place] -= learningRate * slope }
    }
  }
}

/// Where one member of a cohort leaves its update.
private final class Seat {
  var update = Result<[Float], FederationError>.success([])
}

/// The first thing that went wrong in a round.
final class Fault {
  var error: FederationError?

  func take() -> FederationError? {
    defer { error = nil }
    return error
  }
}
