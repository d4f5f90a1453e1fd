import Foundation
import SpecialMath

/// The greatest rate of an event that happened `count` times in `trials` independent trials and would not
/// happen so seldom with less than the probability `falseAlarms` (Clopper & Pearson, The use of confidence
/// or fiducial limits illustrated in the case of the binomial, Biometrika 1934), rounded up, by a relative
/// 10^-6 at most.
///
/// - Parameters:
///   - count: 0 to `trials`, which is 1 or more.
///   - falseAlarms: how often the rate may be above the bound; in (0, 1/2].
func clopperPearsonUpperBound(_ count: Int, of trials: Int, falseAlarms: Double) -> Double {
  precondition(trials > 0 && (0...trials).contains(count), "no more events than trials")
  precondition(falseAlarms > 0 && falseAlarms <= 0.5, "a bound is right more often than not")
  guard count < trials else { return 1 }
  /// Above 0 where the rate is not refuted.
  func sample(_ rate: Double) -> MonotoneSearch.Sample {
    guard rate < 1 else { return .init(x: 1, value: -.infinity) }
    let tail = BinomialLaw(trials: trials, odds: rate / (1 - rate)).lowerTail(to: count)
    return .init(
      x: rate,
      value: tail >= falseAlarms
        ? max(log(tail / falseAlarms), .leastNonzeroMagnitude) : log(tail / falseAlarms))
  }
  let grid = SearchGrid.millionths
  let (number, total) = (Double(count), Double(trials))
  // The median of a binomial law with a whole mean is the mean; without an event, a rate this small has
  // a tail above 1 - falseAlarms / 1000.
  let unrefuted = count > 0 ? grid.point(before: number / total) : falseAlarms / (1000 * total)
  // Chernoff: P(X <= x) <= exp(-(mean - x)^2 / (2 mean)).
  let logLevel = -log(falseAlarms)
  let refuted =
    (number + logLevel + (logLevel * (logLevel + 2 * number)).squareRoot()) * (1 + 1e-5) / total
  let (_, bound) = MonotoneSearch.crossing(
    between: sample(grid.point(atOrAbove: unrefuted)),
    and: sample(min(1, grid.point(atOrAbove: refuted))), on: grid
  ) { sample($0).value }
  return bound.x
}
