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
  /// 5.2), rounded up: small where epsilon is too small to explain them.
  ///
  /// A guess is right with probability e^epsilon / (1 + e^epsilon) at most, but for what delta adds: with
  /// W binomial, that is P(W >= v) + 2 m delta max over i of P(v - i <= W < v) / i.
  ///
  /// - Parameters:
  ///   - epsilon: 0 to 700.
  ///   - delta: in [0, 1].
  public func pValue(epsilon: Double, delta: Double) -> Double {
    precondition((0...700).contains(epsilon) && (0...1).contains(delta), "a privacy guarantee")
    let right = BinomialLaw(trials: guessCount, odds: exp(epsilon))
    let tail = right.upperTail(from: correctCount)
    guard delta > 0 else { return tail }
    var (sum, greatestMean) = (0.0, 0.0)
    for successes in stride(from: correctCount - 1, through: right.leastSuccesses, by: -1) {
      sum += right.probability(of: successes)
      greatestMean = max(greatestMean, sum / Double(correctCount - successes))
    }
    let failure = 2 * Double(canaryCount) * delta * right.roundedUp(greatestMean)
    return min(1, (tail + failure) * (1 + 0x1p-50))
  }

  /// The greatest epsilon found that the guesses refute at this confidence, at most a relative 10^-6 below
  /// those that they do not; 0 where they refute none, or none above 10^-6.
  ///
  /// It exceeds the true epsilon in a share of 1 - confidence of all runs at most: to be
  /// (epsilon, delta)-private is to be so with any larger epsilon, and of these the one that most runs
  /// refute is refuted by no more.
  public func epsilonLowerBound(delta: Double, confidence: Confidence) -> Double {
    epsilonLowerBound(delta: delta, falseAlarms: confidence.falseAlarms)
  }

  /// The audit with the greatest bound of several, of any kind of dependence, and a bound that is right at this
  /// confidence although it was picked: each has to be wrong in an equal part of the cases that the
  /// confidence leaves (the union bound).
  ///
  /// For audits that differ in how many guesses were made, say, which were all decided on beforehand. nil of
  /// no audits.
  public static func strongest(
    of audits: [OneRunAudit], delta: Double, confidence: Confidence
  ) -> (audit: OneRunAudit, epsilonLowerBound: Double)? {
    let falseAlarms = confidence.falseAlarms(sharedBy: audits.count)
    return audits.map {
      (audit: $0, epsilonLowerBound: $0.epsilonLowerBound(delta: delta, falseAlarms: falseAlarms))
    }.max { $0.epsilonLowerBound < $1.epsilonLowerBound }
  }

  /// The bound of ``strongest(of:delta:confidence:)``; 0 of no audits.
  public static func greatestEpsilonLowerBound(
    of audits: [OneRunAudit], delta: Double, confidence: Confidence
  ) -> Double {
    strongest(of: audits, delta: delta, confidence: confidence)?.epsilonLowerBound ?? 0
  }

  /// The audit of several runs, as if they were one run of all their canaries.
  ///
  /// They are one: whoever publishes the outputs of independent runs publishes one output, on which every
  /// coin has an effect through the run of its own canary alone, so that (epsilon, delta) of each run is
  /// that of all of them together. Runs that share a canary, or of which one depends on another's output,
  /// are not independent.
  ///
  /// - Precondition: there is an audit.
  public static func pooled(_ audits: [OneRunAudit]) -> OneRunAudit {
    OneRunAudit(
      canaryCount: audits.reduce(0) { $0 + $1.canaryCount },
      guessCount: audits.reduce(0) { $0 + $1.guessCount },
      correctCount: audits.reduce(0) { $0 + $1.correctCount })
  }

  private func epsilonLowerBound(delta: Double, falseAlarms: Double) -> Double {
    /// Above 0 where epsilon is refuted.
    func sample(_ epsilon: Double) -> MonotoneSearch.Sample {
      let pValue = pValue(epsilon: epsilon, delta: delta)
      return .init(
        x: epsilon,
        value: pValue <= falseAlarms
          ? max(log(falseAlarms / pValue), .leastNonzeroMagnitude) : log(falseAlarms / pValue))
    }
    let grid = SearchGrid.millionths
    let least = sample(0x1p-20)
    guard least.value > 0 else { return 0 }
    // All guesses are right with probability (1 + e^-epsilon)^-guesses > exp(-guesses e^-epsilon).
    let unrefuted = log(Double(guessCount) / -log(falseAlarms)) + 1e-3
    let (refuted, _) = MonotoneSearch.crossing(
      between: least, and: sample(grid.point(atOrAbove: max(unrefuted, 1))), on: grid
    ) { sample($0).value }
    return refuted.x
  }
}
