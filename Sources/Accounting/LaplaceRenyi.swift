import Foundation
import SpecialMath

/// The Renyi divergence between Laplace distributions of scale b at distance 1 (Mironov 2017, Table
/// II):
///
///     log(order / (2 order - 1) e^((order - 1) / b) + (order - 1) / (2 order - 1) e^(-order / b))
///       / (order - 1),
///
/// and 1 / b at order infinity. The constant and the linear parts of the two exponentials cancel
/// exactly; only their remainders, both positive, are computed.
struct LaplaceRenyi: RenyiCurve {
  let noiseMultiplier: Double

  func divergence(order: Double) -> Double {
    let distance = 1 / noiseMultiplier
    guard order.isFinite, distance.isFinite else { return distance }
    let gain = (order - 1) * distance
    let weight = order / (2 * order - 1)
    // Here the second exponential is less than e^-60 of the first.
    guard gain < 30 else { return distance + log(weight) / (order - 1) }
    let excess =
      weight * TaylorRemainder.exponential(gain)
      + (1 - weight) * TaylorRemainder.exponential(-order * distance)
    return log1p(excess) / (order - 1)
  }
}
