import Accounting
import Datasets
import LinearAlgebra
import Mechanisms
import Models
import Randomness
import Testing

@testable import Training

/// Updates on their way from clients that train.
@Suite struct UpdateLinkTests {
  static let keys = SharedKeys(StreamKey(seed: 391))
  static let training = LocalTraining(localEpochs: 2, batchSize: 3, localLearningRate: 0.5)

  // MARK: One message

  @Test func aPlainLinkChangesNothing() {
    let kept = ClientState([[]])
    let update: [Float] = [1.5, -0.25, .nan]
    let sent = UpdateLink.plain.send(
      update, layers: [0..<3], kept: kept, at: 0, key: StreamKey(seed: 1))
    #expect(sent.update.map(\.bitPattern) == update.map(\.bitPattern))
    #expect(sent.byteCount == 12)
  }

  /// 0.4 to no decimals: nothing arrives, then 0.8 are meant and 1 arrives, and so on.
  @Test func whatIsKeptBackComesLater() {
    let link = UpdateLink(compression: .decimals(0), errorFeedback: true)
    let kept = ClientState([[0, 0]])
    var arrived: [Float] = []
    for _ in 0..<10 {
      let sent = link.send([0.4, -2], layers: [0..<2], kept: kept, at: 0, key: StreamKey(seed: 1))
      arrived.append(sent.update[0])
      #expect(sent.update[1] == -2)
    }
    #expect(arrived == [0, 1, 0, 1, 0, 0, 1, 0, 1, 0])
  }

  @Test func withoutFeedbackNothingComesLater() {
    let link = UpdateLink(compression: .decimals(0))
    let kept = ClientState([[]])
    for _ in 0..<10 {
      let sent = link.send([0.4], layers: [0..<1], kept: kept, at: 0, key: StreamKey(seed: 1))
      #expect(sent.update == [0])
    }
  }

  /// An update that is not finite leaves what was kept back as it was.
  @Test func oneBadUpdateSpoilsNoOther() {
    let link = UpdateLink(compression: .topK(fraction: 0.5), errorFeedback: true)
    let kept = ClientState([[0, 0]])
    _ = link.send([4, 1], layers: [0..<2], kept: kept, at: 0, key: StreamKey(seed: 1))
    #expect(kept.vectors == [[0, 1]])
    let bad = link.send(
      [.infinity, 1], layers: [0..<2], kept: kept, at: 0, key: StreamKey(seed: 1))
    #expect(bad.update.contains { !$0.isFinite })
    #expect(kept.vectors == [[0, 1]])
    let next = link.send([0, 1], layers: [0..<2], kept: kept, at: 0, key: StreamKey(seed: 1))
    #expect(next.update == [0, 2])
  }

