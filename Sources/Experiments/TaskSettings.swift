/// What one point of a sweep is to do, fully spelled out except for noise that is still to be calibrated.
enum TaskSettings: Sendable {
  case training(Settings)
  case analytics(AnalyticsSettings)

  init(_ document: SettingsReader) throws(ExperimentError) {
    self =
      document.contains("analytics")
      ? .analytics(try AnalyticsSettings(document)) : .training(try Settings(document))
  }

  /// The sections of an experiment that does what this document says.
  static func keys(of document: SettingsReader) -> [String] {
    document.contains("analytics") ? AnalyticsSettings.keys : Settings.keys
  }

  /// The sections of experiments of every kind.
  static let allKeys = Settings.keys + AnalyticsSettings.keys.filter { !Settings.keys.contains($0) }

  var targetEpsilon: Double? {
    switch self {
    case .training(let settings): settings.privacy.noise.targetEpsilon
    case .analytics(let settings): settings.privacy.noise.targetEpsilon
    }
  }
}
