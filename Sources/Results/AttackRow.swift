public import Accounting
public import Foundation

/// A point of a trade-off function: the least chance of a miss at a chance of a false alarm.
public struct AttackRow: Hashable, Sendable {
  /// The chance of a false alarm.
  public let alpha: Double
  public let betaLower: Double
  public let betaUpper: Double
  public let privacyUnit: String
  public let neighboringRelation: String
  public let sampling: String
  public let accountant: String

  public init(
    alpha: Double, beta: PrivacyBound, unit: PrivacyUnit, relation: NeighboringRelation,
    sampling: SamplingScheme, accountant: AccountantKind
  ) {
    self.alpha = alpha
    betaLower = beta.lower
    betaUpper = beta.upper
    privacyUnit = unit.rawValue
    neighboringRelation = relation.rawValue
    self.sampling = sampling.rawValue
    self.accountant = accountant.rawValue
  }

  /// A CSV file with a header.
  public static func csv(_ rows: [AttackRow]) -> Data { CSV.encode(rows) }

  public static func read(_ data: Data, file: String) throws(ResultsError) -> [AttackRow] {
    try CSV.decode(AttackRow.self, from: data, file: file)
  }
}

extension AttackRow: CSVRow {
  static let header = [
    "alpha", "beta_lower", "beta_upper", "privacy_unit", "neighboring_relation", "sampling",
    "accountant",
  ]

  var cells: [any CSVCell] {
    [alpha, betaLower, betaUpper, privacyUnit, neighboringRelation, sampling, accountant]
  }

  init(_ row: CSVFields) throws(ResultsError) {
    alpha = try row.double("alpha")
    betaLower = try row.double("beta_lower")
    betaUpper = try row.double("beta_upper")
    privacyUnit = row.text("privacy_unit")
    neighboringRelation = row.text("neighboring_relation")
    sampling = row.text("sampling")
    accountant = row.text("accountant")
  }
}
