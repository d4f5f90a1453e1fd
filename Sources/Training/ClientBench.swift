internal import Datasets
internal import LinearAlgebra
internal import Models
internal import Randomness

/// Where one worker trains one client after another, with buffers of its own.
final class ClientBench {
  private let network: Network
  private let training: LocalTraining
  private var workspace: Workspace
  private var order: [Int32] = []
  /// The client's copy of each model.
  private var locals: [[Float]] = []
  /// What moves each copy besides the loss; empty without penalties and control variates.
  private var pulls: [ParameterPull] = []
  private var stepCount = 0
  private var delta: [Float]

  init(_ network: Network, _ training: LocalTraining) {
    self.network = network
    self.training = training
    workspace = Workspace(for: network, capacity: training.batchSize)
    delta = [Float](repeating: 0, count: network.parameterCount)
  }

  /// Trains a copy of every model on what the client holds.
  ///
  /// - Parameter work: the share of its steps that the client does, rounded up.
  func train(
    _ models: [ModelInRound], on client: Int, of clients: ClientExamples,
    _ examples: LabeledExamples, work: Double, keeping state: ClientState, key: StreamKey
  ) {
    var stream = RandomStream(key)
    clients.list(client: client, into: &order)
    start(models, keeping: state)
    let batchCount = (order.count + training.batchSize - 1) / training.batchSize
    let mostSteps = Int((work * Double(training.localEpochs * batchCount)).rounded(.up))
    for _ in 0..<training.localEpochs {
      stream.shuffle(&order)
      for start in stride(from: 0, to: order.count, by: training.batchSize) {
        if stepCount == mostSteps { return }
        let batch = order[start..<min(start + training.batchSize, order.count)]
        workspace.load(batch, features: examples.features, labels: examples.labels)
        for index in models.indices {
          network.descend(
            &locals[index], learningRate: Float(training.localLearningRate),
            pull: pulls.isEmpty ? nil : pulls[index], in: &workspace)
        }
        stepCount += 1
      }
    }
  }

  /// How much the client's update counts.
  var weight: Double { training.weighting.weight(exampleCount: order.count) }

  /// What the client would send for a model: how far its copy has come, and behind that how its
  /// control variate changes where it keeps one.
  func update(of models: [ModelInRound], at index: Int, keeping state: ClientState) -> [Float] {
    subtract(models[index].parameters, from: locals[index], into: &delta)
    guard let controls = training.controlVariates else { return delta }
    let change = controlChange(server: models[index].controlVariate)
    add(change, scale: 1, to: &state.vectors[index])
    return delta + change.map { $0 * Float(controls.scale) }
  }

  private func start(_ models: [ModelInRound], keeping state: ClientState) {
    stepCount = 0
    while locals.count < models.count {
      locals.append(delta)
      if training.hasPull { pulls.append(training.pull(parameterCount: network.parameterCount)) }
    }
    for (index, model) in models.enumerated() {
      copy(model.parameters, into: &locals[index])
      if training.hasPull { aim(&pulls[index].offset, at: model, own: state.vectors[index]) }
    }
  }

  /// The offset of a pull: `proximal * global + own control variate - server's`.
  private func aim(_ offset: inout [Float], at model: ModelInRound, own: [Float]) {
    clear(&offset)
    if training.proximal > 0 {
      add(model.parameters, scale: Float(training.proximal), to: &offset)
    }
    if training.controlVariates != nil {
      add(own, scale: 1, to: &offset)
      add(model.controlVariate, scale: -1, to: &offset)
    }
  }

  /// `-server's - delta / (steps * rate)`; 0 where nothing was trained on.
  private func controlChange(server: [Float]) -> [Float] {
    var change = [Float](repeating: 0, count: server.count)
    guard stepCount > 0 else { return change }
    add(server, scale: -1, to: &change)
    let distance = Double(stepCount) * training.localLearningRate
    add(delta, scale: Float(-1 / distance), to: &change)
    return change
  }
}

extension LocalTraining {
  /// Whether local steps follow anything besides the loss.
  fileprivate var hasPull: Bool { l2 > 0 || proximal > 0 || controlVariates != nil }

  fileprivate func pull(parameterCount: Int) -> ParameterPull {
    ParameterPull(
      weightDecay: Float(l2 + proximal), otherDecay: Float(proximal),
      offset: [Float](repeating: 0, count: parameterCount))
  }
}
