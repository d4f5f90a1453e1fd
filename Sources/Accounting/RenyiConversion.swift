import Foundation

/// From Renyi to approximate differential privacy at one order (Canonne, Kamath & Steinke 2020,
/// Proposition 12): a mechanism with this divergence is (epsilon, delta)-private with
///
///     epsilon = divergence + log((order - 1) / order) - (log delta + log order) / (order - 1).
///
/// Both results are rounded up by more than their own rounding errors, and are limits at order
/// infinity.
struct RenyiConversion {
  let order: Double
  let divergence: Double

  /// 0 or greater, possibly infinite.
  func epsilon(delta: Double) -> Double {
    guard divergence.isFinite else { return .infinity }
    guard order.isFinite else { return divergence }
    let gain = log1p(-1 / order)
    let price = (log(delta) + log(order)) / (order - 1)
    let slack = Self.slack * (divergence - gain + abs(price))
    return max(0, divergence + gain - price + slack)
  }

  /// The logarithm of delta, at most 0, possibly minus infinity.
  func logDelta(epsilon: Double) -> Double { min(0, unlimitedLogDelta(epsilon: epsilon)) }

  /// The same before what is above 0 is cut off, so that orders can be compared there too.
  func unlimitedLogDelta(epsilon: Double) -> Double {
    guard divergence.isFinite else { return .infinity }
    guard order.isFinite else { return divergence <= epsilon ? -.infinity : .infinity }
    let loss = (order - 1) * (divergence - epsilon)
    let gain = (order - 1) * log1p(-1 / order) - log(order)
    let slack = Self.slack * ((order - 1) * (divergence + epsilon) - gain)
    return loss + gain + slack
  }

  /// Relative to the terms that are added up: a few units in the last place of each.
  private static let slack = 1e-14
}
