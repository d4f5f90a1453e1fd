internal import Accounting
internal import Results
public import Statistics
internal import Training

/// How runs are audited: with canaries under coins, which are guessed from what the runs release.
public struct AuditSettings: Hashable, Sendable {
  public let canaries: Int
  /// How many of the coins are guessed, half of them "in": those with the highest scores, and half "out".
  public let guesses: Int
  /// Of the lower bound on epsilon.
  public let confidence: Confidence
  public let canary: CanaryKind
  /// Whether epsilon is estimated as well, by the cosines of the canaries with the releases.
  public let estimates: Bool

  /// How many units the plan declares for the canaries.
  func declaredUnitCount(under relation: NeighboringRelation) -> Int {
    CanaryCoins.declaredUnitCount(of: canaries, under: relation)
  }
}

/// What a canary is, and what the one who guesses sees.
public enum CanaryKind: String, CaseIterable, Sendable {
  /// An update of the clipping norm in one parameter of its own; every release is seen.
  case gradient
  /// An update of the clipping norm in a random direction; every release is seen.
  case direction
  /// Held-out examples with wrong labels; the final model alone is seen.
  case mislabeled

  /// Whether guesses follow from all releases, and not from the final model alone.
  var seesReleases: Bool { self != .mislabeled }
}

extension Settings {
  /// How many privacy units the plan declares, those of an audit included: a public constant.
  var unitCount: Int {
    dataset.unitCount + (audit?.declaredUnitCount(under: privacy.neighboringRelation) ?? 0)
  }
}

extension TrialPlan {
  /// How many privacy units the plan declares, those of an audit included: a public constant.
  var unitCount: Int {
    dataset.unitCount + (audit?.declaredUnitCount(under: privacy.neighboringRelation) ?? 0)
  }
}

extension AuditSettings {
  /// What a finished trial's audit came to.
  func audit(of outcome: FinishedTrial) throws(ResultsError) -> TrialAudit {
    let (guesses, correct) = (
      try outcome.final(.auditGuesses), try outcome.final(.auditCorrect)
    )
    guard guesses == Double(self.guesses), let correctCount = Int(exactly: correct),
      let audit = TrialAudit(
        canaryCount: canaries, guessCount: self.guesses, correctCount: correctCount,
        confidence: confidence, epsilonEstimate: outcome.last(.auditEpsilonEstimate))
    else {
      throw .unreadable(
        file: "trial \(outcome.timing.trial)",
        reason: "it has \(correct) right of \(guesses) guesses, and the plan makes \(self.guesses)")
    }
    return audit
  }
}

/// As in experiment files.
extension AuditSettings: Encodable {
  private enum CodingKeys: String, CodingKey {
    case canaries
    case guesses
    case confidence
    case canary
    case oneShot = "one_shot"
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(canaries, forKey: .canaries)
    try fields.encode(guesses, forKey: .guesses)
    try fields.encode(confidence.level, forKey: .confidence)
    try fields.encode(canary.rawValue, forKey: .canary)
    if estimates { try fields.encode(true, forKey: .oneShot) }
  }
}
