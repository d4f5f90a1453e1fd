import Results
import _TestSupport

/// A file of published results, with one good row.
enum PublishedSamples {
  static let header =
    "id,paper,place,source,dataset,method,privacy_unit,epsilon,delta,accountant,accuracy,"
    + "spread_points,spread_kind,confidence,caution,experiment,setting"

  static let fields = [
    "someone-2021-eps3", "Someone", "Table 1", "https://example.org", "mnist", "linear", "client",
    "3", "1e-05", "rdp-classic", "0.4", "0.0", "standard-deviation", "read-in-paper", "", "tiny",
    "privacy.noise=none",
  ]

  /// The good row with the field of a column replaced.
  static func line(_ column: String? = nil, _ value: String = "") -> String {
    let columns = header.split(separator: ",").map(String.init)
    return zip(columns, fields).map { $0 == column ? value : $1 }.joined(separator: ",")
  }

  static func results(_ lines: [String], header: String = header) throws -> PublishedResults {
    let folder = try TemporaryFolder()
    try folder.write(([header] + lines).joined(separator: "\n") + "\n", to: "published.csv")
    return try PublishedResults(path: folder.at("published.csv"))
  }
}
