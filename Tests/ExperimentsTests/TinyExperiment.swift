import Foundation
import LinearAlgebra

@testable import Datasets
@testable import Experiments

/// An experiment that runs in milliseconds, and its variants.
enum TinyExperiment {
  static let source = """
    schema: 1
    name: tiny
    question: Does it run?
    seed: 7
    replicates: 2
    dataset:
      name: fashion-mnist
      clients: 40
      partition: iid
      validation_examples: 0
    model:
      kind: logistic-regression
    training:
      rounds: 3
      sampling: {poisson_rate: 0.25}
      local_epochs: 1
      batch_size: 5
      local_learning_rate: 0.1
      server_learning_rate: 1.0
      server_momentum: 0.9
    evaluation:
      split: test
      every: 2
      tuned_on: nothing
    privacy:
      unit: client
      neighboring_relation: add-or-remove-one
      delta: 1.0e-5
      accountant: pld
      clipping_norm: 0.5
      noise: {multiplier: 1.0}
    sweep:
      privacy.noise:
        - none
        - {multiplier: 2.0}
        - {multiplier: 0.8}
    smoke:
      replicates: 1
      training.rounds: 1

    """

  /// The source with lines replaced.
  static func source(_ changes: [String: String]) -> String {
    replacing(changes, in: source)
  }

  /// Without the sweep: one setting.
  static func plain(_ changes: [String: String] = [:]) -> String {
    let sweep = source.range(of: "sweep:")!.lowerBound..<source.range(of: "smoke:")!.lowerBound
    return replacing(changes, in: source.replacingCharacters(in: sweep, with: ""))
  }

  /// One setting that protects examples, with lines replaced.
  static func examples(_ changes: [String: String] = [:]) -> String {
    replacing(
      changes,
      in: plain([
        "  clients: 40\n  partition: iid\n": "",
        "  local_epochs: 1\n  batch_size: 5\n  local_learning_rate: 0.1\n": "",
        "  server_learning_rate: 1.0\n  server_momentum: 0.9\n": "  learning_rate: 0.5\n",
        "unit: client": "unit: example",
      ]))
  }

  /// One setting in which four silos protect examples, with lines replaced.
  static func silos(_ changes: [String: String] = [:]) -> String {
    replacing(
      changes,
      in: examples([
        "  validation_examples: 0\n": "  validation_examples: 0\n  clients: 4\n  partition: iid\n",
        "  learning_rate: 0.5\n":
          "  local_steps: 3\n  learning_rate: 0.5\n  server_learning_rate: 1.0\n",
      ]))
  }

  private static func replacing(_ changes: [String: String], in source: String) -> String {
    changes.reduce(source) { text, change in
      precondition(text.contains(change.key), "\(change.key) is not in the tiny experiment")
      return text.replacingOccurrences(of: change.key, with: change.value)
    }
  }

  static func experiment(
    _ source: String = source, smoke: Bool = false
  ) throws -> Experiment {
    try Experiment(source: source, file: "tiny.yaml", smoke: smoke)
  }

  static func plan(_ source: String = source, smoke: Bool = false) throws -> Plan {
    try Plan(experiment(source, smoke: smoke), file: "tiny.yaml")
  }

  /// 150 training and 60 test images whose brightest rows tell their class.
  static func dataset(testShift: UInt8 = 0) -> LabeledDataset {
    LabeledDataset(
      training: images(150, shift: 0), test: images(60, shift: testShift),
      fingerprint: KnownDataset.fashionMNIST.files.fingerprint)
  }

  private static func images(_ count: Int, shift: UInt8) -> LabeledExamples {
    let labels = (0..<count).map { UInt8($0 % 10) }
    var pixels: [UInt8] = []
    for (example, label) in labels.enumerated() {
      for pixel in 0..<784 {
        let isBright = pixel / 28 / 2 == Int(label)
        let texture = UInt8(truncatingIfNeeded: (example &* 31 &+ pixel &* 17) % 64)
        pixels.append((isBright ? 160 : 10) &+ texture &+ shift)
      }
    }
    return LabeledExamples(
      features: .bytes(pixels), labels: labels, featureCount: 784, classCount: 10)
  }

  /// The text of an experiment of this repository.
  static func published(_ name: String) throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try String(
      contentsOf: root.appending(path: "experiments/\(name).yaml"), encoding: .utf8)
  }
}
