import Accounting
import Datasets
import LinearAlgebra
import Mechanisms
import Models
import Randomness
import Testing

@testable import Training

/// Silos of unequal size that train one model.
@Suite struct SiloTrainerTests {
  static let keys = SharedKeys(StreamKey(seed: 391).child(.replicate))
  static let noise = NoiseKeys(StreamKey(seed: 391).child(.trial, 1))
  static let network = Network(
    .logisticRegression, input: Shape(height: 3, width: 2, channels: 1), classCount: 3)

  static let poisson: @Sendable (Int) -> any CohortSampler = {
    PoissonSampler(samplingRate: 0.4, unitCount: $0)
  }
  static let everyone: @Sendable (Int) -> any CohortSampler = { FullParticipation(unitCount: $0) }

  struct Reference: Decodable {
    let features: [[UInt8]]
    let labels: [[UInt8]]
    let declared: [Int]
    let initial: [Float]
    let uniform: [Double]
    let weighted: [Double]
    let partway: [Double]

    var silos: [Silo] {
      zip(zip(features, labels), declared).map { data, declared in
        Silo(
          examples: LabeledExamples(
            features: .bytes(data.0), labels: data.1, featureCount: 6, classCount: 3),
          declaredSize: declared)
      }
    }
  }

  static let reference: Reference = {
    do { return try TrainingTests.reference("silos.json", as: Reference.self) } catch {
      preconditionFailure("\(error)")
    }
  }()

  static func model(
    _ mechanism: any NoiseMechanism = NonPrivateMechanism(), serverLearningRate: Double = 1,
    rule: OptimizerSettings.Rule = .sgd(momentum: 0, nesterov: false)
  ) -> ModelInTraining {
    ModelInTraining(
      initialParameters: reference.initial, layers: network.layerRanges, mechanism: mechanism,
      optimizer: Optimizer(
        OptimizerSettings(rule, learningRate: serverLearningRate), rounds: 100,
        parameterCount: network.parameterCount),
      keys: noise)
  }

  static func trainer(
    _ models: [ModelInTraining], silos: [Silo] = reference.silos, localSteps: Int = 3,
    weighting: SiloTraining.Weighting = .uniform,
    sampler: (Int) -> any CohortSampler = poisson, workers: Int = 1
  ) -> SiloTrainer {
    SiloTrainer(
      models: models,
      training: SiloTraining(localSteps: localSteps, learningRate: 0.5, weighting: weighting),
      network: network, silos: silos, sampler: sampler, keys: keys,
      workers: Workers(count: workers))
  }

  static func parameters(
    after rounds: Int, of trainer: some RoundTrainer
  ) throws -> [[Float]] {
    var trainer = trainer
    var ledgers = trainer.models.map { _ in Ledger() }
    for round in 1...rounds { _ = try trainer.runRound(round, charging: &ledgers) }
    return trainer.models.map(\.parameters)
  }

  static let mechanisms: [any NoiseMechanism] = [
    NonPrivateMechanism(), GaussianMechanism(clippingNorm: 0.5, noiseMultiplier: 1),
    GaussianMechanism(
      clippingNorm: 0.5, rule: .perLayer, noiseMultiplier: 2, sampler: .bulk),
  ]

  // MARK: Values

  /// All examples a step, with and without a clipping norm that no gradient reaches and noise a
  /// hundred-millionth of it.
  @Test(arguments: [false, true]) func modelsAreThoseOfNumPy(clips: Bool) throws {
    let mechanism: any NoiseMechanism =
      clips
      ? GaussianMechanism(clippingNorm: 100, noiseMultiplier: 1e-10) : NonPrivateMechanism()
    func values(_ rate: Double, _ weighting: SiloTraining.Weighting) throws -> [Float] {
      try Self.parameters(
        after: 4,
        of: Self.trainer(
          [Self.model(mechanism, serverLearningRate: rate)], weighting: weighting,
          sampler: Self.everyone))[0]
    }
    for (found, expected) in [
      (try values(1, .uniform), Self.reference.uniform),
      (try values(1, .declaredSize), Self.reference.weighted),
      (try values(0.7, .uniform), Self.reference.partway),
    ] {
      #expect(found.count == expected.count)
      for (found, expected) in zip(found, expected) {
        #expect((Double(found) - expected).magnitude <= 2e-6)
      }
    }
  }

