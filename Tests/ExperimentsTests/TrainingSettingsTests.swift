import Accounting
import Foundation
import Mechanisms
import Results
import Testing
import Training

@testable import Experiments

/// What `training` says, for both privacy units.
@Suite struct TrainingSettingsTests {
  private func settings(_ source: String) throws -> TrainingSettings {
    try #require(try TinyExperiment.experiment(source).points.first).settings.training
  }

  private func withLines(_ lines: String) -> String {
    TinyExperiment.examples(["  learning_rate: 0.5\n": "  learning_rate: 0.5\n\(lines)"])
  }

  @Test func examplesHaveTheirOwnKeys() throws {
    let settings = try #require(
      try TinyExperiment.experiment(TinyExperiment.examples()).points.first
    ).settings
    #expect(settings.dataset.clients == nil && settings.dataset.unitCount == 60_000)
    #expect(settings.training.local == nil && settings.training.sampling == .poisson(rate: 0.25))
    #expect(
      settings.training.optimizer
        == OptimizerSettings(.sgd(momentum: 0, nesterov: false), learningRate: 0.5))
    #expect(settings.privacy.unit == .example && settings.privacy.gaussianSampler == .bulk)
  }

  @Test func expectedBatchSizesAreRates() throws {
    func sampling(_ validation: Int) throws -> SamplingSettings {
      try settings(
        TinyExperiment.examples([
          "{poisson_rate: 0.25}": "{expected_batch_size: 256}",
          "validation_examples: 0": "validation_examples: \(validation)",
        ])
      ).sampling
    }
    #expect(try sampling(0) == .poisson(rate: 256.0 / 60_000))
    #expect(try sampling(10_000) == .poisson(rate: 256.0 / 50_000))
  }

  @Test(arguments: [
    ("sgd", OptimizerSettings.Rule.sgd(momentum: 0, nesterov: false)),
    ("{momentum: 0.8}", .sgd(momentum: 0.8, nesterov: false)),
    ("{nesterov: 0.8}", .sgd(momentum: 0.8, nesterov: true)),
    (
      "{adam: {beta1: 0.9, beta2: 0.999, epsilon: 1.0e-8}}",
      .adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-8)
    ),
    ("{fed_adagrad: {beta1: 0.9, adaptivity: 0.1}}", .fedAdagrad(beta1: 0.9, adaptivity: 0.1)),
    (
      "{fed_adam: {beta1: 0, beta2: 0.99, adaptivity: 0.1}}",
      .fedAdam(beta1: 0, beta2: 0.99, adaptivity: 0.1)
    ),
    (
      "{fed_yogi: {beta1: 0.9, beta2: 0.99, adaptivity: 0.1}}",
      .fedYogi(beta1: 0.9, beta2: 0.99, adaptivity: 0.1)
    ),
  ])
  func optimizersAreRead(text: String, rule: OptimizerSettings.Rule) throws {
    #expect(try settings(withLines("  optimizer: \(text)\n")).optimizer.rule == rule)
    let client = TinyExperiment.plain(["server_momentum: 0.9": "optimizer: \(text)"])
    #expect(try settings(client).optimizer == OptimizerSettings(rule, learningRate: 1))
  }

  @Test(arguments: [
    ("constant", LearningRateSchedule.Shape.constant),
    ("{step: {every: 2, factor: 0.5}}", .step(every: 2, factor: 0.5)),
    ("{exponential: 0.9}", .exponential(decay: 0.9)),
    ("{cosine: 0.1}", .cosine(finalFraction: 0.1)), ("inverse_square_root", .inverseSquareRoot),
  ])
  func schedulesAreRead(text: String, shape: LearningRateSchedule.Shape) throws {
    let optimizer = try settings(
      withLines("  schedule: \(text)\n  warmup_rounds: 2\n  weight_decay: 0.01\n")
    ).optimizer
    #expect(optimizer.schedule == LearningRateSchedule(shape, warmupRounds: 2))
    #expect(optimizer.weightDecay == 0.01)
  }

  @Test(arguments: [
    ("none", Averaging.none), ("{exponential: 0.9}", .exponential(decay: 0.9, warmUp: false)),
    ("{exponential_warm_up: 0.9}", .exponential(decay: 0.9, warmUp: true)),
    ("{tail_from: 3}", .tail(from: 3)),
  ])
  func averagesAreRead(text: String, averaging: Averaging) throws {
    #expect(try settings(withLines("  averaging: \(text)\n")).averaging == averaging)
  }

  /// A plan says what was resolved in the words of the file, so that it can be read again.
  @Test(arguments: [
    "optimizer: {nesterov: 0.8}", "optimizer: {adam: {beta1: 0.9, beta2: 0.999, epsilon: 1.0e-8}}",
    "optimizer: {fed_yogi: {beta1: 0.9, beta2: 0.99, adaptivity: 0.1}}",
    "schedule: {step: {every: 2, factor: 0.5}}", "schedule: inverse_square_root",
    "averaging: {tail_from: 2}", "averaging: {exponential_warm_up: 0.99}",
    "weight_decay: 0.001\n  warmup_rounds: 3",
  ])
  func whatIsWrittenReadsBack(line: String) throws {
    let settings = try settings(withLines("  \(line)\n"))
    let json = String(decoding: try CanonicalJSON.line(settings), as: UTF8.self)
    // JSON is YAML.
    let source = TinyExperiment.examples()
    let training =
      source.range(of: "training:")!.lowerBound..<source.range(of: "evaluation:")!.lowerBound
    let again = try self.settings(
      source.replacingCharacters(in: training, with: "training: \(json)\n"))
    #expect(again == settings)
  }

  @Test(arguments: [
    (
      ["learning_rate: 0.5": "learning_rate: 0.5\n  local_epochs: 1"],
      "tiny.yaml:15: training.local_epochs: belongs to unit: client, and privacy.unit is example; "
        + "remove this key"
    ),
    (
      ["learning_rate: 0.5": "learning_rate: 0.5\n  batch_size: 1"],
      "tiny.yaml:15: training.batch_size: belongs to unit: client, and privacy.unit is example; "
        + "use sampling: {expected_batch_size: 256}"
    ),
    (
      ["learning_rate: 0.5": "server_learning_rate: 0.5"],
      "tiny.yaml:14: training.server_learning_rate: belongs to unit: client, and privacy.unit is "
        + "example; use learning_rate"
    ),
    (
      ["learning_rate: 0.5": "local_learning_rate: 0.5"],
      "tiny.yaml:14: training.local_learning_rate: belongs to unit: client, and privacy.unit is "
        + "example; use learning_rate"
    ),
    (
      ["learning_rate: 0.5": "learning_rate: 0.5\n  server_momentum: 0.9"],
      "tiny.yaml:15: training.server_momentum: belongs to unit: client, and privacy.unit is "
        + "example; use optimizer: {momentum: 0.9}"
    ),
    (
      ["{poisson_rate: 0.25}": "{expected_batch_size: 60001}"],
      "tiny.yaml:13: training.sampling.expected_batch_size: must be above 0 and at most 60000, "
        + "found 60001"
    ),
    (
      ["{poisson_rate: 0.25}": "{expected_batchsize: 256}"],
      "tiny.yaml:13: training.sampling: \"expected_batchsize\" is not a choice; did you mean "
        + "\"{expected_batch_size: 256}\"? Choices: {expected_batch_size: 256}, "
        + "{poisson_rate: 0.1}, {cohort_size: 100}, everyone."
    ),
    (
      ["{poisson_rate: 0.25}": "{cohort_size: 10}"],
      "tiny.yaml:21: privacy.neighboring_relation: a cohort of fixed size makes the number of "
        + "examples public: no bound holds for add-or-remove-one. Use replace-one, or sample with "
        + "poisson_rate."
    ),
    (
      ["learning_rate: 0.5": "learning_rate: 0.5\n  optimizer: {adam: {beta1: 0.9}}"],
      "tiny.yaml:15: training.optimizer.adam.beta2: is missing"
    ),
    (
      ["learning_rate: 0.5": "learning_rate: 0.5\n  optimizer: {nesterov: 0}"],
      "tiny.yaml:15: training.optimizer.nesterov: must be above 0 and below 1, found 0"
    ),
    (
      ["learning_rate: 0.5": "learning_rate: 0.5\n  optimizer: {sdg: 0}"],
      "tiny.yaml:15: training.optimizer: \"sdg\" is not a choice; did you mean \"sgd\"? Choices: "
        + "sgd, {momentum: 0.9}, {nesterov: 0.9}, "
        + "{adam: {beta1: 0.9, beta2: 0.999, epsilon: 1.0e-8}}, "
        + "{fed_adagrad: {beta1: 0.9, adaptivity: 0.001}}, "
        + "{fed_adam: {beta1: 0.9, beta2: 0.99, adaptivity: 0.001}}, "
        + "{fed_yogi: {beta1: 0.9, beta2: 0.99, adaptivity: 0.001}}."
    ),
    (
      ["learning_rate: 0.5": "learning_rate: 0.5\n  schedule: {step: {every: 0, factor: 1}}"],
      "tiny.yaml:15: training.schedule.step.every: must be from 1 to 1000000, found 0"
    ),
    (
      ["learning_rate: 0.5": "learning_rate: 0.5\n  schedule: {cosine: 2}"],
      "tiny.yaml:15: training.schedule.cosine: must be from 0 to 1, found 2"
    ),
    (
      ["learning_rate: 0.5": "learning_rate: 0.5\n  warmup_rounds: -1"],
      "tiny.yaml:15: training.warmup_rounds: must be from 0 to 1000000, found -1"
    ),
    (
      ["learning_rate: 0.5": "learning_rate: 0.5\n  averaging: {tail_from: 0}"],
      "tiny.yaml:15: training.averaging.tail_from: must be from 1 to 1000000, found 0"
    ),
    (
      ["learning_rate: 0.5": "learning_rate: 0.5\n  weight_decay: -1"],
      "tiny.yaml:15: training.weight_decay: must be a finite number, 0 or greater, found -1"
    ),
  ])
  func mistakesAreNamed(changes: [String: String], message: String) {
    #expect {
      try TinyExperiment.experiment(TinyExperiment.examples(changes))
    } throws: { "\($0)" == message }
  }

  @Test(arguments: [
    (
      ["server_momentum: 0.9": "server_momentum: 0.9\n  optimizer: sgd"],
      "tiny.yaml:20: training.server_momentum: the optimizer says it all; remove this key"
    ),
    (
      ["server_momentum: 0.9": "learning_rate: 0.9"],
      "tiny.yaml:20: training.learning_rate: belongs to unit: example, and privacy.unit is "
        + "client; use local_learning_rate and server_learning_rate"
    ),
    (
      ["{poisson_rate: 0.25}": "{expected_batch_size: 10}"],
      "tiny.yaml:15: training.sampling.expected_batch_size: belongs to unit: example, and "
        + "privacy.unit is client; use {poisson_rate: 0.1}"
    ),
  ])
  func mistakesOfClientsAreNamed(changes: [String: String], message: String) {
    #expect {
      try TinyExperiment.experiment(TinyExperiment.plain(changes))
    } throws: { "\($0)" == message }
  }

  @Test(arguments: ["fashion-mnist-dpsgd", "fashion-mnist-tempered"])
  func publishedExperimentsProtectExamples(name: String) throws {
    for smoke in [false, true] {
      let experiment = try TinyExperiment.experiment(
        TinyExperiment.published(name), smoke: smoke)
      #expect(experiment.points.allSatisfy { $0.settings.privacy.unit == .example })
    }
  }
}
