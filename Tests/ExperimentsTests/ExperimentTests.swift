import Accounting
import Datasets
import Foundation
import Mechanisms
import Testing
import Training
import _TestSupport

@testable import Experiments

@Suite struct ExperimentTests {
  @Test func readsTheWholeFile() throws {
    let experiment = try TinyExperiment.experiment()
    #expect(experiment.name == "tiny")
    #expect(experiment.question == "Does it run?")
    #expect(experiment.seed == 7)
    #expect(experiment.replicates == 2)
    #expect(experiment.source == TinyExperiment.source)
    #expect(!experiment.isSmoke)
    let settings = try #require(experiment.points.first?.settings)
    #expect(settings.dataset.source == .known(.fashionMNIST) && settings.dataset.unitCount == 40)
    #expect(settings.dataset.clients == ClientSettings(count: 40, holding: .dealt(.iid)))
    #expect(settings.dataset.validationExamples == 0)
    #expect(settings.model.form == .logisticRegression)
    #expect(settings.training.rounds == 3 && settings.training.sampling == .poisson(rate: 0.25))
    #expect(
      settings.training.local
        == LocalTraining(localEpochs: 1, batchSize: 5, localLearningRate: 0.1))
    #expect(
      settings.training.optimizer
        == OptimizerSettings(.sgd(momentum: 0.9, nesterov: false), learningRate: 1))
    #expect(settings.training.averaging == .none)
    #expect(settings.evaluation.split == .test && settings.evaluation.every == 2)
    #expect(settings.evaluation.tunedOn == .nothing)
    #expect(settings.privacy.unit == .client && settings.privacy.delta == 1e-5)
    #expect(settings.privacy.neighboringRelation == .addOrRemoveOne)
    #expect(settings.privacy.accountant == .pld && settings.privacy.clippingNorm == 0.5)
    #expect(settings.privacy.gaussianSampler == .gsl)
    #expect(settings.privacy.clipping == .rule(.flat))
  }

  @Test func theAccountantIsOptional() throws {
    let spelled = try TinyExperiment.experiment(TinyExperiment.plain())
    let left = try TinyExperiment.experiment(TinyExperiment.plain(["  accountant: pld\n": ""]))
    #expect(left.points.map(\.settings.privacy) == spelled.points.map(\.settings.privacy))
    #expect(left.points.map(\.settings.privacy.accountant) == [.pld])
  }

  @Test func theSweepReplacesASetting() throws {
    let points = try TinyExperiment.experiment().points
    #expect(
      points.map(\.label) == [
        "privacy.noise=none", "privacy.noise=multiplier:2.0", "privacy.noise=multiplier:0.8",
      ])
    #expect(points.map(\.settings.privacy.noise) == [.none, .multiplier(2), .multiplier(0.8)])
  }

  @Test func withoutASweepThereIsOneSetting() throws {
    let points = try TinyExperiment.experiment(TinyExperiment.plain()).points
    #expect(points.map(\.label) == [""])
    #expect(points.map(\.settings.privacy.noise) == [.multiplier(1)])
  }

  @Test func twoAxesMakeTheirProductLastFastest() throws {
    let points = try TinyExperiment.experiment(
      TinyExperiment.source(["sweep:": "sweep:\n  training.batch_size: [5, 7]"])
    ).points
    #expect(
      points.map(\.label) == [
        "training.batch_size=5;privacy.noise=none",
        "training.batch_size=5;privacy.noise=multiplier:2.0",
        "training.batch_size=5;privacy.noise=multiplier:0.8",
        "training.batch_size=7;privacy.noise=none",
        "training.batch_size=7;privacy.noise=multiplier:2.0",
        "training.batch_size=7;privacy.noise=multiplier:0.8",
      ])
    #expect(points.map(\.settings.training.local?.batchSize) == [5, 5, 5, 7, 7, 7])
    #expect(
      points.map(\.settings.privacy.noise)
        == [.none, .multiplier(2), .multiplier(0.8), .none, .multiplier(2), .multiplier(0.8)])
  }

  @Test func anAxisCanReachIntoAVariantOrSetWhatTheFileLeavesOut() throws {
    let points = try TinyExperiment.experiment(
      TinyExperiment.plain([
        "smoke:": """
        sweep:
          training.sampling.poisson_rate: [0.1, 0.2]
          privacy.gaussian_sampler: [gsl, bulk]
        smoke:
        """
      ])
    ).points
    #expect(
      points.map(\.settings.training.sampling)
        == [.poisson(rate: 0.1), .poisson(rate: 0.1), .poisson(rate: 0.2), .poisson(rate: 0.2)])
    #expect(points.map(\.settings.privacy.gaussianSampler) == [.gsl, .bulk, .gsl, .bulk])
  }

  @Test func casesVarySeveralSettingsTogether() throws {
    let points = try TinyExperiment.experiment(
      TinyExperiment.source([
        "sweep:": """
        sweep:
          cases:
            - {case: small steps, training.rounds: 4, training.local_learning_rate: 0.05}
            - {case: as it is}
        """
      ])
    ).points
    #expect(
      points.map(\.label) == [
        "case=small steps;privacy.noise=none", "case=small steps;privacy.noise=multiplier:2.0",
        "case=small steps;privacy.noise=multiplier:0.8", "case=as it is;privacy.noise=none",
        "case=as it is;privacy.noise=multiplier:2.0", "case=as it is;privacy.noise=multiplier:0.8",
      ])
    #expect(points.map(\.settings.training.rounds) == [4, 4, 4, 3, 3, 3])
    #expect(
      points.map(\.settings.training.local?.localLearningRate) == [0.05, 0.05, 0.05, 0.1, 0.1, 0.1])
  }

  @Test func smokeChangesWhatItNames() throws {
    let experiment = try TinyExperiment.experiment(smoke: true)
    #expect(experiment.isSmoke)
    #expect(experiment.replicates == 1)
    #expect(experiment.points.map(\.settings.training.rounds) == [1, 1, 1])
    #expect(experiment.points.count == 3)
    #expect(experiment.points.map(\.settings.training.local?.batchSize) == [5, 5, 5])
  }

  @Test func smokeCanReplaceTheSweep() throws {
    let source = TinyExperiment.source([
      "  training.rounds: 1\n": "  sweep:\n    training.rounds: [1, 2]\n"
    ])
    let points = try TinyExperiment.experiment(source, smoke: true).points
    #expect(points.map(\.label) == ["training.rounds=1", "training.rounds=2"])
    #expect(try TinyExperiment.experiment(source).points.count == 3)
  }

  /// Every complaint names the file, the line where it has one, the key's path and the mend.
  @Test(arguments: [
    // Keys.
    (
      "batch_size: 5", "batch_sise: 5",
      "tiny.yaml:17: training.batch_sise: unknown key; did you mean \"batch_size\"? Known here: "
        + "rounds, sampling, local_epochs, batch_size, local_learning_rate, local_l2, proximal, "
        + "control_variates, weighting, server_learning_rate, server_momentum, optimizer, "
        + "schedule, warmup_rounds, weight_decay, averaging, compression, error_feedback, "
        + "participation."
    ),
    (
      "seed: 7", "sed: 7",
      "tiny.yaml:4: sed: unknown key; did you mean \"seed\"? Known here: schema, name, question, "
        + "seed, replicates, first_replicate, sweep, tuning, smoke, dataset, model, training, "
        + "evaluation, privacy, audit, "
        + "analytics."
    ),
    ("seed: 7\n", "", "tiny.yaml:1: seed: is missing"),
    ("  delta: 1.0e-5\n", "", "tiny.yaml:26: privacy.delta: is missing"),
    (
      "seed: 7", "seed: 7\nseed: 8",
      "tiny.yaml:4: is not valid YAML: the key seed stands twice"
    ),
    (
      "batch_size: 5", "batch_size: 5\n  rounds: 9",
      "tiny.yaml:14: is not valid YAML: the key rounds stands twice"
    ),
    // Types.
    (
      "replicates: 2", "replicates: two",
      "tiny.yaml:5: replicates: expected a whole number, found \"two\""
    ),
    (
      "replicates: 2", "replicates: \"2\"",
      "tiny.yaml:5: replicates: expected a whole number, found \"2\""
    ),
    (
      "replicates: 2", "replicates: 2.0",
      "tiny.yaml:5: replicates: expected a whole number, found \"2.0\""
    ),
    (
      "replicates: 2", "replicates:",
      "tiny.yaml:5: replicates: expected a whole number, found nothing"
    ),
    (
      "replicates: 2", "replicates: [2]",
      "tiny.yaml:5: replicates: expected a whole number, found a list"
    ),
    (
      "clients: 40", "clients: 010",
      "tiny.yaml:8: dataset.clients: expected a whole number, found \"010\""
    ),
    (
      "rounds: 3\n", "rounds: 1:30\n",
      "tiny.yaml:14: training.rounds: expected a whole number, found \"1:30\""
    ),
    (
      "clients: 40", "clients: 0x28",
      "tiny.yaml:8: dataset.clients: expected a whole number, found \"0x28\""
    ),
    (
      "delta: 1.0e-5", "delta: small",
      "tiny.yaml:28: privacy.delta: expected a number, found \"small\""
    ),
    (
      "delta: 1.0e-5", "delta: nan",
      "tiny.yaml:28: privacy.delta: expected a number, found \"nan\""
    ),
    (
      "delta: 1.0e-5", "delta: 0x1p-17",
      "tiny.yaml:28: privacy.delta: expected a number, found \"0x1p-17\""
    ),
    (
      "delta: 1.0e-5", "delta: true",
      "tiny.yaml:28: privacy.delta: expected a number, found \"true\""
    ),
    (
      "question: Does it run?", "question:",
      "tiny.yaml:3: question: expected text, found nothing"
    ),
    (
      "question: Does it run?", "question: {a: b}",
      "tiny.yaml:3: question: expected text, found a mapping"
    ),
    (
      "model:\n  kind: logistic-regression", "model: logistic-regression",
      "tiny.yaml:11: model: expected a mapping of keys to values, found \"logistic-regression\""
    ),
    // Ranges.
    ("schema: 1", "schema: 2", "tiny.yaml:1: schema: this program reads schema 1"),
    (
      "schema: 1", "schema: 0",
      "tiny.yaml:1: schema: must be at least 1 and below 2^63, found 0"
    ),
    (
      "name: tiny", "name: Tiny Experiment",
      "tiny.yaml:2: name: must be lower-case words joined by hyphens, found \"Tiny Experiment\""
    ),
    (
      "name: tiny", "name: ../tiny",
      "tiny.yaml:2: name: must be lower-case words joined by hyphens, found \"../tiny\""
    ),
    ("seed: 7", "seed: -1", "tiny.yaml:4: seed: must be at least 0 and below 2^63, found -1"),
    (
      "seed: 7", "seed: 9223372036854775808",
      "tiny.yaml:4: seed: must be at least 0 and below 2^63, found 9223372036854775808"
    ),
    (
      "replicates: 2", "replicates: 0",
      "tiny.yaml:5: replicates: must be from 1 to 100000, found 0"
    ),
    (
      "replicates: 2", "replicates: 100001",
      "tiny.yaml:5: replicates: must be from 1 to 100000, found 100001"
    ),
    ("clients: 40", "clients: 0", "tiny.yaml:8: dataset.clients: must be from 1 to 60000, found 0"),
    (
      "clients: 40", "clients: 60001",
      "tiny.yaml:8: dataset.clients: must be from 1 to 60000, found 60001"
    ),
    (
      "validation_examples: 0", "validation_examples: 60000",
      "tiny.yaml:10: dataset.validation_examples: must be from 0 to 59999, found 60000"
    ),
    (
      "validation_examples: 0", "validation_examples: -1",
      "tiny.yaml:10: dataset.validation_examples: must be from 0 to 59999, found -1"
    ),
    (
      "partition: iid", "partition: {label_shards: 1501}",
      "tiny.yaml:9: dataset.partition.label_shards: must be from 1 to 1500, found 1501"
    ),
    (
      "partition: iid", "partition: {label_shards: 0}",
      "tiny.yaml:9: dataset.partition.label_shards: must be from 1 to 1500, found 0"
    ),
    (
      "partition: iid", "partition: {dirichlet: 0}",
      "tiny.yaml:9: dataset.partition.dirichlet: must be a finite number above 0, found 0"
    ),
    (
      "partition: iid", "partition: {dirichlet: .inf}",
      "tiny.yaml:9: dataset.partition.dirichlet: must be a finite number above 0, found .inf"
    ),
    (
      "partition: iid", "partition: {power_law: 0}",
      "tiny.yaml:9: dataset.partition.power_law: must be a finite number above 0, found 0"
    ),
    (
      "rounds: 3\n", "rounds: 0\n",
      "tiny.yaml:14: training.rounds: must be from 1 to 1000000, found 0"
    ),
    (
      "rounds: 3\n", "rounds: 1000001\n",
      "tiny.yaml:14: training.rounds: must be from 1 to 1000000, found 1000001"
    ),
    (
      "poisson_rate: 0.25", "poisson_rate: 0",
      "tiny.yaml:15: training.sampling.poisson_rate: must be above 0 and at most 1, found 0"
    ),
    (
      "poisson_rate: 0.25", "poisson_rate: 1.0000001",
      "tiny.yaml:15: training.sampling.poisson_rate: must be above 0 and at most 1, "
        + "found 1.0000001"
    ),
    (
      "poisson_rate: 0.25", "poisson_rate: .nan",
      "tiny.yaml:15: training.sampling.poisson_rate: must be above 0 and at most 1, found .nan"
    ),
    (
      "poisson_rate: 0.25", "cohort_size: 41",
      "tiny.yaml:15: training.sampling.cohort_size: must be from 1 to 40, found 41"
    ),
    (
      "poisson_rate: 0.25", "cohort_size: 0",
      "tiny.yaml:15: training.sampling.cohort_size: must be from 1 to 40, found 0"
    ),
    (
      "local_epochs: 1", "local_epochs: 0",
      "tiny.yaml:16: training.local_epochs: must be from 1 to 10000, found 0"
    ),
    (
      "batch_size: 5", "batch_size: 65537",
      "tiny.yaml:17: training.batch_size: must be from 1 to 65536, found 65537"
    ),
    (
      "local_learning_rate: 0.1", "local_learning_rate: 0.0",
      "tiny.yaml:18: training.local_learning_rate: must be a finite number above 0, found 0.0"
    ),
    (
      "server_learning_rate: 1.0", "server_learning_rate: -1.0",
      "tiny.yaml:19: training.server_learning_rate: must be a finite number above 0, found -1.0"
    ),
    (
      "server_learning_rate: 1.0", "server_learning_rate: 1e999",
      "tiny.yaml:19: training.server_learning_rate: must be a finite number above 0, found 1e999"
    ),
    (
      "server_momentum: 0.9", "server_momentum: 1",
      "tiny.yaml:20: training.server_momentum: must be at least 0 and below 1, found 1"
    ),
    (
      "server_momentum: 0.9", "server_momentum: -0.1",
      "tiny.yaml:20: training.server_momentum: must be at least 0 and below 1, found -0.1"
    ),
    ("every: 2", "every: 0", "tiny.yaml:23: evaluation.every: must be from 1 to 1000000, found 0"),
    (
      "delta: 1.0e-5", "delta: 0",
      "tiny.yaml:28: privacy.delta: must be above 0 and below 1, found 0"
    ),
    (
      "delta: 1.0e-5", "delta: 1",
      "tiny.yaml:28: privacy.delta: must be above 0 and below 1, found 1"
    ),
    (
      "delta: 1.0e-5", "delta: .nan",
      "tiny.yaml:28: privacy.delta: must be above 0 and below 1, found .nan"
    ),
    (
      "delta: 1.0e-5", "delta: -.inf",
      "tiny.yaml:28: privacy.delta: must be above 0 and below 1, found -.inf"
    ),
    (
      "clipping_norm: 0.5", "clipping_norm: 0",
      "tiny.yaml:30: privacy.clipping_norm: must be from 1e-30 to 1e30, found 0"
    ),
    (
      "{multiplier: 1.0}", "{multiplier: -1.0}",
      "tiny.yaml:31: privacy.noise.multiplier: must be from 1e-6 to 1e12, found -1.0"
    ),
    (
      "{multiplier: 1.0}", "{multiplier: .inf}",
      "tiny.yaml:31: privacy.noise.multiplier: must be from 1e-6 to 1e12, found .inf"
    ),
    (
      "{multiplier: 1.0}", "{target_epsilon: 0}",
      "tiny.yaml:31: privacy.noise.target_epsilon: must be a finite number above 0, found 0"
    ),
    // Choices.
    (
      "accountant: pld", "accountant: rdq",
      "tiny.yaml:29: privacy.accountant: \"rdq\" is not a choice; did you mean \"rdp\"? "
        + "Choices: pld, rdp, gaussian-dp, zcdp, pure-dp, optimal-composition, moments, rdp-classic, "
        + "advanced-composition."
    ),
    (
      "accountant: pld", "accountant: moments",
      "tiny.yaml:29: privacy.accountant: moments is kept to price published results again; its "
        + "epsilon is larger than need be. Use pld, which prices the same events."
    ),
    (
      "name: fashion-mnist", "name: cifar",
      "tiny.yaml:7: dataset.name: \"cifar\" is not a choice. Choices: fashion-mnist, mnist, adult, "
        + "breast-cancer, digits, heart-disease, shakespeare-characters."
    ),
    (
      "partition: iid", "partition: idd",
      "tiny.yaml:9: dataset.partition: \"idd\" is not a choice; did you mean \"iid\"? "
        + "Choices: iid, {label_shards: 2}, {dirichlet: 0.3}, {power_law: 1.5}, natural, {drawn: 50}."
    ),
    (
      "name: fashion-mnist\n  clients: 40\n  partition: iid",
      "name: heart-disease\n  clients: 5\n  partition: natural",
      "tiny.yaml:8: dataset.clients: the examples of heart-disease belong to 4 owners, so that a "
        + "natural partition has 4 clients, not 5"
    ),
    (
      "partition: iid", "partition: natural",
      "tiny.yaml:9: dataset.partition: fashion-mnist does not say who its examples belong to; deal "
        + "them out in another way, such as iid"
    ),
    (
      "partition: iid", "partition: {dirichlet: 0.3, label_shards: 2}",
      "tiny.yaml:9: dataset.partition: expected a name, or one key with its value, "
        + "found a mapping"
    ),
    (
      "{poisson_rate: 0.25}", "{poison_rate: 0.25}",
      "tiny.yaml:15: training.sampling: \"poison_rate\" is not a choice; did you mean "
        + "\"{poisson_rate: 0.1}\"? Choices: {poisson_rate: 0.1}, {cohort_size: 100}, everyone, "
        + "in_turn."
    ),
    // Combinations.
    (
      "kind: logistic-regression", "kind: logistic-regression\n  hidden_widths: [8]",
      "tiny.yaml:13: model.hidden_widths: logistic regression has one layer and its own "
        + "loss; remove this key"
    ),
    (
      "kind: logistic-regression", "kind: multilayer-perceptron",
      "tiny.yaml:12: model.hidden_widths: is missing"
    ),
    (
      "kind: logistic-regression", "kind: multilayer-perceptron\n  hidden_widths: []",
      "tiny.yaml:13: model.hidden_widths: a perceptron needs a hidden layer; "
        + "or use logistic-regression"
    ),
    (
      "kind: logistic-regression", "kind: multilayer-perceptron\n  hidden_widths: [8, 0]",
      "tiny.yaml:13: model.hidden_widths: must be from 1 to 65536, found 0"
    ),
    (
      "split: test", "split: validation",
      "tiny.yaml:22: evaluation.split: nothing is held out: set dataset.validation_examples, "
        + "or measure on test"
    ),
    (
      "{poisson_rate: 0.25}", "{cohort_size: 10}",
      "tiny.yaml:27: privacy.neighboring_relation: a cohort of fixed size makes the number of "
        + "clients public: no bound holds for add-or-remove-one. Use replace-one, or sample with "
        + "poisson_rate."
    ),
    // The sweep.
    (
      "privacy.noise:", "privacy.nose:",
      "tiny.yaml:34: privacy.nose: unknown key; did you mean \"noise\"? Known here: unit, "
        + "neighboring_relation, delta, accountant, clipping_norm, clipping, mechanism, noise, "
        + "gaussian_sampler."
    ),
    (
      "privacy.noise:", "pivacy.noise:",
      "tiny.yaml:34: sweep.pivacy.noise: an axis is a dotted path into dataset, model, training, "
        + "evaluation, privacy, audit, such as privacy.noise, or cases, zip or exclude"
    ),
    (
      "privacy.noise:", "replicates:",
      "tiny.yaml:34: sweep.replicates: an axis is a dotted path into dataset, model, training, "
        + "evaluation, privacy, audit, such as privacy.noise, or cases, zip or exclude"
    ),
    (
      "sweep:", "sweep:\n  training.rounds: []",
      "tiny.yaml:33: sweep.training.rounds: an axis needs at least one value"
    ),
    (
      "sweep:", "sweep:\n  cases:\n    - {training.rounds: 5}",
      "tiny.yaml:34: sweep.cases.1.case: is missing"
    ),
    (
      "sweep:", "sweep:\n  cases:\n    - {case: a}\n    - {case: a}",
      "tiny.yaml:35: sweep.cases.2.case: must be a name of its own without ; and =, found \"a\""
    ),
    (
      "sweep:", "sweep:\n  cases:\n    - {case: a, rounds: 5}",
      "tiny.yaml:34: sweep.cases.1.rounds: an axis is a dotted path into dataset, model, training, "
        + "evaluation, privacy, audit, such as privacy.noise, or cases, zip or exclude"
    ),
    (
      "sweep:", "sweep:\n  training.rounds: 5",
      "tiny.yaml:33: sweep.training.rounds: expected a list, {range: {from: 1, to: 9, step: 2}} or "
        + "{log_range: {from: 0.5, to: 8, count: 5}}, found \"5\""
    ),
    (
      "sweep:", "sweep:\n  training.rounds: [5, 0]",
      "tiny.yaml:33: training.rounds: must be from 1 to 1000000, found 0"
    ),
    (
      "sweep:", "sweep:\n  model.kind.width: [5]",
      "tiny.yaml:12: model.kind: expected a mapping of keys to values, "
        + "found \"logistic-regression\""
    ),
    // Smoke values, read with or without --smoke.
    (
      "  replicates: 1", "  replicate: 1",
      "tiny.yaml:38: replicate: unknown key; did you mean \"replicates\"? Known here: schema, "
        + "name, question, seed, replicates, first_replicate, sweep, tuning, smoke, dataset, model, "
        + "training, evaluation, "
        + "privacy, audit, analytics."
    ),
    (
      "  training.rounds: 1", "  trainig.rounds: 1",
      "tiny.yaml:39: trainig.rounds: unknown key; did you mean \"training\"? Known here: schema, "
        + "name, question, seed, replicates, dataset, model, training, evaluation, privacy, sweep, "
        + "smoke."
    ),
    (
      "  training.rounds: 1", "  training.rounds: 0",
      "tiny.yaml:39: training.rounds: must be from 1 to 1000000, found 0"
    ),
  ])
  func mistakesAreNamed(line: String, mistake: String, message: String) {
    expectError(TinyExperiment.source([line: mistake]), message)
  }

  @Test(arguments: [
    ("", "tiny.yaml: cannot be read: it is empty"),
    ("# nothing yet\n", "tiny.yaml: cannot be read: it is empty"),
    ("- a\n- b\n", "tiny.yaml:1: expected a mapping of keys to values, found a list"),
    ("just text", "tiny.yaml:1: expected a mapping of keys to values, found \"just text\""),
    (
      "schema: 1\nname: [a\n",
      "tiny.yaml:3: is not valid YAML: did not find expected ',' or ']'"
    ),
    (
      "dataset:\n\tname: mnist\n",
      "tiny.yaml:2: is not valid YAML: found character that cannot start any token"
    ),
  ])
  func brokenFilesAreNamed(source: String, message: String) {
    expectError(source, message)
  }

  /// Ten lists that name the one before ten times would hold 10^10 values, and as many settings are made by
  /// ten axes of ten values.
  @Test func whatGrowsWithoutEndIsRefused() throws {
    let bomb = (1..<10).map { level in
      "l\(level): &l\(level) [\(Array(repeating: "*l\(level - 1)", count: 10).joined(separator: ", "))]"
    }
    let reason =
      "tiny.yaml: cannot be read: it has 90 aliases (*name), and at most 20 are read; write out "
      + "what they stand for"
    expectError((["l0: &l0 [a]"] + bomb).joined(separator: "\n"), reason)
    // As keys they would be compared before anything is looked at.
    let key = ["? &k0 [a]\n: 1"] + (1..<10).map { "? &k\($0) [*k\($0 - 1), *k\($0 - 1)]\n: 1" }
    expectError(
      (key + ["x: [\(Array(repeating: "*k9", count: 9).joined(separator: ","))]"])
        .joined(separator: "\n"),
      reason.replacingOccurrences(of: "90", with: "27"))
    let twice = TinyExperiment.source([
      "    - none\n": "    - &none none\n", "noise: {multiplier: 1.0}": "noise: {multiplier: 1.0}",
      "    - {multiplier: 2.0}": "    - {multiplier: &two 2.0}",
      "    - {multiplier: 0.8}": "    - {multiplier: 0.8}\n  training.server_learning_rate: [*two]",
    ])
    #expect(try TinyExperiment.experiment(twice).points.count == 3)

    let axes = ["training.rounds", "training.batch_size", "training.local_epochs"].map {
      "  \($0): [\((1...22).map(String.init).joined(separator: ", "))]\n"
    }
    expectError(
      TinyExperiment.source(["sweep:\n": "sweep:\n" + axes.joined()]),
      "tiny.yaml:35: sweep.training.local_epochs: its axes make more than 10000 settings; sweep over "
        + "fewer values, or in several experiments")
  }

  @Test func smokeIsNeededOnlyWhenAskedFor() throws {
    let text = TinyExperiment.source
    let source = String(text[..<text.range(of: "smoke:")!.lowerBound])
    #expect(try TinyExperiment.experiment(source).replicates == 2)
    expectError(source, smoke: true, "tiny.yaml:1: smoke: is missing")
  }

  @Test func filesThatCannotBeReadAreNamed() throws {
    let folder = try TemporaryFolder()
    try folder.write(Data([0x61, 0xff]), to: "latin.yaml")
    for (name, reason) in [
      ("none.yaml", "No such file or directory"), (".", "Is a directory"),
      ("latin.yaml", "it is not UTF-8 text"),
    ] {
      let path = folder.at(name)
      #expect {
        try Experiment(path: path, smoke: false)
      } throws: { error in
        "\(error)" == "\(path): cannot be read: \(reason)"
      }
    }
  }

  private func expectError(
    _ source: String, smoke: Bool = false, _ message: String,
    location: SourceLocation = #_sourceLocation
  ) {
    do {
      _ = try TinyExperiment.experiment(source, smoke: smoke)
      Issue.record("no error; expected: \(message)", sourceLocation: location)
    } catch {
      #expect("\(error)" == message, sourceLocation: location)
    }
  }
}
