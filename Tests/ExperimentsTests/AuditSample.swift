import Foundation
import LinearAlgebra
import Randomness

@testable import Datasets
@testable import Experiments

/// A pool of 40 examples of noise with labels of noise, which a linear model of 62 parameters learns by heart.
enum AuditSample {
  /// With lines replaced.
  static func plan(_ changes: [String: String] = [:]) throws -> Plan {
    let source = """
      schema: 1
      name: audited
      question: Who was it?
      seed: 7
      replicates: 1
      dataset:
        name: breast-cancer
        validation_examples: 340
      model:
        kind: logistic-regression
      training:
        rounds: 4
        sampling: everyone
        learning_rate: 1.0
      evaluation:
        split: test
        every: 1000
        tuned_on: nothing
      privacy:
        unit: example
        neighboring_relation: add-or-remove-one
        delta: 1.0e-5
        accountant: pld
        clipping_norm: 1.0
        noise: none
      sweep:
        privacy.noise: [{multiplier: 1.5}, none, {multiplier: 4.0}]

      """
    let changed = changes.reduce(source) { text, change in
      precondition(text.contains(change.key), "\(change.key) is not in the audited experiment")
      return text.replacingOccurrences(of: change.key, with: change.value)
    }
    return try Plan(
      Experiment(source: changed, file: "audited.yaml", smoke: false), file: "audited.yaml")
  }

  static func runner(_ plan: Plan, threads: Int = 2) -> SweepRunner {
    SweepRunner(plan: plan, threads: threads, checkpointInterval: .zero) { _ in dataset }
  }

  private static let dataset = LabeledDataset(
    training: noise(380, seed: 1), test: noise(20, seed: 2),
    fingerprint: KnownDataset.breastCancer.files.fingerprint)

  private static func noise(_ count: Int, seed: UInt64) -> LabeledExamples {
    var stream = RandomStream(StreamKey(seed: seed))
    let labels = (0..<count).map { _ in UInt8(stream.uniformInteger(below: 2)) }
    return LabeledExamples(
      features: .floats(
        (0..<count * 30).map { _ in Float(stream.gaussian(standardDeviation: 1)) }),
      labels: labels, featureCount: 30, classCount: 2)
  }

  /// What is wrong with an experiment.
  static let unsuited: [([String: String], path: String, reason: String)] = [
    (
      [
        "unit: example": "unit: client",
        "learning_rate: 1.0": "local_epochs: 1\n  batch_size: 5\n  "
          + "local_learning_rate: 0.1\n  server_learning_rate: 1.0\n  server_momentum: 0.0",
        "validation_examples: 340": "validation_examples: 340\n  clients: 10\n  partition: iid",
      ],
      "privacy.unit", "the unit here is a client"
    ),
    (
      ["add-or-remove-one": "replace-one"], "privacy.neighboring_relation",
      "replace-one is about examples that change"
    ),
    (
      [
        "validation_examples: 340": "validation_examples: 340\n  clients: 4\n  partition: iid",
        "learning_rate: 1.0": "local_steps: 2\n  learning_rate: 1.0\n  server_learning_rate: 1.0",
      ],
      "dataset.clients", "leave out the silos' keys"
    ),
  ]
}
