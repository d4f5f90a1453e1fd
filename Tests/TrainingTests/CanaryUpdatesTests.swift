import Accounting
import Datasets
import LinearAlgebra
import Mechanisms
import Models
import Randomness
import Testing

@testable import Training

/// Units that are there to be found.
@Suite struct CanaryUpdatesTests {
  private static let keys = SharedKeys(StreamKey(seed: 901))
  private static let isIn = [true, false, false, true, true]

  private func source(
    _ real: [[Float]], _ relation: NeighboringRelation,
    _ contribution: CanaryUpdates<ScriptedUpdates>.Contribution, unboundedNorm: Double = 1
  ) -> CanaryUpdates<ScriptedUpdates> {
    CanaryUpdates(
      ScriptedUpdates(updates: real), coins: CanaryCoins(Self.isIn, relation: relation),
      sending: contribution, unboundedNorms: [unboundedNorm])
  }

  /// Everybody's sum by hand, without noise.
  private func sum(
    _ source: CanaryUpdates<ScriptedUpdates>, dimension: Int, bound: ContributionBound
  ) throws -> [Double] {
    var source = source
    let mechanism: any NoiseMechanism =
      switch bound {
      case .unbounded: NonPrivateMechanism()
      case .clipped(let norm, let rule):
        GaussianMechanism(clippingNorm: norm, rule: rule, noiseMultiplier: 1e-9)
      }
    let sum = mechanism.makeSum(layers: [0..<dimension])
    mechanism.prepare(sum, noise: StreamKey(seed: 902))
    _ = source.addUpdates(
      of: Array(0..<source.population), round: 1, keys: Self.keys,
      to: [ModelInRound(parameters: [Float](repeating: 0, count: dimension), sum: sum)],
      workers: .one)
    var ledger = Ledger()
    return try mechanism.release(
      sum, expectedCohortSize: 1, noise: StreamKey(seed: 902), workers: .one
    ).charge(&ledger) { $0 }.mean.map(Double.init)
  }

  /// What each relation's coin decides between, in the canary's own element.
  @Test(arguments: [
    (NeighboringRelation.addOrRemoveOne, 3, [1.0, 0, 0, 1, 1]),
    (.zeroOut, 5, [1, 0, 0, 1, 1]), (.replaceOne, 5, [1, -1, -1, 1, 1]),
  ])
  func theCoinDecidesBetweenNeighbors(
    relation: NeighboringRelation, present: Int, factors: [Double]
  ) throws {
    for rule in [ClippingRule.flat, .perLayer, .automatic(stability: 0.01)] {
      let source = source([[0, 0, 0, 0, 0, 0.25]], relation, .elements(places: [4, 3, 2, 1, 0]))
      #expect(source.population == 1 + present)
      let sum = try sum(source, dimension: 6, bound: .clipped(toNorm: 0.5, by: rule))
      for (place, factor) in factors.enumerated() {
        #expect((sum[4 - place] - 0.5 * factor).magnitude < 1e-6)
      }
      #expect(sum[5] > 0.2)
    }
  }

  /// Clipped to the norm, in a direction that is not of that length.
  @Test func directionsAreOfTheClippingNorm() throws {
    let directions = (0..<5).map { canary in
      (0..<6).map { $0 == canary ? Float(3) : $0 == 5 ? Float(4) : 0 }
    }
    let sum = try sum(
      source([], .zeroOut, .directions(directions)), dimension: 6, bound: .clipped(toNorm: 10))
    for (canary, isIn) in Self.isIn.enumerated() {
      #expect((sum[canary] - (isIn ? 6 : 0)).magnitude < 1e-5)
    }
    #expect((sum[5] - 24).magnitude < 1e-5)
  }

  @Test func withoutABoundAnUpdateIsAsLongAsItIsTold() throws {
    let sum = try sum(
      source(
        [[0, 0, 0, 0, 7]], .replaceOne, .elements(places: [0, 1, 2, 3, 4]), unboundedNorm: 2),
      dimension: 5, bound: .unbounded)
    #expect(sum == [2, -2, -2, 2, 9])
  }

  /// Units of another source, or their opposites, which lie behind them.
  @Test func unitsAreThoseOfTheirOwnSource() throws {
    let updates = (0..<10).map { unit in (0..<10).map { Float($0 == unit ? 1 : 0) } }
    let sum = try sum(
      source([], .replaceOne, .units(ScriptedUpdates(updates: updates))), dimension: 10,
      bound: .unbounded)
    #expect(sum == [1, 0, 0, 1, 1, 0, 1, 1, 0, 0])
  }

