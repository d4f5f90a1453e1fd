import Accounting
import LinearAlgebra
import Models
import Randomness
import Testing

@testable import Datasets
@testable import Mechanisms
@testable import Training

/// What clients remember: where it leads, and that it costs nothing more.
@Suite struct ControlVariatesTests {
  static let shared = SharedKeys(StreamKey(seed: 411).child(.replicate))
  static let rounds = 300

  /// Clients of one class each, least squares, many local steps on all they hold. Averaging comes to
  /// rest away from the least of the global loss (Karimireddy et al. 2020, section 3); with control
  /// variates the clients' steps are the server's there, and it comes to rest at the least.
  @Test func clientsThatDifferComeToTheCommonOptimum() throws {
    let toy = try ToyClients(.linearRegression, clientCount: 3, examplesPerClient: 10)
    var clients = toy
    clients.partition = try Partition.labelShards(shardsPerClient: 1).assign(
      labels: toy.images.labels, classCount: ToyClients.classCount, among: 3,
      key: StreamKey(seed: 412))
    let slopes = try [nil, ControlVariates()].map { controls in
      let source = clients.source(
        LocalTraining(
          localEpochs: 20, batchSize: 10, localLearningRate: 0.1, controlVariates: controls))
      var trainer = Trainer(
        models: [model(toy, NonPrivateMechanism(), controls, unitCount: 3)],
        sampler: FullParticipation(unitCount: 3), source: source, keys: Self.shared)
      var ledgers = [Ledger()]
      for round in 1...Self.rounds { _ = try trainer.runRound(round, charging: &ledgers) }
      return slope(toy, at: trainer.models[0].parameters)
    }
    #expect(slopes[0] > 0.02)
    #expect(slopes[1] < 2e-4)
  }

  /// The model's and the control variate's change are one contribution: one more client, however its
  /// memory came about, moves the sum of both by at most the clipping norm, and by all of it where it
  /// is longer.
  @Test(arguments: [ClippingRule.flat, .perLayer]) func bothChangesAreClippedTogether(
    rule: ClippingRule
  ) throws {
    let toy = try ToyClients(.logisticRegression, clientCount: 4, examplesPerClient: 6)
    let mechanism = GaussianMechanism(clippingNorm: 0.01, rule: rule, noiseMultiplier: 1)
    let training = LocalTraining(
      localEpochs: 2, batchSize: 2, localLearningRate: 0.3, controlVariates: ControlVariates(),
      weighting: .byExamples(cap: 5, expected: 5))
    var sources = [toy.source(training), toy.source(training)]
    var model = model(toy, mechanism, ControlVariates(), unitCount: 4)
    for round in 1...4 {
      // The releases before are given: the sums show what this one says about the last client.
      let sums = [[0, 1, 2], [0, 1, 2, 3]].enumerated().map { index, cohort in
        let start = model.begin(round: round)
        let sum = mechanism.makeSum(layers: start.sum.layers)
        _ = sources[index].addUpdates(
          of: cohort, round: round, keys: Self.shared,
          to: [
            ModelInRound(
              parameters: start.parameters, controlVariate: start.controlVariate, sum: sum)
          ], workers: .one)
        return sum.total
      }
      #expect(sums[0].count == 2 * toy.parameters.count)
      let differences = zip(sums[0], sums[1]).map { $0 - $1 }
      let distance = differences.reduce(0.0) { $0 + $1 * $1 }.squareRoot()
      #expect(distance <= 0.01)
      #expect(distance > 0.01 * (1 - 1e-6))
      var next = Trainer(
        models: [model], sampler: FullParticipation(unitCount: 4),
        source: toy.source(training), keys: Self.shared)
      var ledgers = [Ledger()]
      _ = try next.runRound(round, charging: &ledgers)
      #expect(ledgers[0].event == .composed([mechanism.event]))
      model = next.models[0]
    }
  }

  /// Who does not take part forgets nothing, and takes no memory before.
  @Test func clientsKeepTheirOwnUntilTheyComeBack() {
    var memory = ClientMemory(length: 2)
    let first = memory.take([7], models: 2)
    #expect(first.map(\.vectors) == [[[0, 0], [0, 0]]])
    first[0].vectors[1] = [1, 2]
    memory.put(first, of: [7])
    memory.put(memory.take([8], models: 2), of: [8])
    #expect(memory.take([7], models: 2)[0].vectors == [[0, 0], [1, 2]])
    #expect(memory.take([7], models: 2)[0].vectors == [[0, 0], [0, 0]])
  }

  @Test func onlyClientsThatKeepNothingAreGoneOnWith() throws {
    let toy = try ToyClients(.logisticRegression, clientCount: 2, examplesPerClient: 2)
    func source(_ controls: ControlVariates?) -> ClientUpdates {
      toy.source(
        LocalTraining(
          localEpochs: 1, batchSize: 1, localLearningRate: 1, controlVariates: controls))
    }
    #expect(source(nil).canResume)
    #expect(!source(ControlVariates()).canResume)
    let checkpoint = model(toy, NonPrivateMechanism(), nil, unitCount: 2).checkpoint
    var controlled = model(toy, NonPrivateMechanism(), ControlVariates(), unitCount: 2)
    #expect(throws: TrainingStateError.controlVariates) { try controlled.restore(checkpoint) }
  }

  private func model(
    _ toy: ToyClients, _ mechanism: any NoiseMechanism, _ controls: ControlVariates?,
    unitCount: Int
  ) -> ModelInTraining {
    ModelInTraining(
      initialParameters: toy.parameters, layers: toy.network.layerRanges, mechanism: mechanism,
      optimizer: .averaging(toy.parameters.count),
      controlVariate: controls.map {
        ServerControlVariate(
          $0, unitCount: unitCount, parameterCount: toy.parameters.count)
      }, keys: NoiseKeys(StreamKey(seed: 413)))
  }

  /// The norm of the gradient of the mean loss of everybody.
  private func slope(_ toy: ToyClients, at parameters: [Float]) -> Double {
    var workspace = Workspace(for: toy.network, capacity: 30)
    let all = (0..<Int32(30)).map { $0 }
    workspace.load(all[...], features: toy.images.features, labels: toy.images.labels)
    toy.network.differentiate(parameters, in: &workspace)
    var gradient = [Float](repeating: 0, count: parameters.count)
    toy.network.addGradients(in: &workspace, scale: 1.0 / 30, to: &gradient)
    return euclideanNorm(gradient)
  }
}
