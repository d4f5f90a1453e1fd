import Accounting
import Datasets
import LinearAlgebra
import Models
import Randomness
import Testing

@testable import Mechanisms
@testable import Training

/// Clipped sums of examples' gradients before the noise, against gradients made, clipped and summed
/// one by one in double precision.
@Suite struct ExampleGradientsTests {
  static let widths = [ToyClients.featureCount, 5, ToyClients.classCount]
  static let architecture = Architecture.multilayerPerceptron(hiddenWidths: [5], activation: .tanh)
  static let rules = [ClippingRule.flat, .perLayer, .automatic(stability: 0.01)]

  /// Six shards of up to 167 examples; a microbatch has 64.
  static let exampleCount = 1000
  static let expectedBatchSize = 700.0
  static let clippingNorm = 1.25

  /// What clipping leaves of the bound for the rounding of shards.
  static let room = 0x1p-8

  static let toy: ToyClients = {
    do {
      return try ToyClients(architecture, clientCount: 1, examplesPerClient: exampleCount)
    } catch {
      preconditionFailure("\(error)")
    }
  }()

  // MARK: Sums on the grid

  private func exactSum(
    of cohort: [Int], workers: Workers = .one, beside other: ContributionBound? = nil
  ) throws -> [Double] {
    let mechanism = try DiscreteGaussianMechanism(
      clippingNorm: Self.clippingNorm, noiseMultiplier: 1)
    var source = ExampleGradients(
      network: Self.toy.network, examples: Self.toy.images,
      expectedBatchSize: Self.expectedBatchSize)
    let layers = Self.toy.network.layerRanges
    let sum = mechanism.makeSum(layers: layers)
    var models = [ModelInRound(parameters: Self.toy.parameters, sum: sum)]
    if let other {
      models.insert(
        ModelInRound(
          parameters: Self.toy.parameters.reversed(), sum: ClippedSum(layers: layers, bound: other)),
        at: 0)
    }
    let outcomes = source.addUpdates(
      of: cohort, round: 1, keys: SharedKeys(StreamKey(seed: 361)), to: models, workers: workers)
    #expect(outcomes.allSatisfy { $0.clipping.contributionCount == cohort.count })
    return sum.total
  }

  /// An example adds the same, to the last bit, whoever else is there, in whatever order and on however many
  /// threads: the sensitivity has no slack for anybody else.
  @Test func anExampleAddsTheSameBesideAnyOthers() throws {
    let cohort = [3, 64, 65, 130, 400, 401, 402, 777, 999]
    let whole = try exactSum(of: cohort)
    let alone = try cohort.map { try exactSum(of: [$0]) }
    for index in whole.indices {
      #expect(whole[index] == alone.reduce(0) { $0 + $1[index] })
    }
    #expect(try exactSum(of: cohort, workers: Workers(count: 3)) == whole)
    #expect(try exactSum(of: cohort, beside: .clipped(toNorm: 2)) == whole)
    #expect(try exactSum(of: []).allSatisfy { $0 == 0 })
  }

  @Test func sumsOnTheGridAreThoseOfClippedGradients() throws {
    let cohort = Array(0..<200)
    let sum = try exactSum(of: cohort)
    var expected = [Double](repeating: 0, count: sum.count)
    for example in cohort {
      let (clipped, _, _) = clip(Self.gradients[example], .flat, limit: Self.clippingNorm)
      for index in expected.indices { expected[index] -= clipped[index] }
    }
    #expect(distance(sum, expected) <= 2e-6 * Self.clippingNorm * 200)
  }

  // MARK: Sums

  /// Nobody, one, on both sides of a microbatch, and several in every shard.
  static let cohorts: [[Int]] =
    [[], [417], [999]]
    + [63, 64, 65, 130, 400, 1000].map { count in (0..<count).map { $0 * 1000 / count } }
    + [Array(0..<64), Array(0..<65), Array(160..<170)]

  @Test(arguments: cohorts, rules)
  func sumsAreThoseOfClippedGradients(cohort: [Int], rule: ClippingRule) {
    let (sum, outcomes) = sum(of: cohort, .clipped(toNorm: Self.clippingNorm, by: rule))
    let limit = Self.clippingNorm * (1 - Self.room)
    var expected = [Double](repeating: 0, count: sum.count)
    var (norms, unclipped) = (0.0, 0)
    for example in cohort {
      let gradient = Self.gradients[example]
      let (clipped, norm, wasClipped) = clip(gradient, rule, limit: limit)
      for index in expected.indices { expected[index] -= clipped[index] }
      norms += norm
      if !wasClipped { unclipped += 1 }
    }
    let tolerance = 2e-6 * limit * Double(cohort.count)
    #expect(distance(sum, expected) <= tolerance)
    #expect(outcomes.contributionCount == cohort.count)
    #expect(outcomes.unclippedCount == unclipped)
    #expect((outcomes.normTotal - norms).magnitude <= 1e-5 * norms)
    #expect(outcomes.isMeasured)
  }

