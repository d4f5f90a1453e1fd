import Accounting
import Datasets
import Federation
import LinearAlgebra
import Mechanisms
import Models
import Randomness
import Testing
import Training

/// Softmax regression of the caller's, federated.
@Suite struct FederatedTrainingTests {
  static let reference: SoftmaxReference = {
    do { return try SoftmaxReference() } catch { preconditionFailure("\(error)") }
  }()

  static let everyone = FullParticipation(unitCount: 4)
  static let weighted = ClientWeighting.byExamples(cap: 25, expected: 20)

  /// Four clients of 10 to 40 images, full batches unless told otherwise.
  static func federation(
    _ weighting: ClientWeighting = .uniform, batchSize: Int = 40, epochs: Int = 3,
    clients: [[Image]] = reference.clients, sampler: any CohortSampler = everyone,
    mechanism: any NoiseMechanism = NonPrivateMechanism(), seed: UInt64 = 1, threads: Int = 1,
    gradient: @escaping FederatedTraining<Image>.Gradient = softmaxGradient
  ) throws -> FederatedTraining<Image> {
    try FederatedTraining(
      of: NamedParameters(shapes: ["weight": [10, 49], "bias": [10]]), on: clients, epochs: epochs,
      batchSize: batchSize, learningRate: 0.1, weighting: weighting, sampler: sampler,
      mechanism: mechanism, seed: seed, threads: threads, gradient: gradient)
  }

  static func values(
    after rounds: Int, of federation: FederatedTraining<Image>
  ) throws -> [Float] {
    var (federation, ledger) = (federation, Ledger())
    for _ in 0..<rounds { try federation.runRound(charging: &ledger) }
    return federation.model.values
  }

  // MARK: Values

  /// Against NumPy; noise a millionth of the clipping norm stands for none.
  @Test(arguments: [
    ("mean", ClientWeighting.uniform, 0), ("weighted", weighted, 0), ("clipped", weighted, 0.21),
  ]) func modelsAreThoseOfNumPy(name: String, weighting: ClientWeighting, clippingNorm: Double)
    throws
  {
    let mechanism: any NoiseMechanism =
      clippingNorm == 0
      ? NonPrivateMechanism()
      : GaussianMechanism(clippingNorm: clippingNorm, noiseMultiplier: 1e-8)
    var federation = try Self.federation(weighting, mechanism: mechanism)
    var ledger = Ledger()
    for _ in 1...3 { try federation.runRound(charging: &ledger) }
    let expected = try #require(Self.reference.models[name])
    for array in ["weight", "bias"] {
      let expected = try #require(expected[array])
      let found = federation.model[array]
      #expect(found.count == expected.count)
      let error = zip(found, expected).reduce(0) {
        $0 + (Double($1.0) - $1.1) * (Double($1.0) - $1.1)
      }
      #expect(error.squareRoot() <= 1e-5 * expected.reduce(0) { $0 + $1 * $1 }.squareRoot())
    }
    #expect(federation.roundCount == 3)
  }

  /// Weighing by examples is visible: else the test above would show less.
  @Test func theWeightingsDiffer() throws {
    let models = try ["mean", "weighted", "clipped"].map {
      try #require(Self.reference.models[$0]?["bias"])
    }
    #expect(zip(models[0], models[1]).contains { ($0 - $1).magnitude > 1e-3 })
    #expect(zip(models[1], models[2]).contains { ($0 - $1).magnitude > 1e-3 })
  }

