public import Accounting
public import Foundation

/// A point of an epsilon curve: the value of what varies, and the guarantee there.
public struct CurveRow: Hashable, Sendable {
  /// What varies, such as `rounds` or `delta`.
  public let parameter: String
  public let value: Double
  public let epsilonLower: Double
  public let epsilonUpper: Double
  public let delta: Double
  public let privacyUnit: String
  public let neighboringRelation: String
  public let sampling: String
  public let accountant: String

  public init(parameter: String, value: Double, guarantee: PrivacyGuarantee) {
    self.parameter = parameter
    self.value = value
    epsilonLower = guarantee.epsilon.lower
    epsilonUpper = guarantee.epsilon.upper
    delta = guarantee.delta.upper
    privacyUnit = guarantee.unit.rawValue
    neighboringRelation = guarantee.relation.rawValue
    sampling = guarantee.sampling.rawValue
    accountant = guarantee.accountant.rawValue
  }

  /// A CSV file with a header.
  public static func csv(_ rows: [CurveRow]) -> Data { CSV.encode(rows) }

  public static func read(_ data: Data, file: String) throws(ResultsError) -> [CurveRow] {
    try CSV.decode(CurveRow.self, from: data, file: file)
  }
}

extension CurveRow: CSVRow {
  static let header = [
    "parameter", "value", "epsilon_lower", "epsilon_upper", "delta", "privacy_unit",
    "neighboring_relation", "sampling", "accountant",
  ]

  var cells: [any CSVCell] {
    [
      parameter, value, epsilonLower, epsilonUpper, delta, privacyUnit, neighboringRelation,
      sampling, accountant,
    ]
  }

  init(_ row: CSVFields) throws(ResultsError) {
    parameter = row.text("parameter")
    value = try row.double("value")
    epsilonLower = try row.double("epsilon_lower")
    epsilonUpper = try row.double("epsilon_upper")
    delta = try row.double("delta")
    privacyUnit = row.text("privacy_unit")
    neighboringRelation = row.text("neighboring_relation")
    sampling = row.text("sampling")
    accountant = row.text("accountant")
  }
}
