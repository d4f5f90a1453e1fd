import Foundation
import SpecialMath

/// An upper bound on the Renyi divergence of any noise on a cohort drawn without replacement, for
/// neighbors of which one has another unit in the same place (Wang, Balle & Kasiviswanathan 2019,
/// Theorem 9).
///
/// With c the cohort's share of the population and e(j) the divergence of order j without sampling,
/// at integer orders
///
///     e^((order - 1) divergence) <= 1 + sum over j = 2 ... order of (order choose j) c^j Z(j),
///     Z(j) = e^((j - 1) e(j)) min(2, (e^e(infinity) - 1)^j),   Z(2) <= 4 (e^e(2) - 1).
///
/// Between integers the chord serves, and everywhere what holds for any random cohort.
struct WithoutReplacementRenyi: RenyiCurve {
  /// Without sampling, under replace-one.
  private let base: any RenyiCurve
  private let samplingRate: Double
  /// log Z(j) for j from 2.
  private let logMoments: [Double]

  init(base: any RenyiCurve, samplingRate: Double) {
    self.base = base
    self.samplingRate = samplingRate
    let largestLoss = base.divergence(order: .infinity)
    let logLargestGap = largestLoss + LogSpace.logOneMinusExp(-largestLoss)
    logMoments = (2...Self.largestSummedOrder).map { j in
      let cumulant = Double(j - 1) * base.divergence(order: Double(j))
      let general = cumulant + min(log(2), Double(j) * logLargestGap)
      return j == 2
        ? min(general, log(4) + cumulant + LogSpace.logOneMinusExp(-cumulant)) : general
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
    var excess = LogSum()
    for (j, logBinomial) in LogBinomialRow(Int(order)).enumerated().dropFirst(2) {
      excess.add(logBinomial + Double(j) * log(samplingRate) + logMoments[j - 2])
    }
    return LogSpace.logOnePlusExp(excess.logarithm) / (order - 1)
  }
}
