public import Statistics

/// How much each canary of a run looks as if it had been put in, and whether it was, by a fair coin of its
/// own.
public struct CanaryScores: Hashable, Sendable {
  /// Higher where the canary looks more as if it had been put in.
  public let scores: [Double]
  /// The coins, in the order of the scores.
  public let isIncluded: [Bool]
  /// Places of the scores, falling; equal ones stay in order, which no coin has an effect on.
  private let ranking: [Int]

  /// Throws ``AuditingError`` where a score is not a number, where there is not a coin for each score, and
  /// where there are none.
  public init(scores: [Double], isIncluded: [Bool]) throws(AuditingError) {
    guard scores.count == isIncluded.count, !scores.isEmpty else {
      throw .unequalCounts(scores: scores.count, coins: isIncluded.count)
    }
    if let index = scores.firstIndex(where: \.isNaN) { throw .scoreIsNotANumber(index: index) }
    self.scores = scores
    self.isIncluded = isIncluded
    ranking = scores.indices.sorted {
      scores[$0] == scores[$1] ? $0 < $1 : scores[$0] > scores[$1]
    }
  }

  public var count: Int { scores.count }

  /// Guesses that the half of `count` canaries with the highest scores was put in, and the half with the
  /// lowest was not, and abstains from the others. Of an odd count, the highest are one more.
  ///
  /// The bound of the audit holds for a count that was decided on before the scores were seen; for the best
  /// of several there is ``epsilonLowerBound(guessing:delta:confidence:)``.
  ///
  /// - Parameter count: 0 to the number of canaries.
  public func audit(guessing count: Int) -> OneRunAudit {
    precondition((0...self.count).contains(count), "no more guesses than canaries")
    let correctlyIn = ranking.prefix(count - count / 2).count { isIncluded[$0] }
    let correctlyOut = ranking.suffix(count / 2).count { !isIncluded[$0] }
    return OneRunAudit(
      canaryCount: self.count, guessCount: count, correctCount: correctlyIn + correctlyOut)
  }

  /// The greatest bound on epsilon over all of these counts, each of which is held to an equal part of what
  /// the confidence leaves, so that it is as right as the bound of one count.
  ///
  /// - Parameter counts: decided on before the scores were seen.
  public func epsilonLowerBound(
    guessing counts: [Int], delta: Double, confidence: Confidence
  ) -> Double {
    OneRunAudit.greatestEpsilonLowerBound(
      of: counts.map(audit(guessing:)), delta: delta, confidence: confidence)
  }
}
