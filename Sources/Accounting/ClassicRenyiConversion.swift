import Foundation

/// From Renyi to approximate differential privacy at one order as before 2020 (Mironov 2017,
/// Proposition 3):
///
///     epsilon = divergence - log(delta) / (order - 1).
///
/// With order - 1 = lambda and lambda divergence the log moment, it is the tail bound of the moments
/// accountant (Abadi et al. 2016, Theorem 2). ``RenyiConversion`` is smaller at every order.
struct ClassicRenyiConversion {
  /// Finite.
  let order: Double
  let divergence: Double

  func epsilon(delta: Double) -> Double {
    (divergence - log(delta) / (order - 1)) * Self.roundingFactor
  }

  /// The logarithm of delta, at most 0.
  func logDelta(epsilon: Double) -> Double {
    guard divergence.isFinite else { return 0 }
    return min(0, (order - 1) * (divergence - epsilon / Self.roundingFactor))
  }

  private static let roundingFactor = 1 + 1e-14
}
