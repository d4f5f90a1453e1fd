import Accounting
import Datasets
import LinearAlgebra
import Models
import Randomness
import Testing

@testable import Mechanisms
@testable import Training

@Suite struct ClientUpdatesTests {
  static let keys = SharedKeys(StreamKey(seed: 331))
  static let training = LocalTraining(localEpochs: 2, batchSize: 3, localLearningRate: 0.5)

  @Test func thePopulationIsThatOfTheClients() throws {
    let clients = try ToyClients(.logisticRegression, clientCount: 4, examplesPerClient: 5)
    #expect(clients.source(Self.training).population == 4)
    let drawn = DrawnClients(
      clientCount: 1_000_000, examplesPerClient: 5, exampleCount: 20, key: StreamKey(seed: 332))
    let source = ClientUpdates(
      network: clients.network, training: Self.training, examples: clients.images,
      clients: .drawn(drawn))
    #expect(source.population == 1_000_000)
  }

  /// A client's update depends on its own data, the model and its key: whoever trained before it
  /// changes no bit.
  @Test func clientsKeepNoState() throws {
    let clients = try ToyClients(
      .multilayerPerceptron(hiddenWidths: [4]), clientCount: 4, examplesPerClient: 7)
    var fresh = clients.source(Self.training)
    var used = clients.source(Self.training)
    _ = try update(of: [0, 1, 2, 3], by: &used, from: clients.parameters.map { $0 * 2 }, round: 7)
    let expected = try update(of: [2], by: &fresh, from: clients.parameters)
    let update = try update(of: [2], by: &used, from: clients.parameters)
    #expect(update.map(\.bitPattern) == expected.map(\.bitPattern))
    #expect(update.contains { $0 != 0 })
  }

  /// A cohort's sum is that of its members alone, on however many lanes.
  @Test(arguments: [1, 2, 8, 9, 30]) func theSumIsThatOfTheMembers(cohortSize: Int) throws {
    let clients = try ToyClients(.logisticRegression, clientCount: 30, examplesPerClient: 4)
    var source = clients.source(Self.training)
    let cohort = (0..<cohortSize).map { 29 - $0 }.reversed().map { $0 }
    var expected = [Double](repeating: 0, count: clients.parameters.count)
    for client in cohort {
      let update = try update(of: [client], by: &source, from: clients.parameters)
      for index in expected.indices { expected[index] += Double(update[index]) }
    }
    let sum = try update(of: cohort, by: &source, from: clients.parameters)
    for index in expected.indices {
      #expect((Double(sum[index]) - expected[index]).magnitude < 1e-6 * Double(cohortSize))
    }
  }

  /// Nor does what the other clients hold.
  @Test func otherClientsDataChangeNothing() throws {
    let clients = try ToyClients(.logisticRegression, clientCount: 3, examplesPerClient: 6)
    var pixels = clients.pixels
    for example in clients.partition.examples(ofClient: 0) {
      for feature in 0..<ToyClients.featureCount {
        pixels[Int(example) * ToyClients.featureCount + feature] ^= 0xff
      }
    }
    var source = clients.source(Self.training)
    var changed = ClientUpdates(
      network: clients.network, training: Self.training,
      examples: LabeledExamples(
        features: .bytes(pixels), labels: clients.images.labels,
        featureCount: ToyClients.featureCount,
        classCount: ToyClients.classCount),
      clients: .dealt(clients.partition))
    for client in 0..<3 {
      let one = try update(of: [client], by: &source, from: clients.parameters)
      let other = try update(of: [client], by: &changed, from: clients.parameters)
      #expect((one == other) == (client != 0))
    }
  }

  @Test func theRoundDecidesTheBatches() throws {
    let clients = try ToyClients(.logisticRegression, clientCount: 2, examplesPerClient: 9)
    var source = clients.source(Self.training)
    let updates = try [1, 1, 2].map {
      try update(of: [1], by: &source, from: clients.parameters, round: $0)
    }
    #expect(updates[0] == updates[1])
    #expect(updates[0] != updates[2])
  }

  /// One step over all local data does not depend on their order, and is one step of the network.
  @Test func oneWholeBatchIsOneStep() throws {
    let clients = try ToyClients(
      .multilayerPerceptron(hiddenWidths: [5]), clientCount: 3, examplesPerClient: 8)
    var source = clients.source(
      LocalTraining(localEpochs: 1, batchSize: 8, localLearningRate: 0.25))
    let update = try update(of: [1], by: &source, from: clients.parameters)

    var workspace = Workspace(for: clients.network, capacity: 8)
    workspace.load(
      clients.partition.examples(ofClient: 1), features: clients.images.features,
      labels: clients.images.labels)
    var stepped = clients.parameters
    clients.network.descend(&stepped, learningRate: 0.25, in: &workspace)
    for index in update.indices {
      #expect((update[index] - (stepped[index] - clients.parameters[index])).magnitude < 1e-6)
    }
  }

  // MARK: Weights

  /// A client's weight is its examples over the cap, up to 1; the mean that the plan reckons with is a
  /// constant.
  @Test func weightsGrowUpToTheCap() {
    let weighting = ClientWeighting.byExamples(cap: 8, expected: 6)
    #expect([0, 1, 4, 8, 9, 1000].map(weighting.weight) == [0, 0.125, 0.5, 1, 1, 1])
    #expect(weighting.expectedWeight == 0.75)
    #expect([0, 1, 1000].map(ClientWeighting.uniform.weight) == [1, 1, 1])
    #expect(ClientWeighting.uniform.expectedWeight == 1)
  }

  /// The clipped update is weighed: a client with fewer examples counts less, and none more than the
  /// clipping norm.
  @Test func clippedUpdatesAreWeighed() throws {
    let clients = try ToyClients(.logisticRegression, clientCount: 4, examplesPerClient: 6)
    let mechanism = GaussianMechanism(clippingNorm: 0.01, noiseMultiplier: 1e-9)
    let norms = [3, 6, 12].map { cap in
      var source = clients.source(
        LocalTraining(
          localEpochs: 2, batchSize: 3, localLearningRate: 0.5,
          weighting: .byExamples(cap: cap, expected: 2)))
      #expect(source.expectedWeight == 2 / Double(cap))
      let sum = mechanism.makeSum(layers: [0..<clients.parameters.count])
      _ = source.addUpdates(
        of: [1], round: 1, keys: Self.keys,
        to: [ModelInRound(parameters: clients.parameters, sum: sum)], workers: .one)
      return euclideanNorm(scaled(sum.total, by: 1))
    }
    for (norm, expected) in zip(norms, [0.01, 0.01, 0.005]) {
      #expect(norm <= expected * (1 + 1e-6) && norm > expected * (1 - 1e-6))
    }
  }

  // MARK: -

  /// The plain sum of the cohort's updates.
  private func update(
    of cohort: [Int], by source: inout ClientUpdates, from parameters: [Float], round: Int = 1
  ) throws -> [Float] {
    let mechanism = NonPrivateMechanism()
    let sum = mechanism.makeSum(layers: [0..<parameters.count])
    let outcomes = source.addUpdates(
      of: cohort, round: round, keys: Self.keys,
      to: [ModelInRound(parameters: parameters, sum: sum)], workers: .one)
    #expect(outcomes.map(\.clipping.contributionCount) == [cohort.count])
    var ledger = Ledger()
    return try mechanism.release(
      sum, expectedCohortSize: 1, noise: StreamKey(seed: 1), workers: .one
    ).charge(&ledger) { $0 }.mean
  }
}