  /// One silo, whatever it does: DP-SGD with as many steps, to the last bit.
  @Test(arguments: 0..<3, [1, 3]) func oneSiloIsPlainDPSGD(mechanism: Int, localSteps: Int) throws {
    let mechanism = Self.mechanisms[mechanism]
    let silo = Self.reference.silos[2]
    let sampler = Self.poisson(silo.declaredSize)
    let plain = Trainer(
      models: [
        ModelInTraining(
          initialParameters: Self.reference.initial, layers: Self.network.layerRanges,
          mechanism: mechanism,
          optimizer: Optimizer(
            OptimizerSettings(.sgd(momentum: 0, nesterov: false), learningRate: 0.5), rounds: 100,
            parameterCount: Self.network.parameterCount),
          keys: Self.noise.silo(0))
      ],
      sampler: sampler,
      source: ExampleGradients(
        network: Self.network, examples: silo.examples,
        expectedBatchSize: sampler.expectedCohortSize),
      keys: Self.keys.silo(0))
    let trainer = Self.trainer(
      [Self.model(mechanism)], silos: [silo], localSteps: localSteps, weighting: .declaredSize)
    let found = try Self.parameters(after: 5, of: trainer)
    #expect(try Self.parameters(after: 5 * localSteps, of: plain) == found)
    #expect(found[0] != Self.reference.initial)
  }

  /// A server's momentum follows the mean as it follows a mean update.
  @Test func theServersOptimizerFollowsTheMean() throws {
    let silo = Self.reference.silos[1]
    let plain = try (1...2).map { rounds in
      try Self.parameters(
        after: rounds,
        of: Self.trainer([Self.model()], silos: [silo], localSteps: 1, sampler: Self.everyone))[0]
    }
    let momentum = Self.model(rule: .sgd(momentum: 0.5, nesterov: false))
    var trainer = Self.trainer([momentum], silos: [silo], localSteps: 1, sampler: Self.everyone)
    var ledgers = [Ledger()]
    _ = try trainer.runRound(1, charging: &ledgers)
    let first = trainer.models[0].parameters
    _ = try trainer.runRound(2, charging: &ledgers)
    for index in first.indices {
      // From the first round's model on, the step of plain descent and half of the one before.
      let expected = plain[1][index] + (first[index] - Self.reference.initial[index]) / 2
      #expect((trainer.models[0].parameters[index] - expected).magnitude <= 1e-6)
    }
  }

  // MARK: Charges

