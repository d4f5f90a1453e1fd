internal import Accounting
internal import Datasets
internal import Mechanisms
internal import Models
internal import Yams

extension Settings {
  static let keys = ["dataset", "model", "training", "evaluation", "privacy", AuditSettings.key]

  /// Decodes one point of the sweep from the experiment's document with the point's values in place.
  init(_ document: SettingsReader) throws(ExperimentError) {
    let unit: PrivacyUnit = try document.reader("privacy").choice("unit")
    dataset = try DatasetSettings(try document.reader("dataset"), unit: unit)
    model = try ModelSettings(try document.reader("model"), dataset: dataset.source)
    training = try TrainingSettings(
      try document.reader("training"), unit: unit, unitCount: dataset.unitCount,
      hasSilos: dataset.silos != nil)
    evaluation = try EvaluationSettings(
      try document.reader("evaluation"), validationExamples: dataset.validationExamples)
    audit =
      document.contains(AuditSettings.key)
      ? try AuditSettings(try document.reader(AuditSettings.key)) : nil
    let relation: NeighboringRelation = try document.reader("privacy").choice(
      "neighboring_relation")
    let parameterCount = model.network(for: dataset.source).parameterCount
    privacy = try PrivacySettings(
      try document.reader("privacy"), unit: unit, sampling: training.sampling,
      shape: SumShape(
        parameterCount: parameterCount,
        unitCount: dataset.unitCount + (audit?.declaredUnitCount(under: relation) ?? 0),
        training: training))
    if training.silos != nil, case .quantile = privacy.clipping {
      throw try document.reader("privacy").problem(
        .inconsistent(
          reason: "silos keep no clipping norm of their own between rounds; use flat, per-layer or "
            + "automatic clipping"), at: "clipping")
    }
    try training.links.check(
      try document.reader("training"), sampling: training.sampling, privacy: privacy)
    try training.checkMemory(
      try document.reader("training"), clientCount: dataset.unitCount,
      parameterCount: parameterCount, privacy: privacy)
    try audit?.check(
      try document.reader(AuditSettings.key), settings: self, parameterCount: parameterCount)
  }
}

extension DatasetSettings {
  init(_ reader: SettingsReader, unit: PrivacyUnit) throws(ExperimentError) {
    try reader.expectOnly(
      DatasetSource.keys
        + ["features", "validation_examples", "sites", "clients", "partition"])
    source = try DatasetSource(reader).featuring(reader)
    validationExamples = try reader.integer(
      "validation_examples", in: 0...(source.trainingExampleCount - 1))
    sites = try Self.sites(of: source, reader)
    let exampleCount = source.exampleCount(of: sites, keepingApart: validationExamples)
    let ownerCount = sites?.count ?? source.ownerCount
    switch unit {
    case .client:
      clients = try ClientSettings(
        reader, of: source, exampleCount: exampleCount, ownerCount: ownerCount)
      silos = nil
    case .example:
      clients = nil
      silos =
        reader.contains("clients") || reader.contains("partition")
        ? try SiloSettings(reader, of: source, exampleCount: exampleCount, ownerCount: ownerCount)
        : nil
    }
  }
}

extension DatasetSettings {
  private static func sites(
    of dataset: DatasetSource, _ reader: SettingsReader
  ) throws(ExperimentError) -> [Int]? {
    guard reader.contains("sites") else { return nil }
    let known = dataset.sites.map(\.name)
    guard !known.isEmpty else {
      throw reader.problem(
        .inconsistent(
          reason: "\(dataset.name) does not say how many examples which site holds; remove "
            + "this key"),
        at: "sites")
    }
    var sites: [Int] = []
    for (variant, line) in try reader.variants("sites") {
      guard case .name(let name) = variant, let site = known.firstIndex(of: name) else {
        throw reader.unknownChoice(variant.name, choices: known, at: "sites", line: line)
      }
      guard !sites.contains(site) else {
        throw reader.problem(
          .inconsistent(reason: "\(name) stands twice"), at: "sites", line: line)
      }
      sites.append(site)
    }
    guard !sites.isEmpty else {
      throw reader.problem(.inconsistent(reason: "at least one site trains"), at: "sites")
    }
    return sites
  }
}

extension SiloSettings {
  fileprivate init(
    _ reader: SettingsReader, of dataset: DatasetSource, exampleCount: Int, ownerCount: Int
  ) throws(ExperimentError) {
    let holders = try ClientSettings(
      reader, of: dataset, exampleCount: exampleCount, ownerCount: ownerCount)
    func refusal(_ reason: String) -> ExperimentError {
      reader.problem(.inconsistent(reason: reason), at: "partition")
    }
    switch holders.holding {
    case .drawn:
      throw refusal("a privacy unit, here an example, lies in one silo alone; use iid")
    case .dealt(.powerLaw):
      throw refusal("silos declare equal sizes, or those of the data's sites; use iid or natural")
    case .dealt(.natural) where dataset.sites.isEmpty:
      throw refusal(
        "\(dataset.name) does not say how many examples which site holds; use iid")
    case .dealt(let partition):
      count = holders.count
      self.partition = partition
    }
  }
}

