/// One row of `trials.csv`: what a trial was, what it cost and what it reached.
public struct TrialRow: Hashable, Sendable {
  public let trial: String
  /// Position of the setting in the sweep, from 0; replicates of one setting share it.
  public let setting: Int
  public let replicate: Int
  /// The swept values, as `path=value` joined by `;`.
  public let sweep: String
  public let claim: PrivacyClaim
  /// Sensitivity of the sum; nil without clipping.
  public let clippingNorm: Double?
  public let targetEpsilon: Double?
  public let rounds: Int
  /// Which examples `accuracy` and `loss` were measured on.
  public let evaluationSplit: String
  public let accuracy: Double
  /// nil where nothing is learned.
  public let loss: Double?
  public let links: LinkUse
  /// nil where nothing is audited.
  public let audit: TrialAudit?

  public init(
    trial: String, setting: Int, replicate: Int, sweep: String, claim: PrivacyClaim,
    clippingNorm: Double?, targetEpsilon: Double?, rounds: Int, evaluationSplit: String,
    accuracy: Double, loss: Double?, links: LinkUse, audit: TrialAudit? = nil
  ) {
    self.trial = trial
    self.setting = setting
    self.replicate = replicate
    self.sweep = sweep
    self.claim = claim
    self.clippingNorm = clippingNorm
    self.targetEpsilon = targetEpsilon
    self.rounds = rounds
    self.evaluationSplit = evaluationSplit
    self.accuracy = accuracy
    self.loss = loss
    self.links = links
    self.audit = audit
  }
}

extension TrialRow: CSVRow {
  static let header =
    ["trial", "setting", "replicate", "sweep"] + PrivacyClaim.columns + [
      "clipping_norm", "target_epsilon", "rounds", "evaluation_split", "accuracy", "loss",
    ] + PrivacyClaim.addedColumns + LinkUse.columns()

  var cells: [any CSVCell] {
    [trial, setting, replicate, sweep] + claim.cells + [
      clippingNorm, targetEpsilon, rounds, evaluationSplit, accuracy, loss,
    ] + claim.addedCells + links.cells
  }

  static let addedHeader = TrialAudit.columns

  var addedCells: [any CSVCell]? { audit?.cells }

  init(_ row: CSVFields) throws(ResultsError) {
    self.init(
      trial: row.text("trial"), setting: try row.int("setting"),
      replicate: try row.int("replicate"), sweep: row.text("sweep"),
      claim: try PrivacyClaim(row), clippingNorm: try row.optionalDouble("clipping_norm"),
      targetEpsilon: try row.optionalDouble("target_epsilon"), rounds: try row.int("rounds"),
      evaluationSplit: row.text("evaluation_split"), accuracy: try row.double("accuracy"),
      loss: try row.optionalDouble("loss"), links: try LinkUse(row),
      audit: try TrialAudit(row))
  }
}
