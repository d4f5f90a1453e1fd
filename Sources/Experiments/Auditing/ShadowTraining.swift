internal import Datasets
internal import LinearAlgebra
internal import Models
internal import Randomness
internal import Training

/// Trains shadow models of the settings of one group, each on half of the pool.
struct ShadowTraining: Sendable {
  /// What one setting's model knows.
  struct Model: Sendable {
    /// One a target.
    let logOdds: [Double]
    /// On what it was trained on.
    let memberAccuracy: Double
    let heldOutAccuracy: Double
  }

  /// Models of all settings, which were trained on the same examples.
  struct Outcome: Sendable {
    let models: [Model]
    /// One a target.
    let isMember: [Bool]
  }

  /// Positions in the pool of the examples that are attacked, ascending.
  let targets: [Int32]
  private let group: TrialGroup
  private let network: Network
  private let pool: LabeledExamples
  private let heldOut: LabeledExamples
  private let seed: UInt64

  /// - Parameter targetCount: no more than there are training examples; nil for all.
  init(
    group: TrialGroup, data: TrialData, seed: UInt64, targetCount: Int?
  ) throws {
    self.group = group
    self.seed = seed
    network = group.trials[0].plan.network
    pool = data.training
    heldOut = data.examples(of: group.trials[0].plan.evaluation.split)
    var stream = RandomStream(StreamKey(seed: seed).child(.target))
    targets = stream.sampleWithoutReplacement(
      targetCount ?? pool.exampleCount, outOf: pool.exampleCount
    ).map { Int32($0) }
  }

  /// - Parameter number: of the shadow model.
  func run(_ number: Int) throws -> Outcome {
    let key = StreamKey(seed: seed).child(.shadowModel, UInt64(number))
    var coins = RandomStream(key.child(.coin))
    let isMember = (0..<pool.exampleCount).map { _ in coins.uniformInteger(below: 2) == 1 }
    let members = pool.selecting(isMember.indices.filter { isMember[$0] }.map { Int32($0) })
    let models = try AuditTraining(
      group: group, network: network, examples: members,
      unitCount: max(1, group.trials[0].plan.dataset.unitCount / 2), key: key
    ).run().map(\.evaluatedParameters)
    var workspace = Workspace(for: network, capacity: network.microbatch)
    return Outcome(
      models: models.map { parameters in
        Model(
          logOdds: network.logOdds(
            parameters, of: targets, features: pool.features, labels: pool.labels, in: &workspace),
          memberAccuracy: accuracy(parameters, on: members, in: &workspace),
          heldOutAccuracy: accuracy(parameters, on: heldOut, in: &workspace))
      },
      isMember: targets.map { isMember[Int($0)] })
  }

  /// Of no examples, 0.
  private func accuracy(
    _ parameters: [Float], on examples: LabeledExamples, in workspace: inout Workspace
  ) -> Double {
    guard examples.exampleCount > 0 else { return 0 }
    return network.evaluate(
      parameters, features: examples.features, labels: examples.labels, in: &workspace
    ).accuracy
  }
}
