import Foundation
import SpecialMath

/// Bounds on epsilon or delta of a composition in one direction, on finer and finer lattices until
/// they are close enough.
struct LossSearch {
  let steps: [(loss: SampledLoss, count: Int)]
  /// The gap to reach between bounds on epsilon, relative to it.
  let relativeGap: Double

  struct Outcome {
    var lower: Double
    var upper: Double
    var limit: PrecisionLimit?
  }

  /// Bounds on epsilon at delta = e^`logDelta`. Stops early once the upper bound is not above
  /// `floor`.
  func epsilon(logDelta: Double, floor: Double) -> Outcome {
    let loss = DirectedLoss(steps, logDelta: logDelta)
    var outcome = Outcome(lower: 0, upper: largestLoss, limit: .latticeSize)
    refine(
      loss, from: SaddlePoint.at(logDelta: logDelta, cumulant: loss.cumulant)
    ) { bounds, point in
      let (lower, upper) = bounds.epsilon(logDelta: logDelta, guess: point.epsilon)
      outcome.upper = min(outcome.upper, upper)
      outcome.lower = min(max(outcome.lower, lower), outcome.upper)
      let gap = outcome.upper - outcome.lower
      let isDone = gap <= relativeGap * outcome.lower || outcome.upper <= floor
      if isDone { outcome.limit = nil }
      return Progress(
        isDone: isDone, epsilon: outcome.upper,
        excess: (upper - lower) / (relativeGap * max(outcome.upper, .leastNormalMagnitude)))
    }
    return outcome
  }

  /// Bounds on log delta at `epsilon`. A gap in epsilon is one in log delta, steeper by the tilt.
  func logDelta(epsilon: Double) -> Outcome {
    guard epsilon < largestLoss else {
      return Outcome(lower: -.infinity, upper: -.infinity, limit: nil)
    }
    // What may be lost depends on delta, which a first look estimates, and later ones know better.
    let blind = DirectedLoss(steps, logDelta: Self.logSmallest)
    var estimate = SaddlePoint.at(epsilon: epsilon, cumulant: blind.cumulant).logDelta
    var outcome = Outcome(lower: -.infinity, upper: 0, limit: .latticeSize)
    for _ in 1...Self.looks where outcome.limit != nil {
      let loss = DirectedLoss(steps, logDelta: min(0, max(estimate, Self.logSmallest)))
      refine(
        loss, from: SaddlePoint.at(epsilon: epsilon, cumulant: loss.cumulant)
      ) { bounds, point in
        let (lower, upper) = bounds.logDelta(epsilon: epsilon)
        outcome.upper = min(outcome.upper, upper)
        outcome.lower = min(max(outcome.lower, lower), outcome.upper)
        let isDone = outcome.upper - outcome.lower <= Self.logDeltaGap * relativeGap
        if isDone { outcome.limit = nil }
        // A wrong estimate shows at once, and finer lattices do not help.
        let isFar = outcome.upper - estimate > 2 || estimate - outcome.upper > 2
        return Progress(
          isDone: isDone || isFar, epsilon: epsilon,
          excess: (upper - lower) / (Self.logDeltaGap * relativeGap),
          wishedGap: Self.logDeltaGap * relativeGap / point.tilt)
      }
      estimate = outcome.lower > -.infinity ? outcome.lower : outcome.upper
    }
    return outcome
  }

  private var largestLoss: Double {
    steps.reduce(0) { $0 + Double($1.count) * $1.loss.largestLoss } * (1 + 1e-14)
  }

  /// All steps' transforms are in memory at once.
  private var largestCount: Int {
    min(1 << 20, max(Self.largestTotalCount / max(1, steps.count), 1 << 10))
  }

  private struct Progress {
    var isDone: Bool
    /// About where the answer is.
    var epsilon: Double
    /// The gap reached, relative to the one to reach.
    var excess: Double
    /// The gap to reach in terms of epsilon, if that is not a share of it.
    var wishedGap: Double?
  }

  /// Looks first on a coarse lattice. Where that shows the saddle point far from the answer, as
  /// rare large losses can, the next one is chosen anew.
  private func refine(
    _ loss: DirectedLoss, from start: SaddlePoint,
    look: (LossBounds, SaddlePoint) -> Progress
  ) {
    var point = start
    var share = 0.75
    var epsilon = max(point.epsilon, 1e-3 / point.tilt)
    var wishedGap: Double?
    var failures = 0
    for attempt in 1...Self.attempts {
      let largestCount = attempt == 1 ? min(Self.firstCount, self.largestCount) : self.largestCount
      let gap = share * (wishedGap ?? relativeGap * epsilon)
      let grid = loss.grid(about: point, epsilonGap: gap, largestCount: largestCount)
      guard loss.isResolved(by: grid) else { return }
      let progress = look(loss.bounds(on: grid), point)
      wishedGap = progress.wishedGap
      if progress.isDone || (attempt > 1 && grid.count >= self.largestCount) { return }
      if progress.epsilon.isFinite { epsilon = max(progress.epsilon, 1e-6 / point.tilt) }
      let next = SaddlePoint.at(epsilon: epsilon, cumulant: loss.cumulant)
      if abs(log(next.tilt / point.tilt)) > 0.2 {
        point = next
      } else if grid.count < largestCount || attempt > 1 {
        if !progress.excess.isFinite {
          failures += 1
          if failures > 1 { return }
        }
        // Not a number where the upper end is infinite.
        let change = 0.75 / progress.excess
        share *= change > 0.02 ? min(change, 0.75) : 0.02
      }
    }
  }

  private static let attempts = 6
  private static let looks = 5
  private static let firstCount = 1 << 15
  private static let largestTotalCount = 1 << 22
  private static let logDeltaGap = 10.0
  private static let logSmallest = -744.0
}
