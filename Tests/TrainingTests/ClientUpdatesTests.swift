import Datasets
import Models
import Randomness
import Testing
import Training

@Suite struct ClientUpdatesTests {
  static let key = StreamKey(seed: 331)
  static let training = LocalTraining(localEpochs: 2, batchSize: 3, localLearningRate: 0.5)

  @Test func thePopulationIsThatOfThePartition() throws {
    let clients = try ToyClients(.logisticRegression, clientCount: 4, examplesPerClient: 5)
    #expect(clients.source(Self.training).population == 4)
  }

  /// A client's update depends on its own data, the model and its key: whoever trained before it
  /// changes no bit.
  @Test func clientsKeepNoState() throws {
    let clients = try ToyClients(
      .multilayerPerceptron(hiddenWidths: [4]), clientCount: 4, examplesPerClient: 7)
    var fresh = clients.source(Self.training)
    var used = clients.source(Self.training)
    var update = clients.parameters
    for client in [0, 1, 3, 2] {
      used.update(
        ofUnit: client, from: clients.parameters.map { $0 * 2 },
        key: Self.key.child(.client, UInt64(client)), into: &update)
    }
    var expected = clients.parameters
    fresh.update(ofUnit: 2, from: clients.parameters, key: Self.key, into: &expected)
    used.update(ofUnit: 2, from: clients.parameters, key: Self.key, into: &update)
    #expect(update.map(\.bitPattern) == expected.map(\.bitPattern))
  }

  /// Nor does what the other clients hold.
  @Test func otherClientsDataChangeNothing() throws {
    let clients = try ToyClients(.logisticRegression, clientCount: 3, examplesPerClient: 6)
    var pixels = clients.images.pixels
    for example in clients.partition.examples(ofClient: 0) {
      for feature in 0..<ToyClients.featureCount {
        pixels[Int(example) * ToyClients.featureCount + feature] ^= 0xff
      }
    }
    var source = clients.source(Self.training)
    var changed = ClientUpdates(
      network: clients.network, training: Self.training,
      examples: LabeledImages(
        pixels: pixels, labels: clients.images.labels, featureCount: ToyClients.featureCount,
        classCount: ToyClients.classCount),
      partition: clients.partition)
    for client in 0..<3 {
      var update = clients.parameters
      var other = clients.parameters
      source.update(ofUnit: client, from: clients.parameters, key: Self.key, into: &update)
      changed.update(ofUnit: client, from: clients.parameters, key: Self.key, into: &other)
      #expect((update == other) == (client != 0))
    }
  }

  @Test func theKeyDecidesTheBatches() throws {
    let clients = try ToyClients(.logisticRegression, clientCount: 2, examplesPerClient: 9)
    var source = clients.source(Self.training)
    let updates = [Self.key, Self.key, Self.key.child(.round, 1)].map { key in
      var update = clients.parameters
      source.update(ofUnit: 1, from: clients.parameters, key: key, into: &update)
      return update
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
    var update = clients.parameters
    source.update(ofUnit: 1, from: clients.parameters, key: Self.key, into: &update)

    var workspace = DenseWorkspace(for: clients.network, capacity: 8)
    workspace.load(
      clients.partition.examples(ofClient: 1), pixels: clients.images.pixels,
      labels: clients.images.labels)
    var stepped = clients.parameters
    clients.network.descend(&stepped, learningRate: 0.25, in: &workspace)
    for index in update.indices {
      #expect((update[index] - (stepped[index] - clients.parameters[index])).magnitude < 1e-6)
    }
  }
}
