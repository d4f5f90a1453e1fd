/// A score of each of many independent runs, some with a unit and some without it, or with one or the other
/// of two neighbors. Higher where the run looks more as if the unit had taken part.
public struct RunScores: Hashable, Sendable {
  /// Of the runs without the unit.
  public let without: [Double]
  /// Of the runs with it.
  public let with: [Double]

  /// Throws ``AuditingError`` where there are not two runs of each kind, and where a score is not a number.
  public init(without: [Double], with: [Double]) throws(AuditingError) {
    for (scores, what) in [(without, "runs without the unit"), (with, "runs with the unit")] {
      guard scores.count >= 2 else { throw .tooFew(what: what, given: scores.count, least: 2) }
      if let index = scores.firstIndex(where: \.isNaN) { throw .scoreIsNotANumber(index: index) }
    }
    self.without = without
    self.with = with
  }

  /// Says that the unit took part where the score is the threshold or above.
  ///
  /// Its bounds hold for a threshold that was decided on before these scores were seen. For several such,
  /// there is ``ManyRunAudit/greatestEpsilonLowerBound(of:delta:confidence:)``; to take the best threshold
  /// from the scores themselves, ``heldOutAudit(for:)``.
  public func audit(threshold: Double) -> ManyRunAudit {
    ManyRunAudit(
      withoutCount: without.count, falseAlarmCount: without.count { $0 >= threshold },
      withCount: with.count, missCount: with.count { $0 < threshold })
  }

  /// What a threshold is to be best for.
  public enum Purpose: Hashable, Sendable {
    /// ``ManyRunAudit/epsilonLowerBound(delta:confidence:)``.
    case epsilon(delta: Double)
    /// ``ManyRunAudit/gaussianBound(confidence:)``.
    case gaussian
  }

  /// The audit of the second half of the runs by the threshold that does best on the first half, so that no
  /// score had a part in choosing the threshold that it is compared with.
  ///
  /// The halves are by place; of an odd number, the second is larger.
  public func heldOutAudit(for purpose: Purpose) -> ManyRunAudit {
    let chosen = ThresholdChoice(
      without: Array(without.prefix(without.count / 2)), with: Array(with.prefix(with.count / 2)),
      purpose: purpose
    ).threshold
    let (rest, restWith) = (
      without.dropFirst(without.count / 2), with.dropFirst(with.count / 2)
    )
    return ManyRunAudit(
      withoutCount: rest.count, falseAlarmCount: rest.count { $0 >= chosen },
      withCount: restWith.count, missCount: restWith.count { $0 < chosen })
  }
}
