import Foundation
import SpecialMath

/// A mechanism whose Renyi divergence is at most order * rho at every order: rho-zero-concentrated
/// differential privacy (Bun & Steinke 2016).
struct ZeroConcentration {
  /// Greater than 0, possibly infinite.
  let rho: Double

  /// 0 or greater: ``RenyiConversion`` at the best order.
  func epsilon(delta: Double) -> Double {
    guard rho.isFinite else { return .infinity }
    if totalVariationBound <= delta { return 0 }
    return conversion(least: { $0.epsilon(delta: delta) }).epsilon(delta: delta)
  }

  /// At most 1.
  func delta(epsilon: Double) -> Double {
    guard rho.isFinite else { return 1 }
    let logDelta = conversion(least: { $0.logDelta(epsilon: epsilon) }).logDelta(epsilon: epsilon)
    // A positive delta that underflows is rounded up to the smallest positive number.
    return min(max(exp(logDelta), .leastNonzeroMagnitude), totalVariationBound)
  }

  private var totalVariationBound: Double {
    RenyiComposition.totalVariationBound(divergence: rho)
  }

  /// Orders whose distances to 1 are 1/1000 apart, from 2e-9 to 3e43: the best epsilon over them is
  /// within a relative 1e-6 of that over all.
  private func conversion(least value: (RenyiConversion) -> Double) -> RenyiConversion {
    func conversion(_ index: Int) -> RenyiConversion {
      let order = 1 + exp(Double(index) / 1000)
      return RenyiConversion(order: order, divergence: order * rho)
    }
    return conversion(MonotoneSearch.argmin(-20_000..<100_000) { value(conversion($0)) })
  }
}