extension ClientSettings {
  fileprivate init(
    _ reader: SettingsReader, of dataset: DatasetSource, exampleCount: Int, ownerCount: Int
  ) throws(ExperimentError) {
    if case .keyed("drawn", let settings) = try reader.variant("partition") {
      count = try reader.integer("clients", in: 1...1_000_000_000)
      holding = .drawn(examplesPerClient: try settings.integer("drawn", in: 1...65536))
    } else {
      count = try reader.integer("clients", in: 1...exampleCount)
      let partition = try Partition(reader, exampleCount: exampleCount, clientCount: count)
      if partition == .natural {
        try Self.check(count, against: ownerCount, of: dataset, in: reader)
      }
      holding = .dealt(partition)
    }
  }

  private static func check(
    _ count: Int, against ownerCount: Int, of dataset: DatasetSource, in reader: SettingsReader
  ) throws(ExperimentError) {
    guard ownerCount > 0 else {
      throw reader.problem(
        .inconsistent(
          reason: "\(dataset.name) does not say who its examples belong to; deal them out in "
            + "another way, such as iid"),
        at: "partition")
    }
    guard count == ownerCount else {
      throw reader.problem(
        .inconsistent(
          reason: "the examples of \(dataset.name) belong to \(ownerCount) owners, so that a "
            + "natural partition has \(ownerCount) clients, not \(count)"),
        at: "clients")
    }
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
    case .keyed("power_law", let settings):
      self = .powerLaw(exponent: try settings.number("power_law", in: .positive))
    case .name("natural"):
      self = .natural
    case let other:
      throw reader.unknownChoice(
        other.name,
        choices: [
          "iid", "{label_shards: 2}", "{dirichlet: 0.3}", "{power_law: 1.5}", "natural",
          "{drawn: 50}",
        ], at: "partition")
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

extension AccountantKind {
  /// Of the `privacy` section.
  init(_ reader: SettingsReader) throws(ExperimentError) {
    self = reader.contains("accountant") ? try reader.choice("accountant") : .pld
    guard !isHistorical else {
      throw reader.problem(
        .inconsistent(
          reason: "\(rawValue) is kept to price published results again; its epsilon is "
            + "larger than need be. Use pld, which prices the same events."),
        at: "accountant")
    }
  }
}

extension PrivacySettings {
  init(
    _ reader: SettingsReader, unit: PrivacyUnit, sampling: SamplingSettings, shape: SumShape
  ) throws(ExperimentError) {
    try reader.expectOnly([
      "unit", "neighboring_relation", "delta", "accountant", "clipping_norm", "clipping",
      "mechanism", "noise", "gaussian_sampler",
    ])
    self.unit = unit
    neighboringRelation = try reader.choice("neighboring_relation")
    delta = try reader.number("delta", in: .openUnit)
    accountant = try AccountantKind(reader)
    clippingNorm = try reader.number("clipping_norm", in: .clippingNorm)
    clipping = reader.contains("clipping") ? try ClippingSettings(reader) : .rule(.flat)
    mechanismSettings = try MechanismSettings(reader, shape: shape)
    noise = try NoiseSettings(reader)
    gaussianSampler =
      reader.contains("gaussian_sampler")
      ? try reader.choice("gaussian_sampler") : unit == .example ? .bulk : .gsl
    try mechanismSettings.check(
      reader, unit: unit, relation: neighboringRelation, clipping: clipping, noise: noise)
    if sampling == .inTurn, neighboringRelation == .addOrRemoveOne {
      throw reader.problem(
        .inconsistent(
          reason: "whose turn it is shows who is there: no bound holds for add-or-remove-one. Use "
            + "zero-out or replace-one."),
        at: "neighboring_relation")
    }
    if case .withoutReplacement = sampling, neighboringRelation != .replaceOne {
      throw reader.problem(
        .inconsistent(
          reason: "a cohort of fixed size makes the number of \(unit.rawValue)s public: no bound "
            + "holds for \(neighboringRelation.rawValue). Use replace-one, or sample with "
            + "poisson_rate."),
        at: "neighboring_relation")
    }
  }
}

extension ClippingSettings {
  fileprivate init(_ reader: SettingsReader) throws(ExperimentError) {
    switch try reader.variant("clipping") {
    case .name("flat"):
      self = .rule(.flat)
    case .name("per-layer"):
      self = .rule(.perLayer)
    case .keyed("automatic", let settings):
      self = .rule(.automatic(stability: try settings.number("automatic", in: .positive)))
    case .keyed("quantile", let settings):
      let quantile = try settings.reader("quantile")
      try quantile.expectOnly(["target", "learning_rate", "count_standard_deviation"])
      self = .quantile(
        target: try quantile.number("target", in: .fraction),
        learningRate: try quantile.number("learning_rate", in: .positive),
        countStandardDeviation: try quantile.number("count_standard_deviation", in: .positive))
    case let other:
      throw reader.unknownChoice(
        other.name,
        choices: [
          "flat", "per-layer", "{automatic: 0.01}",
          "{quantile: {target: 0.5, learning_rate: 0.2, count_standard_deviation: 5}}",
        ], at: "clipping")
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