  /// In batches, against the layers of the toolkit's own logistic regression on the same shuffles.
  @Test func batchesAreThoseOfTheToolkitsOwnModel() throws {
    let images = Self.reference.images
    let partition = try Partition.iid.assign(
      labels: images.labels, classCount: 10, among: 4, key: StreamKey(seed: 3))
    let clients = (0..<4).map { client in
      partition.examples(ofClient: client).map { Self.reference.image(Int($0)) }
    }
    let network = Network(
      .logisticRegression, input: Shape(height: 7, width: 7, channels: 1), classCount: 10)
    let root = StreamKey(seed: 5)
    var trainer = Trainer(
      models: [
        ModelInTraining(
          initialParameters: [Float](repeating: 0, count: network.parameterCount),
          layers: network.layerRanges, mechanism: NonPrivateMechanism(),
          optimizer: Optimizer(
            OptimizerSettings(.sgd(momentum: 0, nesterov: false), learningRate: 1), rounds: 3,
            parameterCount: network.parameterCount),
          keys: NoiseKeys(root.child(.trial)))
      ],
      sampler: Self.everyone,
      source: ClientUpdates(
        network: network,
        training: LocalTraining(localEpochs: 2, batchSize: 7, localLearningRate: 0.1),
        examples: images, clients: .dealt(partition)),
      keys: SharedKeys(root.child(.replicate)))
    var ledgers = [Ledger()]
    for round in 1...3 { _ = try trainer.runRound(round, charging: &ledgers) }
    let found = try Self.values(
      after: 3, of: Self.federation(batchSize: 7, epochs: 2, clients: clients, seed: 5))
    // The network's views say where its arrays lie.
    #expect(network.parameters.map(\.shape) == [[10, 49], [10]])
    for (one, other) in zip(found, trainer.models[0].parameters) {
      #expect((one - other).magnitude <= 1e-6)
    }
    #expect(found.contains { $0.magnitude > 0.01 })
  }

  // MARK: Bytes

  @Test(arguments: [2, 5]) func aModelDoesNotDependOnTheThreads(threads: Int) throws {
    let crowd = (0..<50).map { client in [Self.reference.image(2 * client)] }
    let sampler = PoissonSampler(samplingRate: 0.4, unitCount: 50)
    for mechanism: any NoiseMechanism in [
      NonPrivateMechanism(), GaussianMechanism(clippingNorm: 0.1, noiseMultiplier: 1),
    ] {
      let models = try [1, threads].map {
        try Self.values(
          after: 3,
          of: Self.federation(clients: crowd, sampler: sampler, mechanism: mechanism, threads: $0))
      }
      #expect(models[0] == models[1])
    }
  }

  @Test func aSeedDecidesOrdersAndNoise() throws {
    let noisy = GaussianMechanism(clippingNorm: 0.1, noiseMultiplier: 1)
    let models = try [1, 1, 2].map {
      try Self.values(after: 1, of: Self.federation(mechanism: noisy, seed: $0))
    }
    #expect(models[0] == models[1])
    #expect(models[0] != models[2])
    let plain = try [1, 2].map {
      try Self.values(after: 1, of: Self.federation(batchSize: 3, seed: $0))
    }
    #expect(plain[0] != plain[1])
  }

  // MARK: Privacy