  /// Some gradients are longer than the bound, and some are not: else the test above would show less.
  @Test func theBoundCutsThroughTheGradients() {
    let norms = Self.gradients.map { norm($0[...]) }
    #expect(norms.contains { $0 > 1.2 * Self.clippingNorm })
    #expect(norms.contains { $0 < 0.8 * Self.clippingNorm })
  }

  @Test(arguments: cohorts) func withoutABoundGradientsAreAddedAsTheyAre(cohort: [Int]) {
    let (sum, outcomes) = sum(of: cohort, .unbounded)
    var expected = [Double](repeating: 0, count: sum.count)
    for example in cohort {
      for index in expected.indices { expected[index] -= Self.gradients[example][index] }
    }
    #expect(distance(sum, expected) <= 4e-6 * Double(cohort.count))
    #expect(outcomes.contributionCount == cohort.count)
    #expect(outcomes.isMeasured == cohort.isEmpty)
  }

  @Test(arguments: [1.0, 100, 128, 129, 1000, 2048, 2049, 60_000])
  func aShardHasNoMoreThanItsRoundingAllowsFor(expectedBatchSize: Double) {
    let count = ExampleGradients.shardCount(expectedBatchSize: expectedBatchSize)
    #expect(count >= 1)
    #expect(expectedBatchSize / Double(count) <= 256)
    #expect(256 < ClippedSum.largestShard)
  }

  // MARK: Sensitivity

  /// The same randomness on two neighbors: without one example the sum moves by at most C, and by
  /// nearly C if its gradient is longer.
  @Test(arguments: rules, [1e-3, 0.5, 100])
  func oneExampleMovesTheSumByItsBound(rule: ClippingRule, clippingNorm: Double) {
    let bound = ContributionBound.clipped(toNorm: clippingNorm, by: rule)
    let cohort = (0..<300).map { 3 * $0 }
    let all = sum(of: cohort, bound).sum
    for left in [0, 1, 63, 64, 150, 299] {
      var others = cohort
      others.remove(at: left)
      let moved = distance(all, sum(of: others, bound).sum)
      #expect(moved <= clippingNorm)
      let (clipped, _, _) = clip(
        Self.gradients[cohort[left]], rule, limit: clippingNorm * (1 - Self.room))
      // The others' sum is rounded anew.
      #expect((moved - norm(clipped[...])).magnitude <= 1e-3 * clippingNorm)
      if clippingNorm == 1e-3, rule != .automatic(stability: 0.01) {
        #expect(moved >= 0.99 * clippingNorm)
      }
    }
  }

  /// Where an example leaves the data set, those after it may stand in other shards. Their sum is
  /// rounded elsewhere, and that too is within the bound.
  @Test(arguments: rules) func anExampleThatLeavesTheDataMovesTheSumByItsBound(
    rule: ClippingRule
  ) {
    let bound = ContributionBound.clipped(toNorm: 1e-3, by: rule)
    let all = sum(of: Array(0..<Self.exampleCount), bound).sum
    for left in [0, 499, 999] {
      let rest = (0..<Int32(Self.exampleCount)).filter { $0 != left }
      let neighbor = sum(
        of: Array(rest.indices), bound, images: Self.toy.images.selecting(rest)
      ).sum
      #expect(distance(all, neighbor) <= 1e-3)
    }
  }

  // MARK: What is not finite

