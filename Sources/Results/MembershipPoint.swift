internal import Foundation

/// Who says of an example that a model was trained on it.
public enum MembershipAttack: String, CaseIterable, Sendable {
  /// Likelihood ratios by shadow models (Carlini et al. 2022).
  case lira
  /// A threshold for the loss, the same for all examples (Yeom et al. 2018).
  case lossThreshold = "loss-threshold"
}

/// One row of `roc.csv`: a point of an attack's receiver operating curve.
public struct MembershipPoint: Hashable, Sendable {
  /// Where curves are read off: from 1e-5 to 1, twenty a decade.
  public static let rates = (0...100).map { pow(10, Double($0 - 100) / 20) }

  public let setting: Int
  public let sweep: String
  public let attack: MembershipAttack
  public let falsePositiveRate: Double
  /// At the lowest threshold with no more false positives; nil at rates of less than one.
  public let truePositiveRate: Double?
  /// What the setting's guarantee allows any attack; nil where it promises nothing.
  public let limit: Double?

  public init(
    setting: Int, sweep: String, attack: MembershipAttack, falsePositiveRate: Double,
    truePositiveRate: Double?, limit: Double?
  ) {
    self.setting = setting
    self.sweep = sweep
    self.attack = attack
    self.falsePositiveRate = falsePositiveRate
    self.truePositiveRate = truePositiveRate
    self.limit = limit
  }
}

extension MembershipPoint: CSVRow {
  static let header = [
    "setting", "sweep", "attack", "false_positive_rate", "true_positive_rate", "limit",
  ]

  var cells: [any CSVCell] {
    [setting, sweep, attack.rawValue, falsePositiveRate, truePositiveRate, limit]
  }

  init(_ row: CSVFields) throws(ResultsError) {
    setting = try row.int("setting")
    sweep = row.text("sweep")
    attack = try row.choice("attack")
    falsePositiveRate = try row.double("false_positive_rate")
    truePositiveRate = try row.optionalDouble("true_positive_rate")
    limit = try row.optionalDouble("limit")
  }
}