  /// The same randomness on two neighbors: without a client the sum moves by the clipping norm, which
  /// every update is longer than, times its weight.
  @Test(arguments: [ClientWeighting.uniform, weighted]) func oneClientMovesTheSumByItsBound(
    weighting: ClientWeighting
  ) throws {
    let clippingNorm = 0.01
    let mechanism = GaussianMechanism(clippingNorm: clippingNorm, noiseMultiplier: 1)
    let divisor = weighting == .uniform ? 4.0 : 4 * 20 / 25
    let all = try Self.values(after: 1, of: Self.federation(weighting, mechanism: mechanism))
    for client in 0..<4 {
      var clients = Self.reference.clients
      clients.remove(at: client)
      let others = try Self.values(
        after: 1, of: Self.federation(weighting, clients: clients, mechanism: mechanism))
      let squares = zip(all, others).reduce(0.0) {
        $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1)
      }
      let bound =
        clippingNorm * weighting.weight(exampleCount: Self.reference.clients[client].count)
      // The others meet their images in another order, and round their updates anew.
      #expect((divisor * squares.squareRoot() - bound).magnitude <= 1e-3 * clippingNorm)
      #expect(bound <= clippingNorm)
    }
  }

  @Test func everyRoundIsChargedAsItsSamplerSays() throws {
    let sampler = PoissonSampler(samplingRate: 0.5, unitCount: 4)
    var federation = try Self.federation(
      sampler: sampler, mechanism: GaussianMechanism(clippingNorm: 0.1, noiseMultiplier: 2))
    var ledger = Ledger()
    for _ in 1...3 { try federation.runRound(charging: &ledger) }
    #expect(
      ledger.event
        == .composed([
          .repeated(
            .poissonSampled(.gaussian(noiseMultiplier: 2), samplingRate: 0.5), count: 3)
        ]))
  }

  // MARK: Errors

  @Test func clientsThatHoldNothingAreRefused() {
    #expect(throws: FederationError.noClients) { try Self.federation(clients: []) }
    var clients = Self.reference.clients
    clients[2] = []
    #expect(throws: FederationError.emptyClient(client: 2)) {
      try Self.federation(clients: clients)
    }
  }

  struct NoGradient: Error {}

  /// What the gradient function makes of the clients 2 and 3, which hold 30 and 40 images.
  static let faults:
    [(FederationError, @Sendable ([String: [Float]]) throws -> [String: [Float]])] =
      [
        (
          .missingArray(array: "bias", client: 2), { $0.filter { $0.key == "weight" } }
        ),
        (
          .unknownArray(array: "offset", client: 2, known: ["weight", "bias"]),
          { ["weight": $0["weight"]!, "offset": $0["bias"]!] }
        ),
        (
          .unknownArray(array: "offset", client: 2, known: ["weight", "bias"]),
          { $0.merging(["offset": [1]]) { $1 } }
        ),
        (
          .wrongShape(array: "weight", client: 2, expected: [10, 49], elementCount: 489),
          { $0.merging(["weight": Array($0["weight"]!.dropLast())]) { $1 } }
        ),
        (
          .notFinite(array: "bias", client: 2),
          { $0.merging(["bias": $0["bias"]!.map { $0 / 0 }]) { $1 } }
        ),
        (
          .gradientFailed(client: 2, reason: "NoGradient()"), { _ in throw NoGradient() }
        ),
      ]

  /// Nothing is charged, the model stays, and the run can go on.
  @Test(arguments: 0..<6, [1, 3]) func whatAClientDoesWrongIsNamed(
    fault: Int, threads: Int
  ) throws {
    let (error, spoil) = Self.faults[fault]
    let spoilt = Switch()
    var federation = try Self.federation(threads: threads) { model, batch in
      let gradients = softmaxGradient(of: model, on: batch)
      return spoilt.isOn && batch.count >= 30 ? try spoil(gradients) : gradients
    }
    var ledger = Ledger()
    try federation.runRound(charging: &ledger)
    let before = federation.model
    spoilt.isOn = true
    #expect(throws: error) { try federation.runRound(charging: &ledger) }
    #expect(federation.model == before)
    #expect(federation.roundCount == 1)
    #expect(ledger.runs.map(\.count) == [1])
    spoilt.isOn = false
    try federation.runRound(charging: &ledger)
    #expect(federation.model.values == (try Self.values(after: 2, of: Self.federation())))
  }

  /// With privacy such a client counts as zero: that it failed is its secret.
  @Test func withPrivacyGradientsThatAreNotFiniteCountAsZero() throws {
    let mechanism = GaussianMechanism(clippingNorm: 0.1, noiseMultiplier: 1)
    func values(_ factor: Float) throws -> [Float] {
      try Self.values(
        after: 1,
        of: Self.federation(mechanism: mechanism) { model, batch in
          let gradients = softmaxGradient(of: model, on: batch)
          return batch.count == 30 ? gradients.mapValues { $0.map { $0 * factor } } : gradients
        })
    }
    let zero = try values(0)
    #expect(try values(.infinity) == zero)
    #expect(try values(1) != zero)
  }

  struct DiskFull: Error, Equatable {}

  struct FailingRecorder: EventRecorder {
    func record(_ event: PrivacyEvent) throws(DiskFull) { throw DiskFull() }
  }

  @Test func aRoundThatIsNotRecordedChangesNothing() throws {
    var federation = try Self.federation()
    let before = federation.model
    var recorder = FailingRecorder()
    #expect(throws: DiskFull()) { try federation.runRound(charging: &recorder) }
    #expect(federation.model == before)
    #expect(federation.roundCount == 0)
  }
}
