public import Accounting

/// Whose privacy a budget is about. Two experiments can share one only if they say the same.
public struct BudgetSubject: Hashable, Codable, Sendable {
  public let privacyUnit: PrivacyUnit
  public let neighboringRelation: NeighboringRelation
  /// For a person.
  public let dataset: String
  /// SHA-256 of its files.
  public let datasetFingerprint: String
  /// What the privacy units are, such as `3000 clients, partition iid`.
  public let units: String
  /// What of the data the budget does not cover, such as `5000 training examples to tune on`; nil where
  /// all training examples are covered.
  public let keptApart: String?
  /// The seed by which the units, or what is kept apart, are drawn; nil where they are the data's own.
  public let drawnBySeed: UInt64?

  public init(
    privacyUnit: PrivacyUnit, neighboringRelation: NeighboringRelation, dataset: String,
    datasetFingerprint: String, units: String, keptApart: String?, drawnBySeed: UInt64?
  ) {
    self.privacyUnit = privacyUnit
    self.neighboringRelation = neighboringRelation
    self.dataset = dataset
    self.datasetFingerprint = datasetFingerprint
    self.units = units
    self.keptApart = keptApart
    self.drawnBySeed = drawnBySeed
  }

  /// Refuses a subject that differs in more than the name of its data.
  func check(_ other: BudgetSubject, file: String) throws(ResultsError) {
    for (field, covered, asked) in [
      ("privacy unit", privacyUnit.rawValue, other.privacyUnit.rawValue),
      (
        "neighboring relation", neighboringRelation.rawValue, other.neighboringRelation.rawValue
      ),
      (
        "data set", "\(dataset) sha256:\(datasetFingerprint)",
        "\(other.dataset) sha256:\(other.datasetFingerprint)"
      ),
      ("population", units, other.units),
      ("data kept apart", keptApart ?? "none", other.keptApart ?? "none"),
      ("seed of the population", Self.seed(drawnBySeed), Self.seed(other.drawnBySeed)),
    ] where covered != asked {
      throw .budget(file: file, .otherData(field: field, covered: covered, asked: asked))
    }
  }

  private static func seed(_ seed: UInt64?) -> String { seed.map(String.init) ?? "none" }

  /// All that an epsilon of the budget must be printed with, but its delta.
  public var terms: String {
    "unit: \(privacyUnit.rawValue) (\(units)); neighbors: \(neighboringRelation.rawValue); data: "
      + "\(dataset) sha256:\(datasetFingerprint.prefix(16))"
      + (drawnBySeed.map { "; drawn by seed \($0)" } ?? "")
      + (keptApart.map { "; not covered: \($0)" } ?? "")
  }

  private enum CodingKeys: String, CodingKey {
    case privacyUnit = "privacy_unit"
    case neighboringRelation = "neighboring_relation"
    case dataset
    case datasetFingerprint = "dataset_fingerprint"
    case units
    case keptApart = "kept_apart"
    case drawnBySeed = "drawn_by_seed"
  }
}
