internal import Accounting
internal import Datasets
internal import Mechanisms
internal import Models
internal import Training

/// What the size of a round's sum follows from.
struct SumShape {
  let dimension: Int
  let expectedCohortSize: Double

  init(parameterCount: Int, unitCount: Int, training: TrainingSettings) {
    // A client that keeps a control variate sends its change behind that of the parameters.
    let vectors = training.local?.controlVariates == nil ? 1 : 2
    dimension = vectors * parameterCount
    expectedCohortSize = training.sampler(unitCount: unitCount).expectedCohortSize
  }
}

extension MechanismSettings {
  private static let key = "mechanism"
  private static let names: [String: DistributedNoise.Law] = [
    "distributed_discrete_gaussian": .discreteGaussian, "distributed_skellam": .skellam,
  ]

  /// Gaussian where the file does not say.
  init(_ reader: SettingsReader, shape: SumShape) throws(ExperimentError) {
    guard reader.contains(Self.key) else {
      self = .gaussian
      return
    }
    switch try reader.variant(Self.key) {
    case .name("gaussian"):
      self = .gaussian
    case .name("discrete-gaussian"):
      self = .discreteGaussian(entropy: .system)
    case .keyed("discrete_gaussian", let settings):
      let hardened = try settings.reader("discrete_gaussian")
      try hardened.expectOnly(["entropy"])
      self = .discreteGaussian(
        entropy: hardened.contains("entropy") ? try hardened.choice("entropy") : .system)
    case .name("local-gaussian"):
      self = .localGaussian
    case .keyed(let name, let settings):
      guard let law = Self.names[name] else { throw Self.unknown(name, reader) }
      self = .distributed(
        try DistributedSettings(try settings.reader(name), law: law, shape: shape))
    case .name(let name):
      throw Self.unknown(name, reader)
    }
  }

  /// Whether clients send their updates as they are.
  var isNoiseOfTheAdder: Bool {
    switch self {
    case .gaussian, .discreteGaussian: true
    case .localGaussian, .distributed: false
    }
  }

  private static func unknown(_ name: String, _ reader: SettingsReader) -> ExperimentError {
    reader.unknownChoice(
      name,
      choices: [
        "gaussian", "discrete-gaussian", "{discrete_gaussian: {entropy: seed}}",
        "local-gaussian",
        "{distributed_discrete_gaussian: {bits: 16, noise_contributors: 100}}",
        "{distributed_skellam: {bits: 16, noise_contributors: 100}}",
      ], at: key)
  }

  /// Throws where the mechanism does not go with what else the section says.
  func check(
    _ reader: SettingsReader, unit: PrivacyUnit, relation: NeighboringRelation,
    clipping: ClippingSettings, noise: NoiseSettings
  ) throws(ExperimentError) {
    guard self != .gaussian else { return }
    func refuse(_ reason: String, at key: String = Self.key) -> ExperimentError {
      reader.problem(.inconsistent(reason: reason), at: key)
    }
    if unit == .example && !isNoiseOfTheAdder {
      throw refuse(
        "examples add no noise themselves, and privacy.unit is example; use gaussian or "
          + "discrete-gaussian")
    }
    if case .none = noise {
      throw refuse("there is no noise for it to add, since privacy.noise is none; remove this key")
    }
    if case .quantile = clipping {
      if isNoiseOfTheAdder {
        throw refuse(
          "the count of unclipped contributions has noise in floating point, which discrete-gaussian "
            + "is there to avoid; use a fixed clipping norm, or mechanism: gaussian", at: "clipping"
        )
      }
      throw refuse(
        "the count of unclipped contributions has Gaussian noise of the server's; use a fixed "
          + "clipping norm, or mechanism: gaussian", at: "clipping")
    }
    switch self {
    case .localGaussian where relation == .addOrRemoveOne:
      throw refuse(
        "a client that sends nothing is seen to be missing, so there is no bound under "
          + "add-or-remove-one; use zero-out or replace-one", at: "neighboring_relation")
    case .distributed where reader.contains("gaussian_sampler"),
      .discreteGaussian where reader.contains("gaussian_sampler"):
      throw refuse("the noise is on the integers; remove this key", at: "gaussian_sampler")
    case .gaussian, .discreteGaussian, .localGaussian, .distributed:
      return
    }
  }
}

extension DistributedSettings {
  fileprivate init(
    _ reader: SettingsReader, law: DistributedNoise.Law, shape: SumShape
  ) throws(ExperimentError) {
    try reader.expectOnly([
      "bits", "noise_contributors", "granularity", "headroom", "rotation", "redraw_probability",
    ])
    self.law = law
    bits = try reader.integer("bits", in: 2...32)
    noiseContributors = try reader.integer("noise_contributors", in: 1...1_000_000)
    granularity = try GranularitySettings(reader)
    isRotated =
      reader.contains("rotation")
      ? try reader.choice("rotation", of: RotationChoice.self) == .hadamard : true
    redrawProbability =
      reader.contains("redraw_probability")
      ? try reader.number("redraw_probability", in: .momentum)
      : GridEncoding.recommendedRedrawProbability
    dimension = shape.dimension
    expectedCohortSize = shape.expectedCohortSize
    if step(noiseMultiplier: 0) == nil {
      let error = DistributedNoiseError.tooFewBits(
        given: bits, expectedCohortSize: expectedCohortSize)
      throw reader.problem(.inconsistent(reason: error.description), at: "bits")
    }
  }
}

extension GranularitySettings {
  fileprivate init(_ reader: SettingsReader) throws(ExperimentError) {
    guard reader.contains("granularity") else {
      self = .headroom(
        reader.contains("headroom") ? try reader.number("headroom", in: .positive) : 4)
      return
    }
    guard !reader.contains("headroom") else {
      throw reader.problem(
        .inconsistent(reason: "the granularity is given; remove one of both"), at: "headroom")
    }
    self = .relative(try reader.number("granularity", in: .granularity))
  }
}

/// How contributions are rotated before they are rounded.
private enum RotationChoice: String, CaseIterable {
  case hadamard
  case none
}
