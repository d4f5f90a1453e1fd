internal import Accounting
internal import Training

extension TrainingSettings {
  /// - Parameters:
  ///   - unitCount: how many privacy units there are.
  ///   - hasSilos: whether several silos hold them.
  init(
    _ reader: SettingsReader, unit: PrivacyUnit, unitCount: Int, hasSilos: Bool
  ) throws(ExperimentError) {
    let common = ["optimizer", "schedule", "warmup_rounds", "weight_decay", "averaging"]
    let learningRateKey: String
    switch unit {
    case .client:
      try reader.expectOnly(
        ["rounds", "sampling"] + LocalTraining.keys + ["server_learning_rate", "server_momentum"]
          + common + LinkSettings.keys,
        unit: unit,
        insteadOf: ["learning_rate": "use local_learning_rate and server_learning_rate"])
      local = try LocalTraining(reader)
      silos = nil
      learningRateKey = "server_learning_rate"
    case .example where hasSilos:
      try reader.expectOnly(
        [
          "rounds", "sampling", "local_steps", "learning_rate", "server_learning_rate", "weighting",
        ] + common,
        unit: unit,
        insteadOf: [
          "local_epochs": "use local_steps", "local_learning_rate": "use learning_rate",
          "batch_size": "use sampling: {poisson_rate: 0.1}",
          "server_momentum": "use optimizer: {momentum: 0.9}",
        ])
      local = nil
      silos = SiloTraining(
        localSteps: try reader.integer("local_steps", in: 1...10_000),
        learningRate: try reader.number("learning_rate", in: .positive),
        weighting: reader.contains("weighting") ? try reader.choice("weighting") : .uniform)
      learningRateKey = "server_learning_rate"
    case .example:
      for key in ["local_steps", "weighting"] where reader.contains(key) {
        throw reader.problem(
          .inconsistent(
            reason: "belongs to silos; declare them by dataset.clients and dataset.partition, or "
              + "remove this key"), at: key)
      }
      try reader.expectOnly(
        ["rounds", "sampling", "learning_rate"] + common, unit: unit,
        insteadOf: [
          "local_epochs": "remove this key", "local_learning_rate": "use learning_rate",
          "batch_size": "use sampling: {expected_batch_size: 256}",
          "server_learning_rate": "use learning_rate",
          "server_momentum": "use optimizer: {momentum: 0.9}",
          "local_l2": "use weight_decay", "proximal": "remove this key",
          "control_variates": "remove this key",
          "compression": "remove this key: examples send nothing",
          "error_feedback": "remove this key: examples send nothing",
          "participation": "remove this key: examples are on no devices",
        ])
      local = nil
      silos = nil
      learningRateKey = "learning_rate"
    }
    rounds = try reader.integer("rounds", in: 1...1_000_000)
    sampling = try SamplingSettings(
      reader, unit: unit, unitCount: unitCount, hasSilos: hasSilos)
    optimizer = OptimizerSettings(
      try Self.rule(reader, unit: unit),
      learningRate: try reader.number(learningRateKey, in: .positive),
      schedule: LearningRateSchedule(
        try Self.shape(reader),
        warmupRounds: reader.contains("warmup_rounds")
          ? try reader.integer("warmup_rounds", in: 0...1_000_000) : 0),
      weightDecay: reader.contains("weight_decay")
        ? try reader.number("weight_decay", in: .notNegative) : 0)
    averaging = try Self.averaging(reader)
    links = unit == .client ? try LinkSettings(reader, sampling: sampling) : .perfect
  }

  private static func rule(
    _ reader: SettingsReader, unit: PrivacyUnit
  ) throws(ExperimentError) -> OptimizerSettings.Rule {
    guard reader.contains("optimizer") else {
      return .sgd(
        momentum: unit == .client ? try reader.number("server_momentum", in: .momentum) : 0,
        nesterov: false)
    }
    guard !reader.contains("server_momentum") else {
      throw reader.problem(
        .inconsistent(reason: "the optimizer says it all; remove this key"), at: "server_momentum")
    }
    switch try reader.variant("optimizer") {
    case .name("sgd"):
      return .sgd(momentum: 0, nesterov: false)
    case .keyed("momentum", let settings):
      return .sgd(momentum: try settings.number("momentum", in: .momentum), nesterov: false)
    case .keyed("nesterov", let settings):
      return .sgd(momentum: try settings.number("nesterov", in: .openUnit), nesterov: true)
    case .keyed("adam", let settings):
      let adam = try settings.reader("adam")
      try adam.expectOnly(["beta1", "beta2", "epsilon"])
      return .adam(
        beta1: try adam.number("beta1", in: .momentum),
        beta2: try adam.number("beta2", in: .momentum),
        epsilon: try adam.number("epsilon", in: .floatFactor))
    case .keyed("fed_adagrad", let settings):
      let adagrad = try settings.reader("fed_adagrad")
      try adagrad.expectOnly(["beta1", "adaptivity"])
      return .fedAdagrad(
        beta1: try adagrad.number("beta1", in: .momentum),
        adaptivity: try adagrad.number("adaptivity", in: .floatFactor))
    case .keyed("fed_adam", let settings):
      let (beta1, beta2, adaptivity) = try adaptive(try settings.reader("fed_adam"))
      return .fedAdam(beta1: beta1, beta2: beta2, adaptivity: adaptivity)
    case .keyed("fed_yogi", let settings):
      let (beta1, beta2, adaptivity) = try adaptive(try settings.reader("fed_yogi"))
      return .fedYogi(beta1: beta1, beta2: beta2, adaptivity: adaptivity)
    case let other:
      throw reader.unknownChoice(
        other.name,
        choices: [
          "sgd", "{momentum: 0.9}", "{nesterov: 0.9}",
          "{adam: {beta1: 0.9, beta2: 0.999, epsilon: 1.0e-8}}",
          "{fed_adagrad: {beta1: 0.9, adaptivity: 0.001}}",
          "{fed_adam: {beta1: 0.9, beta2: 0.99, adaptivity: 0.001}}",
          "{fed_yogi: {beta1: 0.9, beta2: 0.99, adaptivity: 0.001}}",
        ], at: "optimizer")
    }
  }