  @Test(arguments: [1, 4]) func aRoundCostsTheStepsOfOneSilo(localSteps: Int) throws {
    var trainer = Self.trainer([Self.model(Self.mechanisms[1])], localSteps: localSteps)
    var ledgers = [Ledger()]
    for round in 1...3 { _ = try trainer.runRound(round, charging: &ledgers) }
    let runs = ledgers[0].runs
    #expect(runs.map(\.count) == [3 * localSteps])
    #expect(
      runs[0].event == .poissonSampled(.gaussian(noiseMultiplier: 1), samplingRate: 0.4))
  }

  /// A silo that samples more is charged for it.
  @Test func aDearerSiloIsCharged() throws {
    var trainer = Self.trainer(
      [Self.model(Self.mechanisms[1])], localSteps: 2,
      sampler: { PoissonSampler(samplingRate: $0 == 18 ? 0.8 : 0.4, unitCount: $0) })
    var ledgers = [Ledger()]
    _ = try trainer.runRound(1, charging: &ledgers)
    let gaussian = PrivacyEvent.gaussian(noiseMultiplier: 1)
    #expect(
      ledgers[0].runs.map(\.event) == [
        .poissonSampled(gaussian, samplingRate: 0.4), .poissonSampled(gaussian, samplingRate: 0.8),
      ])
    #expect(ledgers[0].runs.map(\.count) == [2, 2])
  }

  struct Stopped: Error, Equatable {}

  /// Stops the program, so to speak, when so many events are kept.
  struct StoppingRecorder: EventRecorder {
    var kept = 0
    let last: Int

    mutating func record(_ event: PrivacyEvent) throws(Stopped) {
      if kept == last { throw Stopped() }
      kept += 1
    }
  }

  /// Wherever it stops, the steps that any silo took are on record, and the model is as before.
  @Test(arguments: 0..<5) func noStepIsTakenBeforeItIsCharged(last: Int) throws {
    var trainer = Self.trainer([Self.model(Self.mechanisms[1])], localSteps: 5)
    var recorders = [StoppingRecorder(last: last)]
    #expect(throws: Stopped()) { _ = try trainer.runRound(1, charging: &recorders) }
    #expect(recorders[0].kept == last)
    #expect(trainer.models[0].parameters == Self.reference.initial)
    var enough = [StoppingRecorder(last: 5)]
    _ = try trainer.runRound(1, charging: &enough)
    #expect(
      try Self.parameters(
        after: 1, of: Self.trainer([Self.model(Self.mechanisms[1])], localSteps: 5))
        == trainer.models.map(\.parameters))
  }

  // MARK: Neighbors

  /// The same randomness on two neighbors. Without one example its silo's sum moves by the clipping
  /// norm, which every gradient is longer than; nothing else does.
  @Test(arguments: [SiloTraining.Weighting.uniform, .declaredSize])
  func oneExampleMovesItsSiloAlone(weighting: SiloTraining.Weighting) throws {
    let clippingNorm = 1e-2
    let mechanism = GaussianMechanism(clippingNorm: clippingNorm, noiseMultiplier: 1)
    func parameters(_ silos: [Silo]) throws -> [Float] {
      try Self.parameters(
        after: 1,
        of: Self.trainer(
          [Self.model(mechanism)], silos: silos, localSteps: 1, weighting: weighting,
          sampler: Self.everyone))[0]
    }
    let silos = Self.reference.silos
    let all = try parameters(silos)
    for (index, silo) in silos.enumerated() {
      let weight = weighting == .uniform ? 1.0 / 3 : Double(silo.declaredSize) / 33
      for left in [0, silo.examples.exampleCount - 1] {
        let rest = (0..<Int32(silo.examples.exampleCount)).filter { $0 != left }
        var neighbors = silos
        neighbors[index] = Silo(
          examples: silo.examples.selecting(rest), declaredSize: silo.declaredSize)
        let squares = zip(all, try parameters(neighbors)).reduce(0.0) {
          $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1)
        }
        let moved = squares.squareRoot() * Double(silo.declaredSize) / (0.5 * weight)
        #expect(moved <= clippingNorm * (1 + 1e-3))
        #expect(moved >= 0.98 * clippingNorm)
      }
    }
  }

  /// A silo that holds nothing takes noisy steps like any other, and is charged.
  @Test func anEmptySiloTakesPart() throws {
    let nobody = Silo(
      examples: LabeledExamples(features: .bytes([]), labels: [], featureCount: 6, classCount: 3),
      declaredSize: 10)
    var trainer = Self.trainer([Self.model(Self.mechanisms[1])], silos: [nobody], localSteps: 2)
    var ledgers = [Ledger()]
    let diagnostics = try trainer.runRound(1, charging: &ledgers)
    #expect(diagnostics[0].cohortSize == 0)
    #expect(ledgers[0].runs.map(\.count) == [2])
    #expect(trainer.models[0].parameters != Self.reference.initial)
  }

  // MARK: Bytes

  @Test(arguments: [2, 5]) func modelsDependNeitherOnThreadsNorOnEachOther(workers: Int) throws {
    let models = Self.mechanisms.map { Self.model($0) }
    let together = try Self.parameters(after: 3, of: Self.trainer(models, workers: workers))
    for index in models.indices {
      #expect(
        try Self.parameters(after: 3, of: Self.trainer([models[index]])) == [together[index]])
    }
    #expect(Set(together).count == 3)
  }

  /// No two silos, steps or rounds draw the same noise: with nobody there, every step moves by its
  /// noise alone.
  @Test func noNoiseRepeats() throws {
    let nobody = Silo(
      examples: LabeledExamples(features: .bytes([]), labels: [], featureCount: 6, classCount: 3),
      declaredSize: 10)
    let silos = Self.trainer(
      [Self.model(Self.mechanisms[1])], silos: [nobody, nobody, nobody], localSteps: 1)
    let one = Self.trainer([Self.model(Self.mechanisms[1])], silos: [nobody], localSteps: 1)
    let moves = try [(silos, 2), (silos, 1), (one, 2), (one, 1)].map { trainer, rounds in
      try Self.parameters(after: rounds, of: trainer)[0][0]
    }
    #expect(Set(moves).count == 4)
  }

  @Test func diagnosticsAreThoseOfAllSteps() throws {
    var trainer = Self.trainer([Self.model(Self.mechanisms[1])], sampler: Self.everyone)
    var ledgers = [Ledger()]
    let diagnostics = try trainer.runRound(1, charging: &ledgers)
    #expect(diagnostics[0].cohortSize == 3 * (5 + 9 + 20))
    #expect(try #require(diagnostics[0].clippedFraction) > 0.5)
  }

  @Test func aClippingNormThatAdaptsIsRefused() async {
    await #expect(processExitsWith: .failure) {
      let clipping = QuantileClipping(
        initialClippingNorm: 0.2, targetQuantile: 0.5, clippingLearningRate: 0.3,
        countStandardDeviation: 4)
      let mechanism = try AdaptiveGaussianMechanism(clipping: clipping, noiseMultiplier: 1)
      _ = Self.trainer([Self.model(mechanism)])
    }
  }
}
