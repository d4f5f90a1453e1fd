/// One row of `membership.csv`: a setting's price, what its models know, and how well attacks tell on which
/// examples they were trained.
public struct MembershipRow: Hashable, Sendable {
  /// What the setting's guarantee allows any attack.
  public struct Limit: Hashable, Sendable {
    public let balancedAccuracy: Double
    /// At each of ``MembershipMeasures/falsePositiveRates``.
    public let truePositiveRates: [Double]

    public init(balancedAccuracy: Double, truePositiveRates: [Double]) {
      self.balancedAccuracy = balancedAccuracy
      self.truePositiveRates = truePositiveRates
    }
  }

  public let setting: Int
  public let sweep: String
  public let claim: PrivacyClaim
  public let shadowModels: Int
  /// `per-example` or `pooled`.
  public let variance: String
  /// Examples that were attacked in each model.
  public let targets: Int
  /// Mean accuracy of the shadow models on what they were trained on.
  public let memberAccuracy: Double
  public let evaluationSplit: String
  public let heldOutAccuracy: Double
  public let lira: MembershipMeasures
  public let lossThreshold: MembershipMeasures
  /// Nil where nothing is promised.
  public let limit: Limit?

  public init(
    setting: Int, sweep: String, claim: PrivacyClaim, shadowModels: Int, variance: String,
    targets: Int, memberAccuracy: Double, evaluationSplit: String, heldOutAccuracy: Double,
    lira: MembershipMeasures, lossThreshold: MembershipMeasures, limit: Limit?
  ) {
    self.setting = setting
    self.sweep = sweep
    self.claim = claim
    self.shadowModels = shadowModels
    self.variance = variance
    self.targets = targets
    self.memberAccuracy = memberAccuracy
    self.evaluationSplit = evaluationSplit
    self.heldOutAccuracy = heldOutAccuracy
    self.lira = lira
    self.lossThreshold = lossThreshold
    self.limit = limit
  }
}

/// How well an attack tells members.
public struct MembershipMeasures: Hashable, Sendable {
  /// At which the rate of true positives is told.
  public static let falsePositiveRates = [0.001, 0.01]

  public struct Rate: Hashable, Sendable {
    public let value: Double
    /// Over models, at a fixed threshold.
    public let standardError: Double

    public init(value: Double, standardError: Double) {
      self.value = value
      self.standardError = standardError
    }
  }

  /// Under the receiver operating curve.
  public let area: Double
  /// At its best threshold.
  public let balancedAccuracy: Double
  /// Of true positives, at each of ``falsePositiveRates``.
  public let rates: [Rate]

  public init(area: Double, balancedAccuracy: Double, rates: [Rate]) {
    self.area = area
    self.balancedAccuracy = balancedAccuracy
    self.rates = rates
  }

  fileprivate static func columns(_ attack: String) -> [String] {
    ["\(attack)_auc", "\(attack)_balanced_accuracy"]
      + falsePositiveRates.flatMap {
        ["\(attack)_tpr_at_fpr_\($0)", "\(attack)_tpr_at_fpr_\($0)_standard_error"]
      }
  }

  fileprivate var cells: [any CSVCell] {
    [area, balancedAccuracy] + rates.flatMap { [$0.value, $0.standardError] }
  }

  fileprivate init(_ row: CSVFields, _ attack: String) throws(ResultsError) {
    area = try row.double("\(attack)_auc")
    balancedAccuracy = try row.double("\(attack)_balanced_accuracy")
    var rates: [Rate] = []
    for rate in Self.falsePositiveRates {
      let column = "\(attack)_tpr_at_fpr_\(rate)"
      rates.append(
        Rate(
          value: try row.double(column), standardError: try row.double("\(column)_standard_error")))
    }
    self.rates = rates
  }
}

extension MembershipRow: CSVRow {
  static let header =
    ["setting", "sweep"] + PrivacyClaim.columns + [
      "shadow_models", "variance", "targets", "member_accuracy", "evaluation_split",
      "held_out_accuracy",
    ] + MembershipMeasures.columns("lira") + MembershipMeasures.columns("loss")
    + ["limit_balanced_accuracy"]
    + MembershipMeasures.falsePositiveRates.map { "limit_tpr_at_fpr_\($0)" }
    + PrivacyClaim.addedColumns

  var cells: [any CSVCell] {
    let limits: [Double?] =
      limit.map { [$0.balancedAccuracy] + $0.truePositiveRates }
      ?? [nil] + MembershipMeasures.falsePositiveRates.map { _ in nil }
    return [setting, sweep] + claim.cells + [
      shadowModels, variance, targets, memberAccuracy, evaluationSplit, heldOutAccuracy,
    ] + lira.cells + lossThreshold.cells + limits + claim.addedCells
  }

  init(_ row: CSVFields) throws(ResultsError) {
    setting = try row.int("setting")
    sweep = row.text("sweep")
    claim = try PrivacyClaim(row)
    shadowModels = try row.int("shadow_models")
    variance = row.text("variance")
    targets = try row.int("targets")
    memberAccuracy = try row.double("member_accuracy")
    evaluationSplit = row.text("evaluation_split")
    heldOutAccuracy = try row.double("held_out_accuracy")
    lira = try MembershipMeasures(row, "lira")
    lossThreshold = try MembershipMeasures(row, "loss")
    if let balancedAccuracy = try row.optionalDouble("limit_balanced_accuracy") {
      var rates: [Double] = []
      for rate in MembershipMeasures.falsePositiveRates {
        rates.append(try row.double("limit_tpr_at_fpr_\(rate)"))
      }
      limit = Limit(balancedAccuracy: balancedAccuracy, truePositiveRates: rates)
    } else {
      limit = nil
    }
  }
}
