import Foundation
import _TestSupport

/// An experiment on the real data that a debug build runs in a second.
enum SmallExperiment {
  static let source = """
    schema: 1
    name: small
    question: Does the program keep its word?
    seed: 7
    replicates: 2
    dataset:
      name: fashion-mnist
      clients: 3000
      partition: iid
      validation_examples: 0
    model:
      kind: logistic-regression
    training:
      rounds: 2
      sampling: {poisson_rate: 0.01}
      local_epochs: 1
      batch_size: 10
      local_learning_rate: 0.1
      server_learning_rate: 1.0
      server_momentum: 0.9
    evaluation:
      split: test
      every: 1000
      tuned_on: nothing
    privacy:
      unit: client
      neighboring_relation: add-or-remove-one
      delta: 1.0e-5
      accountant: pld
      clipping_norm: 0.5
      noise: none
    sweep:
      privacy.noise:
        - none
        - {multiplier: 2.0}
        - {multiplier: 1.0}

    """

  /// Writes the experiment, with lines replaced, and returns its path.
  static func write(
    to folder: TemporaryFolder, _ changes: [String: String] = [:], name: String = "small.yaml"
  ) throws -> String {
    let text = changes.reduce(source) { text, change in
      precondition(text.contains(change.key), "\(change.key) is not in the small experiment")
      return text.replacingOccurrences(of: change.key, with: change.value)
    }
    try folder.write(text, to: name)
    return folder.at(name)
  }

  /// The result files that must be reproducible to the byte.
  static let files = ["trials.csv", "rounds.csv", "tradeoff.csv", "ledgers.jsonl", "plan.json"]

  static func results(_ folder: TemporaryFolder, _ name: String) throws -> [Data] {
    try files.map { try folder.data("\(name)/\($0)") }
  }
}
