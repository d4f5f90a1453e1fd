import Foundation
import SpecialMath
public import Statistics

/// What an adversary's guesses about one run prove (Steinke, Nasr & Jagielski, Privacy auditing with one
/// (1) training run, NeurIPS 2023).
///
/// Each of `canaryCount` units was put into the run or left out by a fair coin of its own, or was one or
/// the other of two neighbors; the adversary guesses `guessCount` of the coins, and gets `correctCount`
/// right. Which and how many it guesses may depend on the output, but not on which guesses are right.
public struct OneRunAudit: Hashable, Sendable {
  public let canaryCount: Int
  public let guessCount: Int
  public let correctCount: Int

  /// 0 <= correct <= guesses <= canaries, of which there is one at least.
  public init(canaryCount: Int, guessCount: Int, correctCount: Int) {
    precondition(canaryCount > 0, "an audit has a canary")
    precondition(
      0 <= correctCount && correctCount <= guessCount && guessCount <= canaryCount,
      "no more guesses than canaries, and no more right ones than guesses")
    self.canaryCount = canaryCount
    self.guessCount = guessCount
    self.correctCount = correctCount
  }

  /// The most probable that so many right guesses are under (epsilon, delta) differential privacy (Theorem
  /// 5.2): small where epsilon is too small to explain them.
  ///
  /// A guess is right with probability e^epsilon / (1 + e^epsilon) at most, but for what delta adds: with
  /// W binomial, that is P(W >= v) + 2 m delta max over i of P(v - i <= W < v) / i.
  public func pValue(epsilon: Double, delta: Double) -> Double {
    let guesses = BinomialLaw(
      trials: guessCount, logSuccess: -log1p(exp(-epsilon)),
      logFailure: -epsilon - log1p(exp(-epsilon)))
    var tail = 0.0
    for (successes, logProbability) in guesses.logProbabilities.enumerated()
    where successes >= correctCount {
      tail += exp(logProbability)
    }
    guard delta > 0 else { return min(1, tail) }
    var (sum, greatestMean) = (0.0, 0.0)
    for distance in stride(from: 1, through: correctCount, by: 1) {
      sum += exp(guesses.logProbabilities[correctCount - distance])
      greatestMean = max(greatestMean, sum / Double(distance))
    }
    return min(1, tail + 2 * Double(canaryCount) * delta * greatestMean)
  }

  /// The greatest epsilon that the guesses refute at this confidence, rounded down; 0 where they refute
  /// none.
  public func epsilonLowerBound(delta: Double, confidence: Confidence) -> Double {
    let level = 1 - confidence.level
    guard pValue(epsilon: 0, delta: delta) <= level else { return 0 }
    return MonotoneSearch.bisect(0...Self.largestEpsilon, relativeTolerance: 1e-9) {
      pValue(epsilon: $0, delta: delta) > level
    }.below
  }

  private static let largestEpsilon = 100.0
}
