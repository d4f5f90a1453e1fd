internal import Accounting
internal import Datasets
internal import Mechanisms
internal import Yams

extension Settings {
  static let keys = ["dataset", "model", "training", "evaluation", "privacy"]

  /// Decodes one point of the sweep from the experiment's document with the point's values in place.
  init(_ document: SettingsReader) throws(ExperimentError) {
    dataset = try DatasetSettings(try document.reader("dataset"))
    model = try ModelSettings(try document.reader("model"))
    training = try TrainingSettings(
      try document.reader("training"), clientCount: dataset.clientCount)
    evaluation = try EvaluationSettings(
      try document.reader("evaluation"), validationExamples: dataset.validationExamples)
    privacy = try PrivacySettings(try document.reader("privacy"), sampling: training.sampling)
  }
}

extension DatasetSettings {
  init(_ reader: SettingsReader) throws(ExperimentError) {
    try reader.expectOnly(["name", "clients", "partition", "validation_examples"])
    name = try reader.choice("name")
    validationExamples = try reader.integer(
      "validation_examples", in: 0...(name.trainingExampleCount - 1))
    let dealt = name.trainingExampleCount - validationExamples
    clientCount = try reader.integer("clients", in: 1...dealt)
    partition = try Partition(reader, exampleCount: dealt, clientCount: clientCount)
  }
}

extension Partition {
  fileprivate init(
    _ reader: SettingsReader, exampleCount: Int, clientCount: Int
  ) throws(ExperimentError) {
    switch try reader.variant("partition") {
    case .name("iid"):
      self = .iid
    case .keyed("label_shards", let settings):
      self = .labelShards(
        shardsPerClient: try settings.integer("label_shards", in: 1...exampleCount / clientCount))
    case .keyed("dirichlet", let settings):
      self = .dirichlet(alpha: try settings.number("dirichlet", in: .positive))
    case let other:
      throw reader.unknownChoice(
        other.name, choices: ["iid", "{label_shards: 2}", "{dirichlet: 0.3}"], at: "partition")
    }
  }
}

extension ModelSettings {
  init(_ reader: SettingsReader) throws(ExperimentError) {
    try reader.expectOnly(["kind", "hidden_widths"])
    kind = try reader.choice("kind")
    switch kind {
    case .logisticRegression:
      guard !reader.contains("hidden_widths") else {
        throw reader.problem(
          .inconsistent(reason: "logistic regression has no hidden layers; remove this key"),
          at: "hidden_widths")
      }
      hiddenWidths = []
    case .multilayerPerceptron:
      let widths = try reader.integers("hidden_widths", in: 1...65536)
      guard !widths.isEmpty else {
        throw reader.problem(
          .inconsistent(reason: "a perceptron needs a hidden layer; or use logistic-regression"),
          at: "hidden_widths")
      }
      hiddenWidths = widths
    }
  }
}

extension TrainingSettings {
  init(_ reader: SettingsReader, clientCount: Int) throws(ExperimentError) {
    try reader.expectOnly([
      "rounds", "sampling", "local_epochs", "batch_size", "local_learning_rate",
      "server_learning_rate", "server_momentum",
    ])
    rounds = try reader.integer("rounds", in: 1...1_000_000)
    sampling = try SamplingSettings(reader, clientCount: clientCount)
    localEpochs = try reader.integer("local_epochs", in: 1...10_000)
    batchSize = try reader.integer("batch_size", in: 1...65536)
    localLearningRate = try reader.number("local_learning_rate", in: .positive)
    serverLearningRate = try reader.number("server_learning_rate", in: .positive)
    serverMomentum = try reader.number("server_momentum", in: .momentum)
  }
}

extension SamplingSettings {
  fileprivate init(_ reader: SettingsReader, clientCount: Int) throws(ExperimentError) {
    switch try reader.variant("sampling") {
    case .name("everyone"):
      self = .everyone
    case .keyed("poisson_rate", let settings):
      self = .poisson(rate: try settings.number("poisson_rate", in: .rate))
    case .keyed("cohort_size", let settings):
      self = .withoutReplacement(
        cohortSize: try settings.integer("cohort_size", in: 1...clientCount))
    case let other:
      throw reader.unknownChoice(
        other.name, choices: ["{poisson_rate: 0.1}", "{cohort_size: 100}", "everyone"],
        at: "sampling")
    }
  }
}

extension EvaluationSettings {
  init(_ reader: SettingsReader, validationExamples: Int) throws(ExperimentError) {
    try reader.expectOnly(["split", "every", "tuned_on"])
    split = try reader.choice("split")
    every = try reader.integer("every", in: 1...1_000_000)
    tunedOn = try reader.choice("tuned_on")
    if split == .validation && validationExamples == 0 {
      throw reader.problem(
        .inconsistent(
          reason: "nothing is held out: set dataset.validation_examples, or measure on test"),
        at: "split")
    }
  }
}

extension PrivacySettings {
  init(_ reader: SettingsReader, sampling: SamplingSettings) throws(ExperimentError) {
    try reader.expectOnly([
      "unit", "neighboring_relation", "delta", "accountant", "clipping_norm", "noise",
      "gaussian_sampler",
    ])
    unit = try reader.choice("unit")
    guard unit == .client else {
      throw reader.problem(
        .inconsistent(reason: "federated averaging protects whole clients; use unit: client"),
        at: "unit")
    }
    neighboringRelation = try reader.choice("neighboring_relation")
    delta = try reader.number("delta", in: .openUnit)
    accountant = reader.contains("accountant") ? try reader.choice("accountant") : .pld
    guard !accountant.isHistorical else {
      throw reader.problem(
        .inconsistent(
          reason: "\(accountant.rawValue) is kept to price published results again; its epsilon is "
            + "larger than need be. Use pld, which prices the same events."),
        at: "accountant")
    }
    clippingNorm = try reader.number("clipping_norm", in: .clippingNorm)
    noise = try NoiseSettings(reader)
    gaussianSampler =
      reader.contains("gaussian_sampler") ? try reader.choice("gaussian_sampler") : .gsl
    if case .withoutReplacement = sampling, neighboringRelation != .replaceOne {
      throw reader.problem(
        .inconsistent(
          reason: "a cohort of fixed size makes the number of clients public: no bound holds for "
            + "\(neighboringRelation.rawValue). Use replace-one, or sample with poisson_rate."),
        at: "neighboring_relation")
    }
  }
}

extension NoiseSettings {
  fileprivate init(_ reader: SettingsReader) throws(ExperimentError) {
    switch try reader.variant("noise") {
    case .name("none"):
      self = .none
    case .keyed("multiplier", let settings):
      self = .multiplier(try settings.number("multiplier", in: .noiseMultiplier))
    case .keyed("target_epsilon", let settings):
      self = .targetEpsilon(try settings.number("target_epsilon", in: .positive))
    case let other:
      throw reader.unknownChoice(
        other.name, choices: ["none", "{multiplier: 1.0}", "{target_epsilon: 2}"], at: "noise")
    }
  }
}
