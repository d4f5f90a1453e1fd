import Accounting
import LinearAlgebra
import Mechanisms
import Models
import Randomness
import Testing

@testable import Datasets
@testable import Training

@Suite struct InTurnSamplerTests {
  @Test func everyoneHasATurnInOrder() {
    let sampler = InTurnSampler(unitCount: 3)
    let cohorts = (1...7).map {
      sampler.cohort(from: 3, round: $0, key: StreamKey(seed: UInt64($0)))
    }
    #expect(cohorts == [[0], [1], [2], [0], [1], [2], [0]])
    #expect(sampler.expectedCohortSize == 1)
  }

  /// Seven rounds of three clients: one of them pays three times, and all alike.
  @Test(arguments: [(1, 1), (3, 1), (4, 2), (7, 3)]) func aClientPaysForItsTurns(
    rounds: Int, turns: Int
  ) throws {
    let gaussian = PrivacyEvent.gaussian(noiseMultiplier: 2)
    let event = InTurnSampler(unitCount: 3).amplified(gaussian)
    #expect(event == .takingTurns(gaussian, unitCount: 3))
    for relation in [NeighboringRelation.zeroOut, .replaceOne] {
      var inTurn = PrivacyLossAccountant(relation: relation)
      var alone = inTurn
      try inTurn.compose(event, count: rounds)
      try alone.compose(gaussian, count: turns)
      #expect(try inTurn.epsilon(atDelta: 1e-5) == alone.epsilon(atDelta: 1e-5))
    }
    var accountant = PrivacyLossAccountant(relation: .addOrRemoveOne)
    #expect(throws: AccountingError.self) { try accountant.compose(event) }
  }

  @Test func anotherPopulationIsRefused() async {
    await #expect(processExitsWith: .failure) {
      _ = InTurnSampler(unitCount: 3).cohort(from: 2, round: 1, key: StreamKey(seed: 1))
    }
  }

  /// Three clients of one example each, a linear model and squared errors. `K` local steps at the rate
  /// `r` move `(w, b)` along `v = (x, 1)` until the error shrank to `(1 - r |v|^2)^K` of itself. In
  /// turn, each starts from what the one before left (Bertsekas 2011); in parallel, all start from the
  /// same model and their moves are averaged. Both follow that closed form, and end apart.
  @Test func turnsFollowOneAnother() throws {
    let (inputs, rate, steps): ([Float], Double, Int) = ([0.5, -1, 2], 0.125, 3)
    let network = Network(.linearRegression, input: Shape(features: 1), classCount: 2)
    let labels: [UInt8] = [0, 1, 1]
    let source = ClientUpdates(
      network: network,
      training: LocalTraining(localEpochs: steps, batchSize: 1, localLearningRate: rate),
      examples: LabeledExamples(
        features: .floats(inputs), labels: labels, featureCount: 1, classCount: 2),
      clients: .dealt(ClientPartition(dealt: [0, 1, 2], sizes: [1, 1, 1])))
    let initial: [Float] = [0.25, -0.5, 0.125, 0.75]

    func trained(_ sampler: any CohortSampler, rounds: Int) throws -> [Double] {
      var trainer = SingleTrainer(
        initial, sampler, NonPrivateMechanism(), source,
        shared: SharedKeys(StreamKey(seed: 392)), noise: NoiseKeys(StreamKey(seed: 393)))
      var ledger = Ledger()
      for round in 1...rounds { _ = try trainer.runRound(round, charging: &ledger) }
      return trainer.parameters.map(Double.init)
    }

    /// Where a client of this example takes a model of two outputs: weights, then biases.
    func visit(_ example: Int, _ model: [Double]) -> [Double] {
      let x = Double(inputs[example])
      let square = x * x + 1
      let covered = 1 - power(1 - rate * square, steps)
      var moved = model
      for output in 0..<2 {
        let target: Double = output == Int(labels[example]) ? 1 : 0
        let error = target - (model[output] * x + model[2 + output])
        moved[output] += covered * error * x / square
        moved[2 + output] += covered * error / square
      }
      return moved
    }

    var inTurn = initial.map(Double.init)
    for _ in 0..<2 { for example in 0..<3 { inTurn = visit(example, inTurn) } }
    var parallel = initial.map(Double.init)
    for _ in 0..<2 {
      let visits = (0..<3).map { visit($0, parallel) }
      parallel = parallel.indices.map { index in visits.reduce(0) { $0 + $1[index] } / 3 }
    }
    // Two passes: the same gradients are computed either way.
    let cyclic = try trained(InTurnSampler(unitCount: 3), rounds: 6)
    let averaged = try trained(FullParticipation(unitCount: 3), rounds: 2)
    for index in initial.indices {
      #expect((cyclic[index] - inTurn[index]).magnitude < 1e-6)
      #expect((averaged[index] - parallel[index]).magnitude < 1e-6)
    }
    #expect(zip(cyclic, averaged).contains { ($0 - $1).magnitude > 0.1 })
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }
}
