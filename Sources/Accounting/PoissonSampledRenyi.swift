import Foundation
import SpecialMath

/// An upper bound on the Renyi divergence of any noise on a Poisson-sampled cohort, for neighbors of
/// which one adds a unit or has its contribution set to zero.
///
/// With q the sampling rate and L the likelihood ratio of noise around the unit's contribution to
/// noise around 0, the ratio on cohorts is 1 - q + q L, and at integer orders
///
///     A = E[(1 - q + q L)^order]
///       = 1 + sum over k = 2 ... order of (order choose k) (1 - q)^(order - k) q^k (E[L^k] - 1),
///
/// where E[L^k] is at most e^((k - 1) divergence(k)) of the noise without sampling (Zhu & Wang 2019,
/// Theorem 6). The other direction is no worse, because all noise here is symmetric: a reflection
/// exchanges the two centers (Mironov, Talwar & Zhang 2019, Theorem 5). Equality holds where the
/// divergence without sampling is that of one worst contribution, as for Laplace noise, continuous
/// and discrete.
///
/// Between integers the chord serves, and everywhere what holds for any random cohort.
struct PoissonSampledRenyi: RenyiCurve {
  /// Without sampling.
  private let base: any RenyiCurve
  private let samplingRate: Double
  /// log(E[L^k] - 1) for k from 2.
  private let logMoments: [Double]

  init(base: any RenyiCurve, samplingRate: Double) {
    self.base = base
    self.samplingRate = samplingRate
    logMoments = (2...Self.largestSummedOrder).map { k in
      let cumulant = Double(k - 1) * base.divergence(order: Double(k))
      return cumulant + LogSpace.logOneMinusExp(-cumulant)
    }
  }

  /// The bound is the smaller of several.
  var hasConvexCumulant: Bool { false }

  func divergence(order: Double) -> Double {
    let convexityBound = base.divergence(order: order, exposedWithProbability: samplingRate)
    guard order <= Double(Self.largestSummedOrder) else { return convexityBound }
    if order == order.rounded() { return min(convexityBound, integerDivergence(order)) }
    return min(convexityBound, chordBetweenIntegers(order: order, atInteger: integerDivergence))
  }

  /// Above it the sum over the order's binomial coefficients is dearer than a looser bound is bad.
  private static let largestSummedOrder = 1 << 14

  private func integerDivergence(_ order: Double) -> Double {
    let logRate = log(samplingRate)
    let logComplement = log1p(-samplingRate)
    var excess = LogSum()
    for (k, logBinomial) in LogBinomialRow(Int(order)).enumerated().dropFirst(2) {
      excess.add(
        logBinomial + (order - Double(k)) * logComplement + Double(k) * logRate
          + logMoments[k - 2])
    }
    return LogSpace.logOnePlusExp(excess.logarithm) / (order - 1)
  }
}
