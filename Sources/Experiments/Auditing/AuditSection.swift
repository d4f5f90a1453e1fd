internal import Foundation

/// An `audit` section for a file that has none.
public struct AuditSection: Sendable {
  public let canaries: Int
  public let guesses: Int
  public let confidence: Double
  public let canary: CanaryKind

  public static let standard = AuditSection(
    canaries: 500, guesses: 100, confidence: 0.95, canary: .gradient)

  public init(canaries: Int, guesses: Int, confidence: Double, canary: CanaryKind) {
    self.canaries = canaries
    self.guesses = guesses
    self.confidence = confidence
    self.canary = canary
  }

  fileprivate var text: String {
    """
    audit:
      canaries: \(canaries)
      guesses: \(guesses)
      confidence: \(confidence)
      canary: \(canary.rawValue)

    """
  }
}

extension Experiment {
  /// Reads a file and audits it: as it says where it has an `audit` section, and as `section` says
  /// otherwise, under its name with `-audit` behind it. The text that a finished run keeps is the changed
  /// one.
  ///
  /// - Parameter isOptional: whether the file may have a section of its own.
  public init(
    path: String, smoke: Bool, auditing section: AuditSection, unlessItHasOne isOptional: Bool
  ) throws(ExperimentError) {
    let plain = try Experiment(path: path, smoke: smoke)
    let sections = try SettingsReader(Self.compose(plain.source, file: path), file: path)
    guard !sections.contains(AuditSettings.key) else {
      guard isOptional else {
        throw sections.problem(
          .inconsistent(reason: "the file says how it is audited; change it there"),
          at: AuditSettings.key)
      }
      self = plain
      return
    }
    var lines = plain.source.split(separator: "\n", omittingEmptySubsequences: false).map(
      String.init)
    guard let name = lines.firstIndex(where: { $0.hasPrefix("name:") }) else {
      throw sections.problem(
        .inconsistent(reason: "a line of its own at the file's left edge says the name"), at: "name"
      )
    }
    lines[name] = "name: \(plain.name)-audit"
    if lines.last != "" { lines.append("") }
    try self.init(
      source: lines.joined(separator: "\n") + section.text, file: path, smoke: smoke)
  }
}
