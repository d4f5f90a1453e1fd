import Foundation
import SpecialMath

/// Bounds on what a composition in one direction costs, from both sides, on one grid.
struct LossBounds {
  private let upper: ComposedLoss
  private let lower: ComposedLoss
  private let lowerWrap: WrappedMass
  private let upperDelta: ComposedExpectation
  private let lowerDelta: ComposedExpectation

  init(upper: ComposedLoss, lower: ComposedLoss, lowerWrap: WrappedMass) {
    self.upper = upper
    self.lower = lower
    self.lowerWrap = lowerWrap
    upperDelta = upper.expectation(of: .delta)
    lowerDelta = lower.expectation(of: .delta)
  }

  private var grid: LossGrid { upper.grid }

  /// Epsilon at a threshold, but for rounding that is covered by ``slack(of:)``.
  private func epsilon(atThreshold threshold: Int) -> Double {
    Double(threshold) * grid.spacing + upper.offset
  }

  private var epsilonSlack: Double { 4 * .unitRoundoff * abs(upper.offset) }

  /// An upper bound on log delta at epsilon = `threshold` spacings.
  func logUpperDelta(atThreshold threshold: Int) -> Double {
    let value = max(upperDelta.value(atThreshold: threshold), 0) + upperDelta.error
    let scale = logScale(of: upper, atThreshold: threshold)
    return min(0, LogSpace.add(log(value) + scale.value + scale.slack, log(upper.outside)))
  }

  /// A lower bound on log delta there, minus infinity if it is not positive.
  func logLowerDelta(atThreshold threshold: Int) -> Double {
    let value =
      lowerDelta.value(atThreshold: threshold) - lowerDelta.error
      - lowerWrap.excess(of: .delta, aboveThreshold: epsilon(atThreshold: threshold))
    guard value > 0 else { return -.infinity }
    let scale = logScale(of: lower, atThreshold: threshold)
    return log(value) + scale.value - scale.slack
  }

  private func logScale(
    of loss: ComposedLoss, atThreshold threshold: Int
  ) -> (value: Double, slack: Double) {
    let tilted = grid.tilt * epsilon(atThreshold: threshold)
    return (
      loss.logScale - tilted,
      8 * .unitRoundoff * (loss.logScale.magnitude + tilted.magnitude + 8)
    )
  }

  /// Bounds on epsilon at delta = e^`logDelta`; the search starts at `guess`.
  func epsilon(logDelta: Double, guess: Double) -> (lower: Double, upper: Double) {
    let upper = crossing(of: logUpperDelta, logDelta: logDelta, guess: guess) ?? .infinity
    let lower =
      crossing(of: logLowerDelta, logDelta: logDelta, guess: upper.isFinite ? upper : guess) ?? 0
    return (
      lower: max(0, lower * (1 - Self.slack) - epsilonSlack),
      upper: upper > 0 ? upper * (1 + Self.slack) + epsilonSlack : 0
    )
  }

  /// Bounds on log delta at `epsilon`.
  ///
  /// As a function of e^epsilon delta is convex, and straight between lattice points for the lower
  /// bound's loss, so that the chord bounds it from either side.
  func logDelta(epsilon: Double) -> (lower: Double, upper: Double) {
    let threshold = threshold(below: epsilon)
    let share = expm1(epsilon - self.epsilon(atThreshold: threshold)) / expm1(grid.spacing)
    func chord(_ bound: (Int) -> Double) -> Double {
      let (first, second) = (bound(threshold), bound(threshold + 1))
      return LogSpace.add(first + log(max(1 - share, 0)), second + log(min(max(share, 0), 1)))
    }
    return (chord(logLowerDelta) - Self.slack, min(0, chord(logUpperDelta) + Self.slack))
  }

  /// Where a falling bound on delta, straight in e^epsilon between lattice points, reaches
  /// e^`logDelta`: 0 if it is no more there, nil if it does not come down to it within reach.
  private func crossing(
    of bound: (Int) -> Double, logDelta: Double, guess: Double
  ) -> Double? {
    guard let (above, below) = bracket(of: bound, logDelta: logDelta, guess: guess) else {
      return nil
    }
    if below.index == firstThreshold { return 0 }
    let (high, low) = (exp(above.value - logDelta), exp(below.value - logDelta))
    let share = high > low ? min(max((high - 1) / (high - low), 0), 1) : 1
    return max(0, epsilon(atThreshold: above.index) + log1p(share * expm1(grid.spacing)))
  }

  private typealias Evaluation = (index: Int, value: Double)

  /// The last threshold at or below epsilon 0.
  private var firstThreshold: Int { threshold(below: 0) }

  private func threshold(below epsilon: Double) -> Int {
    Int(((epsilon - upper.offset) / grid.spacing).rounded(.down))
  }

  /// Neighboring thresholds between which the bound passes e^`logDelta`. The lower one is one below
  /// the first threshold if that has passed already.
  private func bracket(
    of bound: (Int) -> Double, logDelta: Double, guess: Double
  ) -> (above: Evaluation, below: Evaluation)? {
    let first = firstThreshold
    let start = max(first, threshold(below: guess.isFinite ? guess : 0))
    let farthest = start + 8 * grid.count
    var above: Evaluation = (first - 1, .infinity)
    var below: Evaluation?
    var index = start
    var stride = 1
    while true {
      let value = bound(index)
      if value > logDelta {
        above = (index, value)
        if index >= farthest { return nil }
      } else {
        below = (index, value)
      }
      if let below, below.index - above.index <= 1 { return (above, below) }
      // Newton's step, since log delta falls about as fast as the tilt says; then longer and longer
      // ones until both sides have been seen, then the middle.
      let step = ((value - logDelta) / (grid.tilt * grid.spacing)).rounded(.up)
      var next = step.magnitude < Double(grid.count) ? index + Int(step) : index
      if let below {
        let isBetween = next > above.index && next < below.index
        if !isBetween || stride > 8 {
          next =
            above.index < first
            ? max(first, below.index - stride)
            : above.index + (below.index - above.index) / 2
        }
      } else {
        next = min(max(next, index + stride), farthest)
      }
      stride *= 2
      index = next
    }
  }

  private static let slack = 1e-12
}
