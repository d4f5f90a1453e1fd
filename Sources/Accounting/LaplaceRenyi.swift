import Foundation
import SpecialMath

/// The Renyi divergence between Laplace distributions, continuous or on a grid.
///
/// With scale 1, distance d, and s the grid's step (0 for the continuous distribution), the moment
/// e^((order - 1) divergence) is
///
///     w e^((order - 1) d) + (1 - w) e^(-order d),   w = (order + c) / (2 order - 1),
///     c = (k tanh(s / 2) / tanh(k s / 2) - 1) / 2 >= 0,   k = 2 order - 1,
///
/// from the geometric sums left of both centers, between them and right of them; at s = 0, where
/// c = 0, it is Mironov 2017, Table II. At order infinity the divergence is d. With several
/// coordinates d is the L1 distance: log moments are convex in d and 0 at d = 0, so those of the
/// coordinates add up to no more than that of their total.
///
/// The constant parts of the two exponentials cancel exactly, and their linear parts but for c d;
/// only c d and the remainders, all positive, are computed.
struct LaplaceRenyi: RenyiCurve {
  private let distance: Double
  private let gridStep: Double

  /// Continuous; `noiseMultiplier` is the scale over the distance.
  init(noiseMultiplier: Double) {
    distance = 1 / noiseMultiplier
    gridStep = 0
  }

  /// On the integers.
  init(scale: Double, sensitivity: Int) {
    distance = Double(sensitivity) / scale
    gridStep = 1 / scale
  }

  func divergence(order: Double) -> Double {
    guard order.isFinite, distance.isFinite else { return distance }
    let slope = slope(order: order)
    let weight = (order + slope) / (2 * order - 1)
    let gain = (order - 1) * distance
    // Here the second exponential is less than e^-60 of the first.
    guard gain < 30 else { return distance + log(weight) / (order - 1) }
    let excess =
      slope * distance
      + weight * TaylorRemainder.exponential(gain)
      + max(0, 1 - weight) * TaylorRemainder.exponential(-order * distance)
    return log1p(excess) / (order - 1)
  }

  /// c, rounded up where it would be lost in a difference: tanh x <= x - x^3 / 3 + 2 x^5 / 15 and
  /// 1 / tanh y <= 1 / y + y / 3 give c <= order (order - 1) s^2 / 6 + s^4 / 1280 while k s is small.
  private func slope(order: Double) -> Double {
    let (half, factor) = (gridStep / 2, 2 * order - 1)
    guard factor * half > 1e-3 else {
      return (order * gridStep) * ((order - 1) * gridStep) / 6 + half * half * half * half / 80
    }
    return (factor * tanh(half) / tanh(factor * half) - 1) / 2
  }
}
