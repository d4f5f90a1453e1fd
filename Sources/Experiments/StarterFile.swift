public import Accounting
public import Datasets
internal import Foundation

/// An experiment file to start from: it runs as it is, and says what may be changed.
public struct StarterFile: Sendable {
  public let text: String

  /// Of the schema that lies beside it.
  public static let schemaName = "experiment.schema.json"

  /// What an experiment in this file is called; nil where the file's name has nothing for it.
  public static func name(from file: String) -> String? {
    let stem = ((file as NSString).lastPathComponent as NSString).deletingPathExtension
    let words = stem.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    return words.isEmpty ? nil : words.joined(separator: "-")
  }

  /// - Parameter name: lower-case words joined by hyphens.
  public init(name: String, unit: PrivacyUnit, dataset: KnownDataset) {
    let source = DatasetSource.known(dataset)
    let holders: String
    let training: String
    switch unit {
    case .client:
      let isNatural = source.ownerCount >= 100
      let clients = isNatural ? source.ownerCount : source.trainingExampleCount / 20
      holders = """
          clients: \(clients)\(comment("declared, and public"))
          partition: \(isNatural ? "natural" : "iid")\(comment("or {dirichlet: 0.3}, {label_shards: 2}, ..."))

        """
      training = """
          rounds: 100
          sampling: {poisson_rate: 0.1}     # each client by itself, with this probability
          local_epochs: 1
          batch_size: 10
          local_learning_rate: 0.1
          server_learning_rate: 1.0
          server_momentum: 0.9              # or optimizer: {fed_adam: ...}, ...
        """
    case .example:
      holders = ""
      training = """
          rounds: 200
          sampling: {expected_batch_size: \(min(1024, source.trainingExampleCount / 8))} # a Poisson sample
          learning_rate: 0.5
          optimizer: {momentum: 0.9}        # or sgd, {adam: ...}, ...
        """
    }
    text = """
      # yaml-language-server: $schema=\(Self.schemaName)
      # \(dataset.title), every \(unit.rawValue) protected. `tradeoff schema --markdown` explains every key.
      schema: 1
      name: \(name)
      question: What does \(unit.rawValue)-level privacy cost on \(dataset.rawValue)?
      seed: \(UInt32.random(in: 1...999_999_999))\(comment("all randomness hangs from it"))
      replicates: 3                       # runs of each setting, for the intervals

      dataset:
        name: \(dataset.rawValue)
      \(holders)  validation_examples: 0            # training examples kept apart, to tune on

      model:
        kind: logistic-regression         # or multilayer-perceptron with hidden_widths: [128], layers, ...

      training:
      \(training)

      evaluation:
        split: test                       # or validation, with validation_examples
        every: 20                         # rounds between measurements
        tuned_on: nothing                 # say test or validation once you have tuned on it

      privacy:
        unit: \(unit.rawValue)
        neighboring_relation: add-or-remove-one
        delta: 1.0e-5                     # well below one over the number of \(unit.rawValue)s
        clipping_norm: \(unit == .client ? "0.2" : "1.0")                # of one \(unit.rawValue)'s contribution
        noise: none                       # the sweep replaces it

      # Dotted paths with the values to compare; several make their product.
      sweep:
        privacy.noise:
          - none
          - {target_epsilon: 8}
          - {target_epsilon: 2}
          - {target_epsilon: 1}

      # What --smoke changes, so that it finishes in seconds.
      smoke:
        replicates: 1
        training.rounds: 2
        sweep:
          privacy.noise: [none, {target_epsilon: 8}]

      """
  }
}

private func comment(_ text: String) -> String { "  # \(text)" }
