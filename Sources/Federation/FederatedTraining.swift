public import Accounting
internal import LinearAlgebra
public import Mechanisms
internal import Models
internal import Randomness
public import Training

/// Federated averaging of a model of your own (FedAvg: McMahan et al. 2017; with a
/// `GaussianMechanism`, DP-FedAvg: McMahan et al. 2018).
///
/// 1. The server initialises the model; each round it is sent to a cohort of clients.
/// 2. Each of them trains it on its own examples, in shuffled batches along your gradient.
/// 3. The updates are clipped, weighed and summed, the sum is released through the mechanism, its
///    privacy event recorded, and the mean added to the model.
///
/// The privacy unit is a client with all its examples. Clients keep no state between rounds. The same
/// seed gives the same model, whatever the number of threads; runs that are published need seeds of
/// their own, for equal noise in two runs cancels.
public struct FederatedTraining<Example: Sendable> {
  /// The gradient of the mean loss over a batch, one array for each of the model's, of the same size.
  /// It is called on several threads at a time, and must depend on nothing but its arguments.
  public typealias Gradient =
    @Sendable (_ model: NamedParameters, _ batch: [Example]) throws ->
    [String: [Float]]

  /// Rounds that are through.
  public private(set) var roundCount = 0
  private let layout: NamedParameters
  private let fault: Fault
  private var trainer: Trainer<LocalModels<Example>>

  /// - Parameters:
  ///   - clients: the examples of each.
  ///   - epochs: passes of a client over its examples.
  ///   - batchSize: examples a step; the last batch of an epoch may be smaller.
  ///   - learningRate: of the clients; the server adds the mean update as it is.
  ///   - weighting: how much a client counts in the mean; by its examples up to a cap, for FedAvg as
  ///     McMahan et al. have it.
  ///   - sampler: who takes part in a round. What it declares is public.
  ///   - mechanism: `NonPrivateMechanism()`, or noise and the clipping norm that it is relative to.
  public init(
    of model: NamedParameters, on clients: [[Example]], epochs: Int, batchSize: Int,
    learningRate: Double, weighting: ClientWeighting = .uniform, sampler: any CohortSampler,
    mechanism: any NoiseMechanism, seed: UInt64, threads: Int = 1, gradient: @escaping Gradient
  ) throws(FederationError) {
    if clients.isEmpty { throw .noClients }
    if let client = clients.firstIndex(where: \.isEmpty) { throw .emptyClient(client: client) }
    let source = LocalModels(
      model, clients: clients, epochs: epochs, batchSize: batchSize, learningRate: learningRate,
      weighting: weighting, gradient: gradient)
    let root = StreamKey(seed: seed)
    layout = model
    fault = source.fault
    trainer = Trainer(
      models: [
        ModelInTraining(
          initialParameters: model.values, layers: model.views.map(\.range), mechanism: mechanism,
          optimizer: Optimizer(
            OptimizerSettings(.sgd(momentum: 0, nesterov: false), learningRate: 1),
            rounds: .max, parameterCount: model.values.count),
          keys: NoiseKeys(root.child(.trial)))
      ],
      sampler: sampler, source: source, keys: SharedKeys(root.child(.replicate)),
      workers: Workers(count: threads))
  }

  /// The global model.
  public var model: NamedParameters {
    var model = layout
    model.values = trainer.models[0].parameters
    return model
  }

  /// One round of all three phases.
  ///
  /// Throws ``FederationError``, with nothing recorded and the model unchanged, where a client cannot
  /// train; and what the recorder throws. That a run has stopped tells something of the clients which
  /// no epsilon covers: with privacy, gradients that are not finite do not stop it.
  ///
  /// - Parameter recorder: such as a `Ledger`; it has the release's event before its value is used.
  /// - Returns: sensitive facts about the round.
  @discardableResult
  public mutating func runRound<Recorder: EventRecorder>(
    charging recorder: inout Recorder
  ) throws -> RoundDiagnostics {
    var gates = [Gate(recorder: recorder, fault: fault)]
    defer { recorder = gates[0].recorder }
    let diagnostics = try trainer.runRound(roundCount + 1, charging: &gates)
    roundCount += 1
    return diagnostics[0]
  }
}

/// Stops a round in which a client failed before its release is charged and used.
private struct Gate<Recorder: EventRecorder>: EventRecorder {
  var recorder: Recorder
  let fault: Fault

  mutating func record(_ event: PrivacyEvent) throws {
    if let error = fault.take() { throw error }
    try recorder.record(event)
  }
}