  /// Weights so large that two white pixels overflow: those examples count as zero, and spoil neither
  /// their microbatch nor their shard.
  @Test(arguments: rules, [[0], [5, 70], Array(0..<40), Array(0..<200)])
  func gradientsThatAreNotFiniteCountAsZero(rule: ClippingRule, bad: [Int]) throws {
    let toy = try ToyClients(.logisticRegression, clientCount: 1, examplesPerClient: 200)
    var (pixels, parameters) = (toy.pixels, toy.parameters)
    for example in 0..<200 {
      for feature in 0..<2 {
        pixels[example * ToyClients.featureCount + feature] = bad.contains(example) ? 255 : 0
        parameters[feature] = 3e38
      }
    }
    let images = LabeledExamples(
      features: .bytes(pixels), labels: toy.images.labels, featureCount: ToyClients.featureCount,
      classCount: ToyClients.classCount)
    let bound = ContributionBound.clipped(toNorm: 0.5, by: rule)
    let good = (0..<200).filter { !bad.contains($0) }
    let (with, outcomes) = sum(
      of: Array(0..<200), bound, network: toy.network, parameters, images: images)
    let (without, _) = sum(of: good, bound, network: toy.network, parameters, images: images)
    #expect(with.allSatisfy { $0.isFinite })
    #expect(distance(with, without) <= 1e-6 * Double(good.count))
    #expect(norm(without[...]) > 0 || good.isEmpty)
    #expect(outcomes.contributionCount == 200)
    #expect(outcomes.unclippedCount <= good.count)
    #expect(!outcomes.normTotal.isFinite)
  }

  // MARK: Descent

  /// Everybody, without privacy, at rate 1: a round is one step of gradient descent on the mean loss.
  @Test func aRoundIsOneStepOfDescent() throws {
    let toy = try ToyClients(Self.architecture, clientCount: 1, examplesPerClient: 60)
    var trainer = SingleTrainer(
      toy.parameters, layers: toy.network.layerRanges, FullParticipation(unitCount: 60),
      NonPrivateMechanism(),
      ExampleGradients(network: toy.network, examples: toy.images, expectedBatchSize: 60),
      shared: SharedKeys(StreamKey(seed: 371)), noise: NoiseKeys(StreamKey(seed: 372)))
    var expected = toy.parameters
    var workspace = Workspace(for: toy.network, capacity: 60)
    workspace.load(
      (0..<60).map { Int32($0) }[...], features: toy.images.features, labels: toy.images.labels)
    var ledger = Ledger()
    var losses: [Double] = []
    for round in 1...5 {
      _ = try trainer.runRound(round, charging: &ledger)
      losses.append(toy.network.descend(&expected, learningRate: 1, in: &workspace))
      for index in expected.indices {
        #expect((trainer.parameters[index] - expected[index]).magnitude < 2e-6)
      }
    }
    #expect(losses[4] < losses[0])
  }

  // MARK: -

  static let gradients: [[Double]] = {
    let reference = ReferencePerceptron(widths: widths)
    precondition(reference.parameterCount == toy.parameters.count)
    let parameters = toy.parameters.map(Double.init)
    return (0..<exampleCount).map {
      let (input, label) = toy.example($0)
      return reference.gradient(parameters, input: input, label: label)
    }
  }()

  private func sum(
    of cohort: [Int], _ bound: ContributionBound, network: Network = toy.network,
    _ parameters: [Float] = toy.parameters, images: LabeledExamples = toy.images
  ) -> (sum: [Double], outcomes: ClipOutcomes) {
    var source = ExampleGradients(
      network: network, examples: images, expectedBatchSize: Self.expectedBatchSize)
    let sum = ClippedSum(layers: network.layerRanges, bound: bound)
    let outcomes = source.addUpdates(
      of: cohort, round: 1, keys: SharedKeys(StreamKey(seed: 361)),
      to: [ModelInRound(parameters: parameters, sum: sum)], workers: .one)
    #expect(outcomes.count == 1)
    #expect(outcomes[0].bytesUp == 0)
    return (sum.total, outcomes[0].clipping)
  }

  /// By the rules' definitions.
  private func clip(
    _ gradient: [Double], _ rule: ClippingRule, limit: Double
  ) -> (gradient: [Double], norm: Double, wasClipped: Bool) {
    let whole = norm(gradient[...])
    switch rule {
    case .flat:
      return (gradient.map { $0 * min(1, limit / whole) }, whole, whole > limit)
    case .automatic(let stability):
      return (gradient.map { $0 * limit / (whole + stability) }, whole, whole > limit)
    case .perLayer:
      let layers = ReferencePerceptron(widths: Self.widths).layers
      let share = limit / Double(layers.count).squareRoot()
      let norms = layers.map { norm(gradient[$0]) }
      let clipped = zip(layers, norms).flatMap { layer, norm in
        gradient[layer].map { $0 * min(1, share / norm) }
      }
      return (clipped, whole, norms.contains { $0 > share })
    }
  }

  private func norm(_ values: ArraySlice<Double>) -> Double {
    values.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }

  private func distance(_ one: [Double], _ other: [Double]) -> Double {
    norm(zip(one, other).map { $0 - $1 }[...])
  }
}
