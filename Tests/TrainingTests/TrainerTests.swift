import Accounting
import CGSL
import Datasets
import LinearAlgebra
import Mechanisms
import Models
import Randomness
import Testing
import _TestSupport

@testable import Training

/// One model, driven by clients that train or send what they are told to.
@Suite struct TrainerTests {
  static let shared = SharedKeys(StreamKey(seed: 341).child(.replicate))
  static let noise = NoiseKeys(StreamKey(seed: 341).child(.trial, 1))

  // MARK: Without privacy

  /// Clients of equal size, one step over all local data, server rate 1: federated averaging is
  /// gradient descent on all data (FedSGD; McMahan et al. 2017, section 2).
  @Test func oneWholeStepAClientIsGradientDescentOnAllData() throws {
    let clients = try ToyClients(
      .multilayerPerceptron(hiddenWidths: [8, 5]), clientCount: 5, examplesPerClient: 12)
    var trainer = trainer(
      clients.parameters, FullParticipation(unitCount: 5), NonPrivateMechanism(),
      clients.source(LocalTraining(localEpochs: 1, batchSize: 12, localLearningRate: 0.5)))
    var expected = clients.parameters
    var workspace = Workspace(for: clients.network, capacity: 60)
    let all = (0..<Int32(60)).map { $0 }
    workspace.load(all[...], features: clients.images.features, labels: clients.images.labels)
    var ledger = Ledger()
    for round in 1...3 {
      _ = try trainer.runRound(round, charging: &ledger)
      clients.network.descend(&expected, learningRate: 0.5, in: &workspace)
      for index in expected.indices {
        #expect((trainer.parameters[index] - expected[index]).magnitude < 2e-6)
      }
    }
    #expect(trainer.parameters != clients.parameters)
  }

  /// Several epochs of small batches, the last one smaller. The reference shares nothing but the
  /// order in which a client meets its examples.
  @Test func federatedAveragingAgreesWithTheReference() throws {
    let (clientCount, batchSize, epochs, rate) = (4, 3, 2, 0.5)
    let clients = try ToyClients(
      .logisticRegression, clientCount: clientCount, examplesPerClient: 7)
    var trainer = trainer(
      clients.parameters, FullParticipation(unitCount: clientCount), NonPrivateMechanism(),
      clients.source(
        LocalTraining(localEpochs: epochs, batchSize: batchSize, localLearningRate: rate)))
    let reference = ReferenceAveraging(
      model: ReferencePerceptron(widths: [ToyClients.featureCount, ToyClients.classCount]),
      localLearningRate: rate)
    var expected = clients.parameters.map(Double.init)
    var ledger = Ledger()
    for round in 1...4 {
      _ = try trainer.runRound(round, charging: &ledger)
      let batches = (0..<clientCount).map { client in
        batchesOfExamples(
          clients, client: client, epochs: epochs, batchSize: batchSize,
          key: Self.shared.batches(round: round, client: client))
      }
      expected = reference.round(expected, clients: batches)
      for index in expected.indices {
        #expect((Double(trainer.parameters[index]) - expected[index]).magnitude < 2e-6)
      }
    }
    let event = ledger.event
    #expect(event == .composed([.repeated(.nonPrivate, count: 4)]))
  }

  /// How many examples a client holds is private: the mean gives every client the same weight.
  @Test func aClientWithMoreExamplesWeighsNoMore() throws {
    var clients = try ToyClients(.logisticRegression, clientCount: 1, examplesPerClient: 3)
    clients.partition = try Partition.iid.assign(
      labels: clients.images.labels, classCount: ToyClients.classCount, among: 2,
      key: StreamKey(seed: 302))
    let sizes = (0..<2).map { clients.partition.exampleCount(ofClient: $0) }
    #expect(sizes.sorted() == [1, 2])
    let training = LocalTraining(localEpochs: 1, batchSize: 2, localLearningRate: 0.5)
    // Each client's update by a batch of all it holds, which is one or two examples.
    let updates = (0..<2).map { client in
      let examples = clients.partition.examples(ofClient: client)
      var workspace = Workspace(for: clients.network, capacity: 2)
      workspace.load(examples, features: clients.images.features, labels: clients.images.labels)
      var stepped = clients.parameters
      clients.network.descend(&stepped, learningRate: 0.5, in: &workspace)
      return zip(stepped, clients.parameters).map { $0 - $1 }
    }
    var trainer = trainer(
      clients.parameters, FullParticipation(unitCount: 2), NonPrivateMechanism(),
      clients.source(training))
    var ledger = Ledger()
    _ = try trainer.runRound(1, charging: &ledger)
    for (index, parameter) in clients.parameters.enumerated() {
      let mean = (updates[0][index] + updates[1][index]) / 2
      #expect((trainer.parameters[index] - (parameter + mean)).magnitude < 1e-6)
    }
    let weighted = zip(updates[0], updates[1]).map { abs($0 - $1) / 6 }
    #expect(weighted.contains { $0 > 1e-3 }, "a mean weighted by size would differ visibly")
  }

