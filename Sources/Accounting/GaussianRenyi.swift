import Foundation
import SpecialMath

/// The Renyi divergence between normal distributions of equal width: order * precision / 2 (Mironov
/// 2017, Corollary 3).
struct GaussianRenyi: RenyiCurve {
  /// (distance / standard deviation)^2.
  let precision: Double

  func divergence(order: Double) -> Double {
    order * precision / 2
  }

  /// A bound for the mechanism on any random cohort that the unit is in with this probability.
  ///
  /// A = e^((order - 1) divergence) is jointly convex in the two output distributions, and is 1
  /// between cohorts without the unit, so it is at most 1 + rate (A of the whole population - 1).
  func divergence(order: Double, exposedWithProbability rate: Double) -> Double {
    let cumulant = (order - 1) * divergence(order: order)
    guard cumulant.isFinite else { return .infinity }
    let logExcess = cumulant + LogSpace.logOneMinusExp(-cumulant)
    return LogSpace.logOnePlusExp(log(rate) + logExcess) / (order - 1)
  }
}
