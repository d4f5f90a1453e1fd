/// The Renyi differential privacy of one mechanism as a function of the order.
///
/// `divergence(order:)` is an upper bound on the Renyi divergence between the mechanism's outputs
/// on neighbors, both ways round, for orders in (1, infinity]. It is never NaN and never negative,
/// and infinite where no finite value is known.
protocol RenyiCurve: Sendable {
  func divergence(order: Double) -> Double

  /// Whether (order - 1) divergence(order) is convex, as that of the divergence itself is. If so,
  /// the best order is found by bisection, and otherwise by looking all over the orders first.
  var hasConvexCumulant: Bool { get }
}

extension RenyiCurve {
  var hasConvexCumulant: Bool { true }
}

/// (order - 1) times the Renyi divergence is convex in the order and 0 at order 1, since it is the
/// logarithm of the moment generating function of the privacy loss. So the chord between two
/// integer orders lies above it (Wang, Balle & Kasiviswanathan 2019, Corollary 10).
///
/// `atInteger` gives an upper bound on the divergence at integer orders from 2.
func chordBetweenIntegers(
  order: Double, atInteger divergence: (Double) -> Double
) -> Double {
  let below = order.rounded(.down)
  let above = below + 1
  let cumulantBelow = below > 1 ? (below - 1) * divergence(below) : 0
  let cumulantAbove = below * divergence(above)
  let cumulant = (above - order) * cumulantBelow + (order - below) * cumulantAbove
  return cumulant / (order - 1)
}
