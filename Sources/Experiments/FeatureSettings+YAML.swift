internal import Datasets
internal import Features
internal import LinearAlgebra

extension DatasetSource {
  /// The features that the `dataset` section asks for, if it does.
  func featuring(_ reader: SettingsReader) throws(ExperimentError) -> DatasetSource {
    guard reader.contains("features") else { return self }
    var steps: [FeatureStep] = []
    var extraction: FeatureExtraction?
    for entry in try reader.variants("features") {
      steps.append(try FeatureStep(entry, of: reader))
      do {
        extraction = try FeatureExtraction(steps, of: exampleShape)
      } catch {
        throw reader.problem(
          .inconsistent(reason: error.description), at: "features", line: entry.line)
      }
    }
    guard let extraction else {
      throw reader.problem(
        .inconsistent(reason: "features need at least one step; or remove this key"),
        at: "features")
    }
    return .features(extraction, of: self)
  }
}

extension FeatureStep {
  private static let choices = [
    "{scattering: {scale: 2, orientations: 8}}", "{log: 0.01}", "{group_norm: {groups: 27}}",
    "{synthetic_whitening: {images: 20000, dimensions: 1500, exponent: 0.7}}", "{norm: 10}",
  ]

  fileprivate init(
    _ entry: (variant: Variant, line: Int?), of list: SettingsReader
  ) throws(ExperimentError) {
    switch entry.variant {
    case .keyed("scattering", let settings):
      let step = try settings.reader("scattering")
      try step.expectOnly(["scale", "orientations"])
      self = .scattering(
        Scattering(
          scale: try step.integer("scale", in: Scattering.scales),
          orientations: try step.integer("orientations", in: Scattering.orientationCounts)))
    case .keyed("log", let settings):
      self = .log(offset: try settings.number("log", in: .floatFactor))
    case .keyed("group_norm", let settings):
      let step = try settings.reader("group_norm")
      try step.expectOnly(["groups"])
      self = .groupNorm(groups: try step.integer("groups", in: 1...GroupNormalization.mostGroups))
    case .keyed("synthetic_whitening", let settings):
      let step = try settings.reader("synthetic_whitening")
      try step.expectOnly(["images", "dimensions", "exponent"])
      self = .syntheticWhitening(
        SyntheticWhitening(
          images: try step.integer("images", in: 2...1_000_000),
          dimensions: try step.integer("dimensions", in: 1...65536),
          exponent: try step.number("exponent", in: .fraction)))
    case .keyed("norm", let settings):
      self = .norm(try settings.number("norm", in: .floatFactor))
    case let other:
      throw list.unknownChoice(
        other.name, choices: Self.choices, at: "features", line: entry.line)
    }
  }
}
