import Foundation
import SpecialMath

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

  /// A bound for the mechanism on any random cohort that the unit is in with this probability.
  ///
  /// A = e^((order - 1) divergence) is jointly convex in the two output distributions, and is 1
  /// between cohorts without the unit, so it is at most 1 + rate (A of the whole population - 1).
  /// And no order's divergence exceeds the largest loss, which is at most
  /// log(1 + rate (e^loss of the whole population - 1)) (Balle, Barthe & Gaboardi 2018, Theorems 8
  /// and 9).
  func divergence(order: Double, exposedWithProbability rate: Double) -> Double {
    func exposed(_ cumulant: Double) -> Double {
      guard cumulant > 0, cumulant.isFinite else { return cumulant }
      return LogSpace.logOnePlusExp(
        log(rate) + cumulant + LogSpace.logOneMinusExp(-cumulant))
    }
    let largestLoss = exposed(divergence(order: .infinity))
    guard order.isFinite else { return largestLoss }
    return min(largestLoss, exposed((order - 1) * divergence(order: order)) / (order - 1))
  }
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
