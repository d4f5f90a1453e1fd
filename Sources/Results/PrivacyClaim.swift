public import Accounting

/// An epsilon with everything that gives it meaning, as the columns of a table.
public struct PrivacyClaim: Hashable, Sendable {
  /// Infinite for a run without noise.
  public let epsilonLower: Double
  public let epsilonUpper: Double
  public let delta: Double
  /// Standard deviation of the noise on the sum over the clipping norm, or of one contribution's where
  /// each has its own; 0 without noise.
  public let noiseMultiplier: Double
  public let privacyUnit: PrivacyUnit
  public let neighboringRelation: NeighboringRelation
  /// How cohorts are drawn, such as `poisson(rate=0.1)`.
  public let sampling: String
  public let accountant: AccountantKind
  /// What ``RenyiAccountant`` proves for the same releases at the same delta, to compare with; nil
  /// where it proves nothing.
  public let epsilonUpperRDP: Double?
  /// Why the two bounds are far apart, if they are and the accountant can tell.
  public let limit: PrecisionLimit?

  public init(
    epsilon: PrivacyBound, delta: Double, noiseMultiplier: Double, privacyUnit: PrivacyUnit,
    neighboringRelation: NeighboringRelation, sampling: String, accountant: AccountantKind,
    epsilonUpperRDP: Double?
  ) {
    epsilonLower = epsilon.lower
    epsilonUpper = epsilon.upper
    self.delta = delta
    self.noiseMultiplier = noiseMultiplier
    self.privacyUnit = privacyUnit
    self.neighboringRelation = neighboringRelation
    self.sampling = sampling
    self.accountant = accountant
    self.epsilonUpperRDP = epsilonUpperRDP
    limit = epsilon.limit
  }

  public var isPrivate: Bool { epsilonUpper.isFinite }

  /// Noise so weak that no finite epsilon holds is noise all the same.
  public var hasNoise: Bool { noiseMultiplier > 0 }

  /// All that an epsilon of this claim must be printed with.
  public var terms: String {
    "delta = \(delta); unit: \(privacyUnit.rawValue); neighbors: \(neighboringRelation.rawValue); "
      + "sampling: \(sampling); accountant: \(accountant.rawValue)"
  }

  /// What must be said where the bounds are far apart.
  public var caveat: String? { limit.map { "epsilon is not tight: \($0)" } }
}

extension PrivacyClaim {
  static let columns = [
    "epsilon_lower", "epsilon_upper", "delta", "noise_multiplier", "privacy_unit",
    "neighboring_relation", "sampling", "accountant",
  ]

  /// Columns that came later, at the end of a row.
  static let addedColumns = ["epsilon_upper_rdp", "precision_limit"]

  var cells: [any CSVCell] {
    [
      epsilonLower, epsilonUpper, delta, noiseMultiplier, privacyUnit.rawValue,
      neighboringRelation.rawValue, sampling, accountant.rawValue,
    ]
  }

  var addedCells: [any CSVCell] { [epsilonUpperRDP, limit?.rawValue] }

  init(_ row: CSVFields) throws(ResultsError) {
    epsilonLower = try row.double("epsilon_lower")
    epsilonUpper = try row.double("epsilon_upper")
    delta = try row.double("delta")
    noiseMultiplier = try row.double("noise_multiplier")
    privacyUnit = try row.choice("privacy_unit")
    neighboringRelation = try row.choice("neighboring_relation")
    sampling = row.text("sampling")
    accountant = try row.choice("accountant")
    epsilonUpperRDP = try row.optionalDouble("epsilon_upper_rdp")
    limit = try row.optionalChoice("precision_limit")
  }
}
