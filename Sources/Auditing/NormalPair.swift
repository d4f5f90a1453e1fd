import Foundation
import SpecialMath

/// The privacy of telling two normal distributions apart, whose means and spreads both differ.
///
/// In the second one's units, with y standard normal under it and N(mean, deviation^2) under the first, the
/// loss log(first / second) is the parabola
///
///     y^2 / 2 - (y - mean)^2 / (2 deviation^2) - log deviation,
///
/// so that the loss exceeds epsilon outside of two places or between them, and delta(epsilon) = P(so, under
/// the first) - e^epsilon P(so, under the second) is four normal tails (Andrew, Kairouz, Oh, Oprea, McMahan &
/// Suriyakumar, One-shot empirical privacy estimation for federated learning, ICLR 2024, appendix).
struct NormalPair {
  private let mean: Double
  private let deviation: Double

  /// Standard deviations are positive.
  init(mean: Double, deviation: Double, against other: (mean: Double, deviation: Double)) {
    precondition(deviation > 0 && other.deviation > 0, "normal distributions have a spread")
    self.mean = (mean - other.mean) / other.deviation
    self.deviation = deviation / other.deviation
  }

  private init(mean: Double, deviation: Double) {
    self.mean = mean
    self.deviation = deviation
  }

  /// The two the other way round.
  var swapped: NormalPair { NormalPair(mean: -mean / deviation, deviation: 1 / deviation) }

  /// Of the first against the second, for epsilon 0 or greater.
  func delta(epsilon: Double) -> Double {
    let square = deviation * deviation
    let a = (1 - 1 / square) / 2
    let b = mean / square
    let c = -mean * mean / (2 * square) - log(deviation) - epsilon
    let discriminant = b * b - 4 * a * c
    guard discriminant > 0 else { return 0 }
    // Neither root is a difference of numbers that nearly cancel.
    let q = -(b + (b < 0 ? -1 : 1) * discriminant.squareRoot()) / 2
    let (low, high) = (min(q / a, c / q), max(q / a, c / q))
    func probability(_ mean: Double, _ deviation: Double) -> Double {
      let (from, to) = ((low - mean) / deviation, (high - mean) / deviation)
      if a >= 0 { return StandardNormal.upperTail(-from) + StandardNormal.upperTail(to) }
      return from > 0
        ? StandardNormal.upperTail(from) - StandardNormal.upperTail(to)
        : StandardNormal.upperTail(-to) - StandardNormal.upperTail(-from)
    }
    return max(0, probability(mean, deviation) - exp(epsilon) * probability(0, 1))
  }

  /// The least epsilon at `delta`, in (0, 1), both ways round.
  func epsilon(delta: Double) -> Double { max(oneWay(delta), swapped.oneWay(delta)) }

  private func oneWay(_ delta: Double) -> Double {
    guard self.delta(epsilon: 0) > delta else { return 0 }
    var ceiling = 1.0
    while self.delta(epsilon: ceiling) > delta { ceiling *= 2 }
    return MonotoneSearch.bisect(0...ceiling, relativeTolerance: 1e-12) {
      self.delta(epsilon: $0) <= delta
    }.above
  }
}