  // MARK: One round

  @Test(arguments: 0..<3) func everyRoundIsChargedOnceAsItsSamplerSays(index: Int) throws {
    let samplers: [any CohortSampler] = [
      PoissonSampler(samplingRate: 0.4, unitCount: 6),
      FixedSizeSampler(cohortSize: 2, populationSize: 6), FullParticipation(unitCount: 6),
    ]
    let gaussian = PrivacyEvent.gaussian(noiseMultiplier: 1.5)
    let events: [PrivacyEvent] = [
      .poissonSampled(gaussian, samplingRate: 0.4),
      .sampledWithoutReplacement(gaussian, cohortSize: 2, populationSize: 6), gaussian,
    ]
    var trainer = trainer(
      [0, 0], samplers[index], GaussianMechanism(clippingNorm: 1, noiseMultiplier: 1.5),
      ScriptedUpdates(updates: [[Float]](repeating: [1, 1], count: 6)))
    var ledger = Ledger()
    for round in 1...5 {
      _ = try trainer.runRound(round, charging: &ledger)
      let runs = ledger.runs
      #expect(runs.map(\.event) == [events[index]])
      #expect(runs.map(\.count) == [round])
    }
  }

  @Test func theDiagnosticsAreThoseOfTheCohort() throws {
    var trainer = trainer(
      [0, 0], FullParticipation(unitCount: 3),
      GaussianMechanism(clippingNorm: 2, noiseMultiplier: 1),
      ScriptedUpdates(updates: [[3, 4], [0, 1], [0, 0]]))
    var ledger = Ledger()
    let diagnostics = try trainer.runRound(1, charging: &ledger)
    #expect(diagnostics.cohortSize == 3)
    #expect(diagnostics.clippedFraction == 1.0 / 3)
    #expect(diagnostics.meanUpdateNorm == 2)
  }

  struct DiskFull: Error, Equatable {}

  struct FailingRecorder: EventRecorder {
    func record(_ event: PrivacyEvent) throws(DiskFull) { throw DiskFull() }
  }

  @Test func aRoundThatIsNotRecordedChangesNothing() {
    var trainer = trainer(
      [1, 2], FullParticipation(unitCount: 1),
      GaussianMechanism(clippingNorm: 2, noiseMultiplier: 1),
      ScriptedUpdates(updates: [[3, 4]]))
    var recorder = FailingRecorder()
    #expect(throws: DiskFull()) { _ = try trainer.runRound(1, charging: &recorder) }
    #expect(trainer.parameters == [1, 2])
  }

  // MARK: What follows from releases

  /// Everybody's norm is 1, the clipping norm starts at 1/16 and is to leave nobody clipped: it grows
  /// round by round, each charged alike, and the next round's sums are clipped to it.
  @Test func theClippingNormAdaptsFromRoundToRound() throws {
    let clipping = QuantileClipping(
      initialClippingNorm: 1.0 / 16, targetQuantile: 1, clippingLearningRate: 0.5,
      countStandardDeviation: 1e-3)
    let mechanism = try AdaptiveGaussianMechanism(clipping: clipping, noiseMultiplier: 1e-4)
    var trainer = trainer(
      [0], FullParticipation(unitCount: 4), mechanism,
      ScriptedUpdates(updates: [[Float]](repeating: [1], count: 4)))
    var ledger = Ledger()
    var before = 0.0
    for round in 1...5 {
      _ = try trainer.runRound(round, charging: &ledger)
      let step = Double(trainer.parameters[0]) - before
      // The votes say 0 within, so the norm grows by e^0.5 a round.
      #expect((step * 16 / exp(0.5 * Double(round - 1)) - 1).magnitude < 0.01)
      before += step
    }
    let runs = ledger.runs
    #expect(runs.map(\.event) == [.gaussian(noiseMultiplier: 1e-4)])
    #expect(runs.map(\.count) == [5])
  }

  /// The mean of the models is evaluated; the last one is trained.
  @Test func theAverageFollowsTheModels() throws {
    var trainer = SingleTrainer(
      [0], FullParticipation(unitCount: 1), NonPrivateMechanism(), averaging: .tail(from: 2),
      ScriptedUpdates(updates: [[1]]), shared: Self.shared, noise: Self.noise)
    var ledger = Ledger()
    var evaluated: [[Float]] = [trainer.evaluatedParameters]
    for round in 1...4 {
      _ = try trainer.runRound(round, charging: &ledger)
      evaluated.append(trainer.evaluatedParameters)
    }
    #expect(evaluated == [[0], [1], [2], [2.5], [3]])
    #expect(trainer.parameters == [4])
  }