  /// Real units are drawn, and keep their streams, as without an audit; only canaries come behind.
  @Test func realUnitsMeetTheSameCohorts() {
    let sampler = PoissonSampler(samplingRate: 0.3, unitCount: 100)
    for round in 1...20 {
      let key = Self.keys.cohort(round: round)
      #expect(
        sampler.cohort(from: 140, round: round, key: key).filter { $0 < 100 }
          == sampler.cohort(from: 100, round: round, key: key))
    }
  }

  /// The number that divides every release follows from the plan, whatever the coins were.
  @Test func theDeclaredNumberIsPublic() {
    #expect(CanaryCoins.declaredUnitCount(of: 5, under: .addOrRemoveOne) == 3)
    #expect(CanaryCoins.declaredUnitCount(of: 5, under: .zeroOut) == 5)
    #expect(CanaryCoins.declaredUnitCount(of: 5, under: .replaceOne) == 5)
  }

  /// Fair, of the key alone, and others in other replicates. The chance of a false alarm is below 1e-6:
  /// 2,450 of 10,000 fair coins is 51 standard deviations away, 4,750 is 5.
  @Test func coinsAreFairAndOfTheKeyAlone() {
    let coins = CanaryCoins(count: 10_000, relation: .zeroOut, keys: Self.keys)
    let other = CanaryCoins(
      count: 10_000, relation: .zeroOut, keys: SharedKeys(StreamKey(seed: 903)))
    #expect((4750...5250).contains(coins.isIn.count { $0 }))
    #expect((4750...5250).contains(zip(coins.isIn, other.isIn).count { $0 == $1 }))
    #expect(coins == CanaryCoins(count: 10_000, relation: .zeroOut, keys: Self.keys))
    #expect(
      CanaryCoins(count: 10_000, relation: .replaceOne, keys: Self.keys).isIn == coins.isIn)
  }

  /// What an audit reads is the sum of the releases, in units of the clipping norm.
  @Test func theSumOfReleasesIsFollowed() throws {
    let mechanism = GaussianMechanism(clippingNorm: 0.5, noiseMultiplier: 1e-9)
    func trainer(following: Bool) -> Trainer<CanaryUpdates<ScriptedUpdates>> {
      Trainer(
        models: [
          ModelInTraining(
            initialParameters: [0, 0, 0, 0, 0], layers: [0..<5], mechanism: mechanism,
            optimizer: Optimizer(
              OptimizerSettings(.sgd(momentum: 0, nesterov: false), learningRate: 1), rounds: 3,
              parameterCount: 5), followsReleases: following,
            keys: NoiseKeys(StreamKey(seed: 904)))
        ], sampler: FullParticipation(unitCount: 5),
        source: source([], .zeroOut, .elements(places: [0, 1, 2, 3, 4])), keys: Self.keys)
    }
    var followed = trainer(following: true)
    var ledgers = [Ledger()]
    for round in 1...3 { _ = try followed.runRound(round, charging: &ledgers) }
    for (place, isIn) in Self.isIn.enumerated() {
      #expect((followed.models[0].releaseTotal[place] - (isIn ? 3 : 0)).magnitude < 1e-5)
    }
    // A checkpoint has it, and goes on only where somebody follows.
    let checkpoint = followed.models[0].checkpoint
    var resumed = trainer(following: true).models[0]
    try resumed.restore(checkpoint)
    #expect(resumed.releaseTotal == followed.models[0].releaseTotal)
    #expect(throws: TrainingStateError.self) {
      var unfollowed = trainer(following: false).models[0]
      try unfollowed.restore(checkpoint)
    }
  }

  /// Pixels that are dark in all examples move no weight of the first layer.
  @Test func quietParametersAreThoseThatExamplesDoNotMove() {
    let network = Network(
      .logisticRegression, input: Shape(features: 4), classCount: 2)
    let pixels: [UInt8] = (0..<20).flatMap { [0, UInt8(100 + $0), 0, 50] }
    let examples = LabeledExamples(
      features: .bytes(pixels), labels: (0..<20).map { UInt8($0 % 2) }, featureCount: 4,
      classCount: 2)
    let parameters = [Float](repeating: 0, count: network.parameterCount)
    let quiet = network.quietParameters(
      4, at: parameters, for: examples, key: StreamKey(seed: 905))
    var workspace = Workspace(for: network, capacity: 20)
    workspace.load(
      (0..<Int32(20)).map { $0 }[...], features: examples.features, labels: examples.labels)
    network.differentiate(parameters, in: &workspace)
    var gradient = parameters
    network.addGradients(in: &workspace, to: &gradient)
    #expect(Set(quiet).count == 4)
    #expect(quiet.allSatisfy { gradient[$0] == 0 })
  }
}