  @Test func feedbackOfNoErrorIsRefused() async {
    await #expect(processExitsWith: .failure) {
      _ = UpdateLink(compression: .stochastic(bits: 4), errorFeedback: true)
    }
  }

  // MARK: In a round

  /// The sum is that of what each client's message says, and the bytes are those of the messages.
  @Test(arguments: [
    UpdateCompression.decimals(2), .uniform(bits: 4), .stochastic(bits: 4), .topK(fraction: 0.2),
    .randomK(fraction: 0.2, isUnbiased: true),
  ])
  func theSumIsThatOfTheMessages(compression: UpdateCompression) throws {
    let clients = try ToyClients(
      .multilayerPerceptron(hiddenWidths: [4]), clientCount: 10, examplesPerClient: 5)
    let layers = clients.network.layerRanges
    var (plain, compressed) = (
      clients.source(Self.training),
      clients.source(Self.training, link: UpdateLink(compression: compression))
    )
    var expected = [Double](repeating: 0, count: clients.parameters.count)
    var bytes = 0
    for client in 0..<10 {
      let update = try sum(of: [client], by: &plain, clients).sum
      let key = Self.keys.compression(round: 1, client: client)
      let message = compression.compress(update, layers: layers, key: key)
      bytes += message.bytes.count
      for (place, value) in compression.expand(message, layers: layers, key: key).enumerated() {
        expected[place] += Double(value)
      }
    }
    let found = try sum(of: Array(0..<10), by: &compressed, clients)
    #expect(found.bytes == bytes)
    #expect(bytes < 10 * 4 * clients.parameters.count)
    for place in expected.indices {
      #expect((Double(found.sum[place]) - expected[place]).magnitude < 1e-5)
    }
  }

  /// Every client keeps its own part, for each model its own, whoever takes part between; and a source
  /// whose clients keep something cannot go on from its models.
  @Test func everyClientKeepsItsOwnPart() throws {
    let clients = try ToyClients(.logisticRegression, clientCount: 3, examplesPerClient: 5)
    let link = UpdateLink(compression: .topK(fraction: 0.1), errorFeedback: true)
    #expect(clients.source(Self.training).canResume)
    #expect(!clients.source(Self.training, link: link).canResume)
    func run(_ cohorts: [[Int]], models: Int) throws -> [Float] {
      var source = clients.source(Self.training, link: link)
      var last: [Float] = []
      for cohort in cohorts {
        last = try sum(of: cohort, by: &source, clients, models: models).sum
      }
      return last
    }
    let alone = try run([[1], [1], [1]], models: 1)
    #expect(try run([[1], [0, 2], [1], [0], [2], [1]], models: 1) == alone)
    #expect(try run([[1], [1], [1]], models: 3) == alone)
    #expect(try run([[1]], models: 1) != alone)
  }

  // MARK: Less work

  /// Six steps of local training, and a late client's share of them rounded up.
  @Test(arguments: [(0.01, 1), (0.16, 1), (0.5, 3), (0.51, 4), (0.99, 6)])
  func aLateClientDoesItsShare(work: Double, steps: Int) throws {
    let clients = try ToyClients(.logisticRegression, clientCount: 2, examplesPerClient: 9)
    let late = Participation(stragglers: .init(fraction: 1, work: work))
    let training = LocalTraining(localEpochs: 2, batchSize: 3, localLearningRate: 0.5)
    var source = clients.source(training, participation: late)
    let found = try sum(of: [1], by: &source, clients).sum

    var stream = RandomStream(Self.keys.batches(round: 1, client: 1))
    var order = Array(clients.partition.examples(ofClient: 1))
    var expected = clients.parameters
    var workspace = Workspace(for: clients.network, capacity: 3)
    for step in 0..<steps {
      if step % 3 == 0 { stream.shuffle(&order) }
      workspace.load(
        order[step % 3 * 3..<step % 3 * 3 + 3], features: clients.images.features,
        labels: clients.images.labels)
      clients.network.descend(&expected, learningRate: 0.5, in: &workspace)
    }
    for place in expected.indices {
      #expect((found[place] - (expected[place] - clients.parameters[place])).magnitude < 1e-6)
    }
  }

  // MARK: -

  /// The plain sum of the cohort's updates to the last of some equal models.
  private func sum(
    of cohort: [Int], by source: inout ClientUpdates, _ clients: ToyClients, models: Int = 1
  ) throws -> (sum: [Float], bytes: Int) {
    let mechanism = NonPrivateMechanism()
    let sums = (0..<models).map { _ in mechanism.makeSum(layers: clients.network.layerRanges) }
    let outcomes = source.addUpdates(
      of: cohort, round: 1, keys: Self.keys,
      to: sums.map { ModelInRound(parameters: clients.parameters, sum: $0) }, workers: .one)
    var ledger = Ledger()
    return (
      try mechanism.release(
        sums[models - 1], expectedCohortSize: 1, noise: StreamKey(seed: 1), workers: .one
      ).charge(&ledger) { $0 }.mean,
      outcomes[models - 1].bytesUp
    )
  }
}
