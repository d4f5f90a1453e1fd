import Foundation
import SpecialMath

/// An attack that looks at one number and says "present" beyond a threshold.
///
/// The number is standard normal plus a shift. Privacy with parameters (epsilon, delta) requires
/// P(says so | present) <= e^epsilon P(says so | absent) + delta, and the same with the hypotheses
/// swapped, so every threshold gives lower bounds on both parameters. With the likelihood ratio
/// rising in the number, as here, thresholds are the best tests.
struct ThresholdTest {
  /// What the number is distributed like under the two hypotheses.
  enum Hypotheses {
    /// shift + noise, against noise; says so above the threshold.
    case shiftedAgainstNoise
    /// noise, against shift + noise; says so below the threshold.
    case noiseAgainstShifted
    /// shift / 2 + noise, against -shift / 2 + noise; says so above the threshold.
    case oppositeShifts
  }

  let hypotheses: Hypotheses
  let shift: ShiftDistribution

  /// The largest lower bound on epsilon at `delta`, at least 0.
  func epsilon(delta: Double) -> Double {
    func bound(_ odds: Odds) -> Double {
      let gap = odds.logTruePositive - log(delta)
      guard gap > 0 else { return -.infinity }
      return odds.logTruePositive + LogSpace.logOneMinusExp(-gap) - odds.logFalsePositive
    }
    // The bound rises with the threshold just as long as it exceeds the log likelihood ratio.
    let best = threshold { $0.logLikelihoodRatio >= bound($0) }
    return max(0, bound(odds(at: best)))
  }

  /// The largest lower bound on delta at `epsilon`, at least 0.
  func delta(epsilon: Double) -> Double {
    let best = odds(at: threshold { $0.logLikelihoodRatio >= epsilon })
    let (hit, miss) = (best.logTruePositive, epsilon + best.logFalsePositive)
    return hit > miss ? exp(LogSpace.subtract(hit, miss)) : 0
  }

  private struct Odds {
    /// Rounded down.
    var logTruePositive: Double
    /// Rounded up.
    var logFalsePositive: Double
    /// log(density if present / density if absent) at the threshold.
    var logLikelihoodRatio: Double
  }

  /// About the least distance at which a condition on the odds holds, for one that keeps holding.
  ///
  /// A distance is a threshold seen from where the likelihood ratio is about 1, which grows with
  /// it; any is valid, and the best is flat. Those that matter are less than the largest shift plus
  /// 40 standard deviations.
  private func threshold(where isTrue: (Odds) -> Bool) -> Double {
    let farthest = shift.largestShift + 40
    return MonotoneSearch.bisect(0...farthest, relativeTolerance: 1e-3 / farthest) {
      isTrue(odds(at: $0))
    }.below
  }

  private func odds(at distance: Double) -> Odds {
    var truePositive = LogSum()
    var falsePositive = LogSum()
    var densityIfPresent = LogSum()
    var densityIfAbsent = LogSum()
    switch hypotheses {
    case .shiftedAgainstNoise:
      for point in shift.points {
        truePositive.add(point.logWeight + StandardNormal.logUpperTail(distance - point.shift))
        densityIfPresent.add(point.logWeight + StandardNormal.logDensity(distance - point.shift))
      }
      falsePositive.add(StandardNormal.logUpperTail(distance))
      densityIfAbsent.add(StandardNormal.logDensity(distance))
    case .noiseAgainstShifted:
      // The threshold lies this far below the largest shift.
      let threshold = shift.largestShift - distance
      truePositive.add(StandardNormal.logUpperTail(-threshold))
      densityIfPresent.add(StandardNormal.logDensity(threshold))
      for point in shift.points {
        falsePositive.add(point.logWeight + StandardNormal.logUpperTail(point.shift - threshold))
        densityIfAbsent.add(point.logWeight + StandardNormal.logDensity(threshold - point.shift))
      }
    case .oppositeShifts:
      for point in shift.points {
        truePositive.add(point.logWeight + StandardNormal.logUpperTail(distance - point.shift / 2))
        densityIfPresent.add(
          point.logWeight + StandardNormal.logDensity(distance - point.shift / 2))
        falsePositive.add(point.logWeight + StandardNormal.logUpperTail(distance + point.shift / 2))
        densityIfAbsent.add(point.logWeight + StandardNormal.logDensity(distance + point.shift / 2))
      }
    }
    return Odds(
      logTruePositive: truePositive.logarithm - Self.slack,
      logFalsePositive: falsePositive.logarithm + Self.slack,
      logLikelihoodRatio: densityIfPresent.logarithm - densityIfAbsent.logarithm)
  }

  /// Covers the relative rounding errors of the weights and of the tails, 1e-9 and 1e-12 at most.
  private static let slack = 2e-9
}