  // MARK: Empty cohorts

  /// Two checks: nobody comes, and the round is noised, charged and applied like any other.
  @Test func anEmptyCohortIsANormalRound() throws {
    let dimension = 20_000
    let sampler = PoissonSampler(samplingRate: 1e-9, unitCount: 4_000_000_000)
    var trainer = trainer(
      [Float](repeating: 0, count: dimension), sampler,
      GaussianMechanism(clippingNorm: 0.5, noiseMultiplier: 1.2),
      ScriptedUpdates(updates: [[Float](repeating: 1e6, count: dimension)]))
    var ledger = Ledger()
    let diagnostics = try trainer.runRound(1, charging: &ledger)
    #expect(diagnostics.cohortSize == 0)
    let runs = ledger.runs
    #expect(runs.map(\.count) == [1])
    #expect(runs[0].event == sampler.amplified(.gaussian(noiseMultiplier: 1.2)))
    let noise = trainer.parameters.map { Double($0) * 4 / 0.6 }
    #expect(
      GoodnessOfFit.kolmogorovSmirnov(noise, against: gsl_cdf_ugaussian_P) > AlarmBudget.perCheck)
    #expect(GoodnessOfFit.unitVariance(noise) > AlarmBudget.perCheck)
  }

  // MARK: Neighbors

  /// Three clients in the plan; the last one is there or not. With the same randomness the model
  /// moves by the clipping norm over the expected cohort size if that client is in the cohort, and
  /// by nothing if it is not: a divisor that told how many there are would move it for all, the more
  /// the larger the common update (Opacus issues 571 and 819).
  @Test(arguments: [true, false])
  func oneClientMovesARoundByItsShareAlone(samples: Bool) throws {
    let (dimension, clippingNorm) = (4000, 2.0)
    let sampler: any CohortSampler =
      samples
      ? PoissonSampler(samplingRate: 0.5, unitCount: 3) : FullParticipation(unitCount: 3)
    let common = [Float](repeating: 5, count: dimension)
    let three = ScriptedUpdates(updates: [common, common, common.map { -$0 }])
    let two = ScriptedUpdates(updates: [common, common])
    let mechanism = GaussianMechanism(clippingNorm: clippingNorm, noiseMultiplier: 1)
    var withLast = 0
    for round in 1...40 {
      var ledgers = (Ledger(), Ledger())
      var one = trainer([Float](repeating: 0, count: dimension), sampler, mechanism, three)
      var other = trainer([Float](repeating: 0, count: dimension), sampler, mechanism, two)
      let cohorts = (
        try one.runRound(round, charging: &ledgers.0).cohortSize,
        try other.runRound(round, charging: &ledgers.1).cohortSize
      )
      #expect(ledgers.0 == ledgers.1)
      let squares = zip(one.parameters, other.parameters).reduce(0.0) {
        $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1)
      }
      let distance = squares.squareRoot() * sampler.expectedCohortSize
      let isIn = cohorts.0 != cohorts.1
      if isIn { withLast += 1 }
      #expect((distance - (isIn ? clippingNorm : 0)).magnitude < 1e-4)
    }
    #expect(samples ? (1..<40).contains(withLast) : withLast == 40)
  }

  /// Two checks: audited from outside, the released values of two and of three clients are Gaussian
  /// with one standard deviation, and apart by one clipping norm.
  @Test(arguments: [2, 3]) func releasesTellNoMoreThanTheirNoiseAllows(population: Int) throws {
    let (clippingNorm, noiseMultiplier) = (0.5, 1.5)
    let start = trainer(
      [0], FullParticipation(unitCount: 3),
      GaussianMechanism(clippingNorm: clippingNorm, noiseMultiplier: noiseMultiplier),
      ScriptedUpdates(updates: [[Float]](repeating: [100], count: population)))
    let released = try (1...4000).map { round in
      var trainer = start
      var ledger = Ledger()
      _ = try trainer.runRound(round, charging: &ledger)
      return 3 * Double(trainer.parameters[0])
    }
    let shift = Double(population) * clippingNorm
    let p = GoodnessOfFit.kolmogorovSmirnov(released) {
      gsl_cdf_ugaussian_P(($0 - shift) / (noiseMultiplier * clippingNorm))
    }
    #expect(p > AlarmBudget.perCheck)
  }

  // MARK: Randomness

  @Test func theSameKeysGiveTheSameBytes() throws {
    let runs = try (0..<2).map { _ in try privateRun(Self.shared, Self.noise) }
    #expect(runs[0].parameters.map(\.bitPattern) == runs[1].parameters.map(\.bitPattern))
    #expect(runs[0].cohortSizes == runs[1].cohortSizes)
  }

  @Test func replicatesOfOtherSeedsDiffer() throws {
    let other = SharedKeys(StreamKey(seed: 341).child(.replicate, 1))
    let runs = try [Self.shared, other].map { try privateRun($0, Self.noise) }
    #expect(runs[0].cohortSizes != runs[1].cohortSizes)
  }

  /// Trials of one replicate differ in their noise alone: where there is none they are equal.
  @Test func trialsOfOneReplicateShareCohortsAndBatches() throws {
    let other = NoiseKeys(StreamKey(seed: 341).child(.trial, 2))
    let plain = try [Self.noise, other].map { try run(Self.shared, $0, NonPrivateMechanism()) }
    #expect(plain[0].parameters.map(\.bitPattern) == plain[1].parameters.map(\.bitPattern))

    let noised = try [Self.noise, other].map { try privateRun(Self.shared, $0) }
    #expect(noised[0].cohortSizes == noised[1].cohortSizes)
    #expect(noised[0].cohortSizes == plain[0].cohortSizes)
    let equal = zip(noised[0].parameters, noised[1].parameters).count { $0 == $1 }
    #expect(equal == 0)
  }

  /// Six checks: the noise of two rounds of two trials, pair by pair.
  @Test func noTwoRoundsOrTrialsShareNoise() throws {
    let dimension = 10_000
    var noises: [[Double]] = []
    for trial in 1...2 {
      let noise = NoiseKeys(StreamKey(seed: 341).child(.trial, UInt64(trial)))
      var trainer = trainer(
        [Float](repeating: 0, count: dimension), FullParticipation(unitCount: 1),
        GaussianMechanism(clippingNorm: 1, noiseMultiplier: 1), ScriptedUpdates(updates: []),
        noise: noise)
      var before = trainer.parameters
      var ledger = Ledger()
      for round in 1...2 {
        _ = try trainer.runRound(round, charging: &ledger)
        noises.append(zip(trainer.parameters, before).map { Double($0) - Double($1) })
        before = trainer.parameters
      }
    }
    for one in noises.indices {
      for other in noises.indices where other > one {
        let correlation = gsl_stats_correlation(noises[one], 1, noises[other], 1, dimension)
        let p = GoodnessOfFit.standardNormal(correlation * Double(dimension).squareRoot())
        #expect(p > AlarmBudget.perCheck)
      }
    }
  }

  // MARK: -

  private struct Run {
    let parameters: [Float]
    let cohortSizes: [Int]
  }

  private func privateRun(_ shared: SharedKeys, _ noise: NoiseKeys) throws -> Run {
    try run(
      shared, noise, GaussianMechanism(clippingNorm: 0.5, noiseMultiplier: 0.3, sampler: .bulk))
  }

  private func run(
    _ shared: SharedKeys, _ noise: NoiseKeys, _ mechanism: any NoiseMechanism
  ) throws -> Run {
    let clients = try ToyClients(
      .multilayerPerceptron(hiddenWidths: [6]), clientCount: 20, examplesPerClient: 5)
    var trainer = SingleTrainer(
      clients.parameters, PoissonSampler(samplingRate: 0.4, unitCount: 20), mechanism,
      clients.source(LocalTraining(localEpochs: 2, batchSize: 2, localLearningRate: 0.3)),
      shared: shared, noise: noise)
    var ledger = Ledger()
    var cohortSizes: [Int] = []
    for round in 1...6 {
      cohortSizes.append(try trainer.runRound(round, charging: &ledger).cohortSize)
    }
    return Run(parameters: trainer.parameters, cohortSizes: cohortSizes)
  }

  private func trainer<Source: UpdateSource>(
    _ parameters: [Float], _ sampler: any CohortSampler, _ mechanism: any NoiseMechanism,
    _ source: Source, noise: NoiseKeys = noise
  ) -> SingleTrainer<Source> {
    SingleTrainer(parameters, sampler, mechanism, source, shared: Self.shared, noise: noise)
  }

  private func batchesOfExamples(
    _ clients: ToyClients, client: Int, epochs: Int, batchSize: Int, key: StreamKey
  ) -> [[(input: [Double], label: Int)]] {
    var stream = RandomStream(key)
    var order = Array(clients.partition.examples(ofClient: client))
    var batches: [[(input: [Double], label: Int)]] = []
    for _ in 0..<epochs {
      stream.shuffle(&order)
      for start in stride(from: 0, to: order.count, by: batchSize) {
        batches.append(
          order[start..<min(start + batchSize, order.count)].map { clients.example(Int($0)) })
      }
    }
    return batches
  }
}
