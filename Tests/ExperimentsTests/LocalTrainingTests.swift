import Accounting
import Foundation
import Results
import Testing
import Training
import _TestSupport

@testable import Experiments

/// What clients do besides plain averaging, and who takes part when, as experiment files say it.
@Suite struct LocalTrainingTests {
  private func settings(_ source: String) throws -> Settings {
    try #require(try TinyExperiment.experiment(source).points.first).settings
  }

  private func withLine(_ line: String) -> String {
    TinyExperiment.plain(["server_momentum: 0.9": "server_momentum: 0.9\n  \(line)"])
  }

  private func local(_ line: String) throws -> LocalTraining {
    try #require(try settings(withLine(line)).training.local)
  }

  @Test func algorithmsAreRead() throws {
    #expect(try local("local_l2: 0.0001").l2 == 0.0001)
    #expect(try local("proximal: 0.01").proximal == 0.01)
    #expect(try local("control_variates: true").controlVariates == ControlVariates())
    #expect(
      try local("control_variates: {scale: 5}").controlVariates == ControlVariates(scale: 5))
    #expect(
      try local("weighting: {by_examples: {cap: 200, expected: 60}}").weighting
        == .byExamples(cap: 200, expected: 60))
  }

  /// A plan says what was resolved in the words of the file, so that it can be read again.
  @Test(arguments: [
    "local_l2: 0.0001", "proximal: 0.01", "control_variates: true",
    "control_variates: {scale: 0.5}", "weighting: {by_examples: {cap: 200, expected: 60.5}}",
  ])
  func whatIsWrittenReadsBack(line: String) throws {
    let training = try settings(withLine(line)).training
    let json = String(decoding: try CanonicalJSON.line(training), as: UTF8.self)
    let source = TinyExperiment.plain()
    let range =
      source.range(of: "training:")!.lowerBound..<source.range(of: "evaluation:")!.lowerBound
    let again = try settings(source.replacingCharacters(in: range, with: "training: \(json)\n"))
    #expect(again.training == training)
    #expect(training != (try settings(TinyExperiment.plain()).training))
  }

  /// Settings that say nothing new leave every trial what it was.
  @Test(arguments: [
    "local_l2: 0", "proximal: 0.0", "control_variates: false", "weighting: uniform",
  ])
  func whatSaysNothingNewChangesNoTrial(line: String) throws {
    let ids = try [withLine(line), TinyExperiment.plain()].map {
      try TinyExperiment.plan($0).trials.map(\.id)
    }
    #expect(ids[0] == ids[1])
  }

  @Test(arguments: [
    (
      "local_l2: -1", "training.local_l2: must be a finite number, 0 or greater, found -1"
    ),
    (
      "proximal: 10",
      "training.proximal: a local step would overshoot: local_learning_rate times the sum of "
        + "local_l2 and proximal is 1.0, and must be below 1"
    ),
    (
      "control_variates: yes",
      "training.control_variates: \"yes\" is not a choice. Choices: true, false, {scale: 5.0}."
    ),
    (
      "control_variates: {scale: 0}",
      "training.control_variates.scale: must be from 1e-18 to 1e18, found 0"
    ),
    (
      "weighting: by_examples",
      "training.weighting: \"by_examples\" is not a choice; did you mean \"{by_examples: {cap: "
        + "200, expected: 60}}\"? Choices: uniform, {by_examples: {cap: 200, expected: 60}}."
    ),
    (
      "weighting: {by_examples: {cap: 200}}",
      "training.weighting.by_examples.expected: is missing"
    ),
    (
      "weighting: {by_examples: {cap: 200, expected: 201}}",
      "training.weighting.by_examples.expected: must be above 0 and at most 200, found 201"
    ),
  ])
  func mistakesAreNamed(line: String, message: String) {
    #expect {
      try TinyExperiment.experiment(withLine(line))
    } throws: { "\($0)" == "tiny.yaml:21: \(message)" }
  }

  @Test(arguments: [
    (
      ["clients: 40\n  partition: iid": "clients: 40000\n  partition: iid"],
      "40000 clients keep 7850 numbers each, and there is room for 268435456 in all (1 GiB). "
        + "Declare fewer clients, use a smaller model, or remove this key."
    ),
    (
      ["clients: 40\n  partition: iid": "clients: 1000000000\n  partition: {drawn: 5}"],
      "1000000000 clients keep 7850 numbers each, and there is room for 268435456 in all (1 GiB). "
        + "Declare fewer clients, use a smaller model, or remove this key."
    ),
    (
      ["kind: logistic-regression": "kind: multilayer-perceptron\n  hidden_widths: [2700]"],
      "a client sends 4293020 numbers, for the model and its control variate, and may send 4194304. "
        + "Use a smaller model, or remove this key."
    ),
    (
      ["{poisson_rate: 0.25}": "{cohort_size: 10}", "add-or-remove-one": "replace-one"],
      "what a client keeps ties its rounds together, and for cohorts of fixed size no amplification "
        + "by sampling is known then. Use poisson_rate or everyone, or remove this key."
    ),
  ])
  func whatClientsMayNotKeepIsRefused(changes: [String: String], reason: String) {
    let changes = changes.merging([
      "server_momentum: 0.9": "server_momentum: 0.9\n  control_variates: true"
    ]) { $1 }
    #expect {
      try TinyExperiment.experiment(TinyExperiment.plain(changes))
    } throws: { "\($0)".hasSuffix("training.control_variates: \(reason)") }
  }

  @Test(arguments: [
    ("local_l2: 0.1", "use weight_decay"), ("proximal: 0.1", "remove this key"),
    ("control_variates: true", "remove this key"),
  ])
  func examplesTrainNowhereElse(line: String, mend: String) {
    let key = line.prefix { $0 != ":" }
    #expect {
      try TinyExperiment.experiment(
        TinyExperiment.examples(["learning_rate: 0.5": "learning_rate: 0.5\n  \(line)"]))
    } throws: {
      "\($0)" == "tiny.yaml:15: training.\(key): belongs to unit: client, and privacy.unit is "
        + "example; \(mend)"
    }
  }

  @Test func modelsAreWeighedWhereThereAreSilos() {
    #expect {
      try TinyExperiment.experiment(
        TinyExperiment.examples(["learning_rate: 0.5": "learning_rate: 0.5\n  weighting: uniform"]))
    } throws: {
      "\($0)" == "tiny.yaml:15: training.weighting: belongs to silos; declare them by "
        + "dataset.clients and dataset.partition, or remove this key"
    }
  }

  // MARK: Turns

  private static let turns = [
    "{poisson_rate: 0.25}": "in_turn", "add-or-remove-one": "zero-out",
  ]

  /// Three rounds of forty clients: nobody has two turns.
  @Test func turnsArePricedAsTurns() throws {
    let trial = try TinyExperiment.plan(TinyExperiment.plain(Self.turns)).trials[0]
    #expect(trial.claim.sampling == "in-turn")
    var accountant = PrivacyLossAccountant(relation: .zeroOut)
    try accountant.compose(.gaussian(noiseMultiplier: 1))
    #expect(try trial.claim.epsilonUpper == accountant.epsilon(atDelta: 1e-5).upper)
    let json = String(decoding: try CanonicalJSON.line(trial.plan.training), as: UTF8.self)
    #expect(json.contains("\"sampling\":\"in_turn\""))
  }

  @Test func turnsShowWhoIsThere() {
    #expect {
      try TinyExperiment.experiment(TinyExperiment.plain(["{poisson_rate: 0.25}": "in_turn"]))
    } throws: {
      "\($0)" == "tiny.yaml:27: privacy.neighboring_relation: whose turn it is shows who is there: "
        + "no bound holds for add-or-remove-one. Use zero-out or replace-one."
    }
    #expect {
      try TinyExperiment.experiment(
        TinyExperiment.examples(["{poisson_rate: 0.25}": "in_turn"]))
    } throws: {
      "\($0)" == "tiny.yaml:13: training.sampling: belongs to unit: client, and privacy.unit is "
        + "example; use {expected_batch_size: 256}"
    }
  }

  @Test func turnsRunToTheSameBytes() async throws {
    let source = TinyExperiment.source(Self.turns)
    let (one, two) = (
      try await Sweep.run(source, threads: 1), try await Sweep.run(source, threads: 2)
    )
    #expect(try RunFiles(directory: one.path) == RunFiles(directory: two.path))
    #expect(try Verification(directory: one.path).findings == [])
  }
}
