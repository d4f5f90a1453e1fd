import Foundation
import SpecialMath

/// The Renyi divergence of the Gaussian mechanism on a Poisson-sampled cohort (Mironov, Talwar &
/// Zhang 2019), for neighbors of which one adds a unit or has its contribution set to zero.
///
/// With z the noise multiplier, q the sampling rate and u(x) = q (e^((2x - 1) / 2z^2) - 1), the
/// likelihood ratio of the mixture (1 - q) N(0, z^2) + q N(1, z^2) to N(0, z^2) is 1 + u(x), and
/// the worse of the two directions is (their Theorem 5)
///
///     divergence(order) = log A / (order - 1),   A = E[(1 + u(X))^order],   X ~ N(0, z^2).
///
/// Since E[u] = 0, A - 1 = E[g(u)] with g(u) = (1 + u)^order - 1 - order u >= 0. Everything below
/// adds up A - 1 from terms that are all positive, so it keeps its relative accuracy down to the
/// smallest rates.
struct PoissonGaussianRenyi: RenyiCurve {
  /// 1 / z^2.
  let precision: Double
  let samplingRate: Double

  func divergence(order: Double) -> Double {
    guard order.isFinite, precision.isFinite else { return .infinity }
    if order <= Self.largestSummedOrder, order == order.rounded() {
      return integerDivergence(order)
    }
    if order <= Self.largestIntegratedOrder, order * precision <= Self.largestIntegratedGain {
      // The divergence grows with the order: the least order computed serves those below it.
      let order = max(order, Self.leastIntegratedOrder)
      return divergence(logExcess: PoissonGaussianIntegral(self, order: order).logExcess, order)
    }
    if order < Self.largestSummedOrder {
      return chordBetweenIntegers(order: order, atInteger: integerDivergence)
    }
    return GaussianRenyi(precision: precision)
      .divergence(order: order, exposedWithProbability: samplingRate)
  }

  /// Above it the sum over the order's binomial coefficients is dearer than a looser bound is bad.
  private static let largestSummedOrder = 0x1p14
  /// Fractional orders matter where epsilon is large, and then they are small. In the remaining
  /// corners the integral would need many points, and the chord between integers serves.
  private static let largestIntegratedOrder = 16.0
  private static let leastIntegratedOrder = 1.001
  private static let largestIntegratedGain = 0x1p10

  /// A - 1 = sum over k = 2 ... order of
  /// (order choose k) (1 - q)^(order - k) q^k (e^(k (k - 1) / 2z^2) - 1).
  private func integerDivergence(_ order: Double) -> Double {
    let logRate = log(samplingRate)
    let logComplement = log1p(-samplingRate)
    var sum = LogSum()
    for (k, logBinomial) in LogBinomialRow(Int(order)).enumerated().dropFirst(2) {
      let exponent = Double(k) * Double(k - 1) * precision / 2
      sum.add(
        logBinomial + (order - Double(k)) * logComplement + Double(k) * logRate
          + exponent + LogSpace.logOneMinusExp(-exponent))
    }
    return divergence(logExcess: sum.logarithm, order)
  }

  private func divergence(logExcess: Double, _ order: Double) -> Double {
    LogSpace.logOnePlusExp(logExcess) / (order - 1)
  }
}
