internal import Foundation
public import Results

/// Holds the folder of an audit against its checksums, and prices its settings again.
public struct AuditVerification: Sendable {
  /// What does not hold.
  public enum Finding: Hashable, Sendable, CustomStringConvertible {
    /// The file is not as it was when the audit ended.
    case altered(file: String)
    /// The experiment does not promise what the table says.
    case price(setting: Int, claim: PrivacyClaim, repriced: PrivacyClaim?)

    public var description: String {
      switch self {
      case .altered(let file):
        "\(file) was altered after the audit: its checksum differs from provenance.json"
      case .price(let setting, let claim, let repriced):
        "setting \(setting): the table says epsilon \(claim.epsilonUpper) (at \(claim.terms)), its "
          + "experiment "
          + (repriced.map { "\($0.epsilonUpper) (at \($0.terms))" } ?? "has no such setting")
      }
    }
  }

  public let settingCount: Int
  public let findings: [Finding]

  /// - Parameter directory: of a finished audit; nil where it holds none.
  public init?(directory: String) throws {
    guard let files = try AuditFiles(directory: directory) else { return nil }
    let provenance = try Provenance(directory: directory)
    let found = Provenance.checksums(of: files.contents)
    let altered = provenance.files.keys.sorted().filter { provenance.files[$0] != found[$0] }
    let claims = try files.claims()
    let smoke = provenance.command.contains("--smoke")
    let experiment = try Experiment(
      source: String(decoding: files.experiment, as: UTF8.self),
      file: "\(directory)/\(AuditFiles.experimentName)", smoke: smoke)
    let priced = try experiment.points.map { point throws(ExperimentError) in
      try PricedSetting(point, file: "\(directory)/\(AuditFiles.experimentName)").claim
    }
    settingCount = claims.count
    findings =
      altered.map { .altered(file: $0) }
      + claims.compactMap { setting, claim in
        let repriced = priced.indices.contains(setting) ? priced[setting] : nil
        return repriced == claim
          ? nil : .price(setting: setting, claim: claim, repriced: repriced)
      }
  }
}
