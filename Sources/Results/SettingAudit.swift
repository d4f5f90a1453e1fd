internal import Auditing
internal import Statistics

/// What the audits of a setting's replicates prove together.
///
/// Replicates are independent runs with coins of their own, and every coin has an effect on one of them
/// alone. So together they are one run of all their canaries, and their counts add up.
public struct SettingAudit: Hashable, Sendable {
  /// No (epsilon, delta) with an epsilon below it is guaranteed by what ran, at this confidence.
  public let epsilonLower: Double
  public let confidence: Double
  public let canaryCount: Int
  public let guessCount: Int
  public let correctCount: Int
  /// The mean of the replicates' estimates, which hold at no confidence; nil where one has none.
  public let epsilonEstimate: Double?

  /// Nil where a trial has no audit.
  init?(of trials: [TrialAudit?], delta: Double) {
    let audits = trials.compactMap { $0 }
    guard let first = audits.first, audits.count == trials.count else { return nil }
    let pooled = OneRunAudit.pooled(
      audits.map {
        OneRunAudit(
          canaryCount: $0.canaryCount, guessCount: $0.guessCount, correctCount: $0.correctCount)
      })
    epsilonLower = pooled.epsilonLowerBound(delta: delta, confidence: first.confidence)
    confidence = first.confidence.level
    (canaryCount, guessCount, correctCount) =
      (pooled.canaryCount, pooled.guessCount, pooled.correctCount)
    let estimates = audits.compactMap(\.epsilonEstimate)
    epsilonEstimate =
      estimates.count == audits.count
      ? estimates.reduce(0, +) / Double(estimates.count) : nil
  }
}

extension SettingAudit {
  static let columns = [
    "audit_epsilon_lower", "audit_confidence", "audit_canaries", "audit_guesses", "audit_correct",
    "audit_epsilon_estimate",
  ]

  var cells: [any CSVCell] {
    [epsilonLower, confidence, canaryCount, guessCount, correctCount, epsilonEstimate]
  }

  /// Nil where the row has none.
  init?(_ row: CSVFields) throws(ResultsError) {
    guard let epsilonLower = try row.optionalDouble("audit_epsilon_lower") else { return nil }
    self.epsilonLower = epsilonLower
    confidence = try row.double("audit_confidence")
    canaryCount = try row.int("audit_canaries")
    guessCount = try row.int("audit_guesses")
    correctCount = try row.int("audit_correct")
    epsilonEstimate = try row.optionalDouble("audit_epsilon_estimate")
  }
}