  private static func adaptive(
    _ reader: SettingsReader
  ) throws(ExperimentError) -> (beta1: Double, beta2: Double, adaptivity: Double) {
    try reader.expectOnly(["beta1", "beta2", "adaptivity"])
    return (
      try reader.number("beta1", in: .momentum), try reader.number("beta2", in: .momentum),
      try reader.number("adaptivity", in: .floatFactor)
    )
  }

  private static func shape(
    _ reader: SettingsReader
  ) throws(ExperimentError) -> LearningRateSchedule.Shape {
    guard reader.contains("schedule") else { return .constant }
    switch try reader.variant("schedule") {
    case .name("constant"):
      return .constant
    case .name("inverse_square_root"):
      return .inverseSquareRoot
    case .keyed("step", let settings):
      let step = try settings.reader("step")
      try step.expectOnly(["every", "factor"])
      return .step(
        every: try step.integer("every", in: 1...1_000_000),
        factor: try step.number("factor", in: .positive))
    case .keyed("exponential", let settings):
      return .exponential(decay: try settings.number("exponential", in: .positive))
    case .keyed("cosine", let settings):
      return .cosine(finalFraction: try settings.number("cosine", in: .fraction))
    case let other:
      throw reader.unknownChoice(
        other.name,
        choices: [
          "constant", "{step: {every: 10, factor: 0.5}}", "{exponential: 0.99}", "{cosine: 0.1}",
          "inverse_square_root",
        ], at: "schedule")
    }
  }

  private static func averaging(
    _ reader: SettingsReader
  ) throws(ExperimentError) -> Averaging {
    guard reader.contains("averaging") else { return .none }
    switch try reader.variant("averaging") {
    case .name("none"):
      return .none
    case .keyed("exponential", let settings):
      return .exponential(
        decay: try settings.number("exponential", in: .momentum), warmUp: false)
    case .keyed("exponential_warm_up", let settings):
      return .exponential(
        decay: try settings.number("exponential_warm_up", in: .momentum), warmUp: true)
    case .keyed("tail_from", let settings):
      return .tail(from: try settings.integer("tail_from", in: 1...1_000_000))
    case let other:
      throw reader.unknownChoice(
        other.name,
        choices: [
          "none", "{exponential: 0.99}", "{exponential_warm_up: 0.999}", "{tail_from: 50}",
        ], at: "averaging")
    }
  }
}

extension SamplingSettings {
  fileprivate init(
    _ reader: SettingsReader, unit: PrivacyUnit, unitCount: Int, hasSilos: Bool
  ) throws(ExperimentError) {
    if hasSilos, case .keyed(let size, _) = try reader.variant("sampling"), size != "poisson_rate" {
      throw reader.problem(
        .inconsistent(
          reason: "silos of unequal size would sample at unequal rates; use {poisson_rate: 0.1} or "
            + "everyone"), at: "sampling")
    }
    switch try reader.variant("sampling") {
    case .name("everyone"):
      self = .everyone
    case .name("in_turn"):
      guard unit == .client else {
        throw reader.problem(
          SettingsReader.misplaced(for: unit, mend: "use {expected_batch_size: 256}"),
          at: "sampling")
      }
      self = .inTurn
    case .keyed("poisson_rate", let settings):
      self = .poisson(rate: try settings.number("poisson_rate", in: .rate))
    case .keyed("cohort_size", let settings):
      self = .withoutReplacement(
        cohortSize: try settings.integer("cohort_size", in: 1...unitCount))
    case .keyed("expected_batch_size", let settings):
      guard unit == .example else {
        throw settings.problem(
          SettingsReader.misplaced(for: unit, mend: "use {poisson_rate: 0.1}"),
          at: "expected_batch_size")
      }
      let size = try settings.number("expected_batch_size", in: .upTo(unitCount))
      self = .poisson(rate: size / Double(unitCount))
    case let other:
      var choices = ["{poisson_rate: 0.1}", "{cohort_size: 100}", "everyone"]
      switch unit {
      case .client: choices.append("in_turn")
      case .example: choices.insert("{expected_batch_size: 256}", at: 0)
      }
      throw reader.unknownChoice(other.name, choices: choices, at: "sampling")
    }
  }
}
