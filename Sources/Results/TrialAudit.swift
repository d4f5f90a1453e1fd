internal import Auditing
public import Statistics

/// What the guesses of canaries' coins came to in one trial; see ``OneRunAudit``.
///
/// Not hidden by the guarantee, and not against it: the guesses follow from releases, and the coins are no
/// unit's data.
public struct TrialAudit: Hashable, Sendable {
  public let canaryCount: Int
  public let guessCount: Int
  public let correctCount: Int
  /// Of the lower bound.
  public let confidence: Confidence
  /// An estimate, which holds at no confidence; nil where none was asked for, and of a run that diverged.
  public let epsilonEstimate: Double?

  /// Nil unless 0 <= correct <= guesses <= canaries, of which there is one at least.
  public init?(
    canaryCount: Int, guessCount: Int, correctCount: Int, confidence: Confidence,
    epsilonEstimate: Double?
  ) {
    guard canaryCount > 0, 0 <= correctCount, correctCount <= guessCount, guessCount <= canaryCount
    else { return nil }
    self.canaryCount = canaryCount
    self.guessCount = guessCount
    self.correctCount = correctCount
    self.confidence = confidence
    self.epsilonEstimate = epsilonEstimate
  }
}

extension TrialAudit {
  static let columns = [
    "audit_confidence", "audit_canaries", "audit_guesses", "audit_correct",
    "audit_epsilon_estimate",
  ]

  var cells: [any CSVCell] {
    [confidence.level, canaryCount, guessCount, correctCount, epsilonEstimate]
  }

  /// Nil where the row has none.
  init?(_ row: CSVFields) throws(ResultsError) {
    guard let level = try row.optionalDouble("audit_confidence") else { return nil }
    guard let confidence = Confidence(level),
      let audit = TrialAudit(
        canaryCount: try row.int("audit_canaries"), guessCount: try row.int("audit_guesses"),
        correctCount: try row.int("audit_correct"), confidence: confidence,
        epsilonEstimate: try row.optionalDouble("audit_epsilon_estimate"))
    else {
      throw .unreadable(
        file: row.place,
        reason:
          "the audit is none: no more guesses than canaries, no more right ones than guesses, and a "
          + "confidence between 0 and 1")
    }
    self = audit
  }
}
