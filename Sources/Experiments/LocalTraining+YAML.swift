internal import Training

extension LocalTraining {
  static let keys = [
    "local_epochs", "batch_size", "local_learning_rate", "local_l2", "proximal",
    "control_variates", "weighting",
  ]

  init(_ reader: SettingsReader) throws(ExperimentError) {
    func penalty(_ key: String) throws(ExperimentError) -> Double {
      reader.contains(key) ? try reader.number(key, in: .notNegative) : 0
    }
    let rate = try reader.number("local_learning_rate", in: .positive)
    let (l2, proximal) = (try penalty("local_l2"), try penalty("proximal"))
    guard rate * (l2 + proximal) < 1 else {
      throw reader.problem(
        .inconsistent(
          reason: "a local step would overshoot: local_learning_rate times the sum of local_l2 and "
            + "proximal is \(rate * (l2 + proximal)), and must be below 1"),
        at: proximal >= l2 ? "proximal" : "local_l2")
    }
    self.init(
      localEpochs: try reader.integer("local_epochs", in: 1...10_000),
      batchSize: try reader.integer("batch_size", in: 1...65536), localLearningRate: rate, l2: l2,
      proximal: proximal,
      controlVariates: reader.contains("control_variates") ? try ControlVariates(reader) : nil,
      weighting: reader.contains("weighting") ? try ClientWeighting(reader) : .uniform)
  }
}

extension ControlVariates {
  /// nil where they are switched off.
  fileprivate init?(_ reader: SettingsReader) throws(ExperimentError) {
    switch try reader.variant("control_variates") {
    case .name("false"): return nil
    case .name("true"): self.init()
    case .keyed("scale", let settings):
      self.init(scale: try settings.number("scale", in: .floatFactor))
    case let other:
      throw reader.unknownChoice(
        other.name, choices: ["true", "false", "{scale: 5.0}"], at: "control_variates")
    }
  }
}

extension ClientWeighting {
  fileprivate init(_ reader: SettingsReader) throws(ExperimentError) {
    switch try reader.variant("weighting") {
    case .name("uniform"):
      self = .uniform
    case .keyed("by_examples", let settings):
      let examples = try settings.reader("by_examples")
      try examples.expectOnly(["cap", "expected"])
      let cap = try examples.integer("cap", in: 1...1_000_000_000)
      self = .byExamples(cap: cap, expected: try examples.number("expected", in: .upTo(cap)))
    case let other:
      throw reader.unknownChoice(
        other.name, choices: ["uniform", "{by_examples: {cap: 200, expected: 60}}"],
        at: "weighting")
    }
  }
}
