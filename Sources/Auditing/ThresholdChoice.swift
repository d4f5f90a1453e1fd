import Foundation
import SpecialMath

/// The threshold for other runs that promises the most.
///
/// It is judged by Wilson's approximate bounds on the two rates of error (Probable inference, the law of
/// succession, and statistical inference, JASA 1927), which are quick. Any choice is valid, since other runs
/// are audited with it.
struct ThresholdChoice {
  let threshold: Double

  /// - Precondition: there is a score of each kind.
  init(without: [Double], with: [Double], purpose: RunScores.Purpose) {
    let (without, with) = (without.sorted(), with.sorted())
    var (below, missed) = (0, 0)
    var best = (value: -Double.infinity, threshold: Double.infinity)
    // Between two scores with the unit, the highest false alarms that a threshold drops cost no miss.
    for threshold in with + [.infinity] {
      while below < without.count, without[below] < threshold { below += 1 }
      while missed < with.count, with[missed] < threshold { missed += 1 }
      let rates = ErrorRates(
        falseAlarms: Self.rate(without.count - below, of: without.count),
        misses: Self.rate(missed, of: with.count))
      let value = Self.value(rates, for: purpose)
      if value > best.value { best = (value, threshold) }
    }
    threshold = best.threshold
  }

  private static func value(_ rates: ErrorRates, for purpose: RunScores.Purpose) -> Double {
    switch purpose {
    case .epsilon(let delta): rates.epsilonLowerBound(delta: delta)
    case .gaussian:
      StandardNormal.quantile(1 - rates.falseAlarms) - StandardNormal.quantile(rates.misses)
    }
  }

  /// Wilson's bound at three standard deviations: a threshold with few errors among many that were tried owes
  /// some of that to luck.
  private static func rate(_ count: Int, of trials: Int) -> Double {
    let (x, n) = (Double(count), Double(trials))
    let deviations = 3.0
    let square = deviations * deviations
    let spread = deviations * (x * (1 - x / n) + square / 4).squareRoot()
    return min(1, (x + square / 2 + spread) / (n + square))
  }
}
