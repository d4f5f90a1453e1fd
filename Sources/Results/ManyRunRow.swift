/// One row of `many-runs.csv`: what many runs of a setting prove about its epsilon.
public struct ManyRunRow: Hashable, Sendable {
  /// What the adversary sees.
  public enum View: String, CaseIterable, Sendable {
    /// Of every round; scored by the likelihood ratio.
    case everyRelease = "every-release"
    /// Scored by the loss of the example.
    case lastModel = "last-model"
  }

  /// What makes an epsilon of errors.
  public enum Method: String, CaseIterable, Sendable {
    /// Of any mechanism (Jagielski, Ullman & Oprea 2020).
    case clopperPearson = "clopper-pearson"
    /// Of a mechanism that is Gaussian-differentially private (Nasr et al. 2023).
    case gaussianDP = "gaussian-dp"
  }

  public let setting: Int
  public let sweep: String
  public let claim: PrivacyClaim
  /// In all; the first half chose the threshold, and the errors are those of the second.
  public let runs: Int
  /// The mean norm of what the example contributes when it is drawn, over the clipping norm.
  public let canaryShare: Double
  public let view: View
  public let method: Method
  public let withoutCount: Int
  public let falseAlarmCount: Int
  public let withCount: Int
  public let missCount: Int
  public let confidence: Double
  /// A lower bound at the claim's delta, right at this confidence.
  public let epsilonAudited: Double

  public init(
    setting: Int, sweep: String, claim: PrivacyClaim, runs: Int, canaryShare: Double, view: View,
    method: Method, withoutCount: Int, falseAlarmCount: Int, withCount: Int, missCount: Int,
    confidence: Double, epsilonAudited: Double
  ) {
    self.setting = setting
    self.sweep = sweep
    self.claim = claim
    self.runs = runs
    self.canaryShare = canaryShare
    self.view = view
    self.method = method
    self.withoutCount = withoutCount
    self.falseAlarmCount = falseAlarmCount
    self.withCount = withCount
    self.missCount = missCount
    self.confidence = confidence
    self.epsilonAudited = epsilonAudited
  }

  /// Whether the audit refutes the claim, but for the chance that it is wrong.
  public var refutes: Bool { epsilonAudited > claim.epsilonUpper }

  /// Within a setting.
  package var order: Int {
    View.allCases.firstIndex(of: view)! * Method.allCases.count
      + Method.allCases.firstIndex(of: method)!
  }
}

extension ManyRunRow: CSVRow {
  static let header =
    ["setting", "sweep"] + PrivacyClaim.columns + [
      "runs", "canary_share", "view", "method", "without_count", "false_alarm_count", "with_count",
      "miss_count", "confidence", "epsilon_audited",
    ] + PrivacyClaim.addedColumns

  var cells: [any CSVCell] {
    [setting, sweep] + claim.cells + [
      runs, canaryShare, view.rawValue, method.rawValue, withoutCount, falseAlarmCount, withCount,
      missCount, confidence, epsilonAudited,
    ] + claim.addedCells
  }

  init(_ row: CSVFields) throws(ResultsError) {
    setting = try row.int("setting")
    sweep = row.text("sweep")
    claim = try PrivacyClaim(row)
    runs = try row.int("runs")
    canaryShare = try row.double("canary_share")
    view = try row.choice("view")
    method = try row.choice("method")
    withoutCount = try row.int("without_count")
    falseAlarmCount = try row.int("false_alarm_count")
    withCount = try row.int("with_count")
    missCount = try row.int("miss_count")
    confidence = try row.double("confidence")
    epsilonAudited = try row.double("epsilon_audited")
  }
}

extension ManyRunRow: Encodable {
  /// An object with the columns of the table.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Column.self)
    for (name, cell) in zip(Self.header, cells) {
      try values.encode(cell.value, forKey: Column(stringValue: name))
    }
  }

  private struct Column: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
