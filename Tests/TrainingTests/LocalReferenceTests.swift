import Accounting
import LinearAlgebra
import Mechanisms
import Models
import Randomness
import Testing

@testable import Datasets
@testable import Training

/// Local training against NumPy and scikit-learn, which compute in double precision: all parameters
/// agree within 1e-5 of the largest one after every round.
@Suite struct LocalReferenceTests {
  static let shared = SharedKeys(StreamKey(seed: 401))

  struct Problem: Decodable {
    let features: [[Float]]
    let labels: [UInt8]
    let sizes: [Int]
    let cohorts: [[Int]]
    let initial: [Float]
    let runs: [String: [[Double]]]

    var partition: ClientPartition {
      ClientPartition(dealt: (0..<Int32(labels.count)).map { $0 }, sizes: sizes)
    }

    func examples(_ labels: [UInt8]? = nil, classCount: Int = 3) -> LabeledExamples {
      LabeledExamples(
        features: .floats(features.flatMap { $0 }), labels: labels ?? self.labels,
        featureCount: features[0].count, classCount: classCount)
    }
  }

  struct Devices: Decodable {
    let alpha: Double
    let eta0: Double
    let runs: [String: [[Double]]]
  }

  /// Cohorts that are told beforehand.
  struct ToldCohorts: CohortSampler {
    let cohorts: [[Int]]

    var expectedCohortSize: Double { Double(cohorts[0].count) }

    func cohort(from population: Int, round: Int, key: StreamKey) -> [Int] { cohorts[round - 1] }

    func amplified(_ event: PrivacyEvent) -> PrivacyEvent { event }
  }

  static func problem() throws -> Problem {
    try reference("local_algorithms.json", as: Problem.self)
  }

  /// The reference was told in which order clients meet their examples.
  @Test func theVisitsAreThoseOfTheStreams() throws {
    let visits = try reference("local_visits.json", as: [[[[Int32]]]].self)
    let problem = try Self.problem()
    #expect(visits.count == problem.cohorts.count)
    for (round, clients) in visits.enumerated() {
      for (client, epochs) in clients.enumerated() {
        var stream = RandomStream(Self.shared.batches(round: round + 1, client: client))
        var order = Array(problem.partition.examples(ofClient: client))
        for epoch in epochs {
          stream.shuffle(&order)
          #expect(order == epoch)
        }
      }
    }
  }

  static let algorithms: [(name: String, training: LocalTraining)] = [
    ("averaging", local()),
    ("l2", local(l2: 0.125)),
    ("proximal", local(proximal: 0.5)),
    ("control variates", local(controlVariates: ControlVariates())),
    // What is multiplied before it is sent is divided again.
    ("control variates", local(controlVariates: ControlVariates(scale: 3))),
    ("weights", local(weighting: .byExamples(cap: 10, expected: 8))),
    (
      "together",
      local(
        l2: 0.0625, proximal: 0.25, controlVariates: ControlVariates(),
        weighting: .byExamples(cap: 12, expected: 9))
    ),
  ]

  private static func local(
    l2: Double = 0, proximal: Double = 0, controlVariates: ControlVariates? = nil,
    weighting: ClientWeighting = .uniform
  ) -> LocalTraining {
    LocalTraining(
      localEpochs: 2, batchSize: 4, localLearningRate: 0.25, l2: l2, proximal: proximal,
      controlVariates: controlVariates, weighting: weighting)
  }

  @Test(arguments: algorithms.indices) func algorithmsAgreeWithNumPy(index: Int) throws {
    let (name, training) = Self.algorithms[index]
    let problem = try Self.problem()
    let rounds = try train(
      training, .logisticRegression, problem.examples(), problem.partition, problem.initial,
      ToldCohorts(cohorts: problem.cohorts))
    try expectClose(rounds, problem.runs[name])
  }

  @Test(arguments: [("hinge", Loss.hinge), ("log_loss", .logistic)], ["binary", "one-vs-all"])
  func linearClassifiersAgreeWithScikitLearn(loss: (name: String, loss: Loss), task: String) throws
  {
    let problem = try Self.problem()
    let devices = try reference("sgd_classifier.json", as: Devices.self)
    let examples =
      task == "binary"
      ? problem.examples(problem.labels.map { $0 == 2 ? 1 : 0 }, classCount: 2)
      : problem.examples()
    let outputs = task == "binary" ? 1 : 3
    let rounds = try train(
      LocalTraining(
        localEpochs: 1, batchSize: 1, localLearningRate: devices.eta0, l2: devices.alpha),
      Architecture(loss: loss.loss), examples, problem.partition,
      [Float](repeating: 0, count: outputs * 6), FullParticipation(unitCount: 4))
    try expectClose(rounds, devices.runs["\(loss.name) \(task)"])
  }

  /// The parameters after every round.
  private func train(
    _ training: LocalTraining, _ architecture: Architecture, _ examples: LabeledExamples,
    _ partition: ClientPartition, _ initial: [Float], _ sampler: any CohortSampler
  ) throws -> [[Float]] {
    let network = Network(
      architecture, input: Shape(features: examples.featureCount), classCount: examples.classCount)
    let model = ModelInTraining(
      initialParameters: initial, layers: network.layerRanges, mechanism: NonPrivateMechanism(),
      optimizer: .averaging(initial.count),
      controlVariate: training.controlVariates.map {
        ServerControlVariate(
          $0, unitCount: partition.clientCount, parameterCount: network.parameterCount)
      }, keys: NoiseKeys(StreamKey(seed: 402)))
    var trainer = Trainer(
      models: [model], sampler: sampler,
      source: ClientUpdates(
        network: network, training: training, examples: examples, clients: .dealt(partition)),
      keys: Self.shared)
    var ledgers = [Ledger()]
    return try (1...6).map { round in
      _ = try trainer.runRound(round, charging: &ledgers)
      return trainer.models[0].parameters
    }
  }

  private func expectClose(_ rounds: [[Float]], _ expected: [[Double]]?) throws {
    let expected = try #require(expected)
    #expect(rounds.count == expected.count)
    for (parameters, expected) in zip(rounds, expected) {
      #expect(parameters.count == expected.count)
      let largest = expected.map(\.magnitude).max()!
      for (parameter, expected) in zip(parameters, expected) {
        #expect((Double(parameter) - expected).magnitude <= 1e-5 * largest)
      }
    }
  }
}
