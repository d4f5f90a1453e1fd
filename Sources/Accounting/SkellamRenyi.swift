import Foundation
import SpecialMath

/// The Renyi divergence of Skellam noise (Agarwal, Kairouz & Liu 2021, Theorem 3.5 in each coordinate):
/// at whole orders at most
///
///     order L2^2 / (2 variance)
///       + min(((2 order - 1) L2^2 + 6 L1) / (4 variance^2), 3 L1 / (2 variance)),
///
/// and between them the chord. A sum of Skellam noises is Skellam noise, so there is nothing to add for
/// who contributed it.
struct SkellamRenyi: RenyiCurve {
  let variance: Double
  let distance: GridDistance

  /// The bound is the smaller of two.
  var hasConvexCumulant: Bool { false }

  func divergence(order: Double) -> Double {
    guard order.isFinite else { return .infinity }
    if order == order.rounded() { return atWholeOrder(order) }
    return chordBetweenIntegers(order: order, atInteger: atWholeOrder)
  }

  private func atWholeOrder(_ order: Double) -> Double {
    let ratio = distance.l2 / variance.squareRoot()
    let (precision, l1) = (max(ratio * ratio, .leastNormalMagnitude), distance.l1 / variance)
    let small = ((2 * order - 1) * precision + 6 * l1) / (4 * variance)
    return order * precision / 2 + min(small, 1.5 * l1)
  }
}
