/// What one point of a sweep is to do, fully spelled out except for noise that is still to be calibrated.
enum TaskSettings: Sendable {
  case training(Settings)

  init(_ document: SettingsReader) throws(ExperimentError) {
    self = .training(try Settings(document))
  }

  /// The sections of an experiment that does what this document says.
  static func keys(of document: SettingsReader) -> [String] { Settings.keys }

  static func knownKeys(of document: SettingsReader) -> [String] { keys(of: document) }
}
