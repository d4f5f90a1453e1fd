import Foundation
import SpecialMath

/// The Renyi divergence of the Gaussian mechanism on a cohort drawn without replacement, for
/// neighbors of which one has another unit in the same place, after Wang, Balle & Kasiviswanathan
/// 2019.
///
/// With c the cohort's share of the population, pair each cohort that holds the replaced unit with
/// the cohorts that hold another one in its stead. By joint convexity of the divergence's
/// exponential, the worst case is one such pairing:
///
///     P = (1 - c) r + c p   against   Q = (1 - c) r + c q,
///
/// with p, q and r normal of equal width and at most s = sqrt(precision) standard deviations apart,
/// the replace-one distance. The binomial expansion of (P / Q)^order at integer orders, and
/// convexity in Q, give
///
///     E_Q[(P / Q)^order] <= 1 + sum over j = 2 ... order of (order choose j) c^j Z(j),
///     Z(j) = sup over p, q, r of E_r[|(p - q) / r|^j].
///
/// Their Theorem 9 takes Z(2) <= 4 (e^(s^2) - 1) and Z(j) <= 2 e^(j (j - 1) s^2 / 2), for any
/// mechanism, and so also for several answers about one cohort of which each depends on the ones
/// before. For a single answer, with truly normal p, q and r, more is known. With r at the origin
/// and x, y the squared distances of p and q from it,
///
///     E_r[((p - q) / r)^2] = e^x + e^y - 2 e^(p . q),   2 p . q >= x + y - s^2.
///
/// That grows with x and with y, which are at most s^2, so
///
///     Z(2) = 2 e^(s^2) - 2 e^(s^2 / 2),
///
/// a quarter of the general bound under much noise. And p - q is the integral, along the segment
/// from q to p, of the derivative of a normal density with respect to its mean m. As m is no farther
/// than s from r, with Y standard normal and |m'| <= |m| the part of m along the segment,
///
///     E_r[|derivative / r|^j] <= s^j e^(j (j - 1) |m|^2 / 2) E|Y + (j - 1) m'|^j,
///
/// and by convexity of norms
///
///     Z(j) <= s^j e^(j (j - 1) s^2 / 2) E|Y + (j - 1) s|^j.
///
/// The smaller bound of each j is used. ``WithoutReplacementRenyi`` does without all this.
struct WithoutReplacementGaussianRenyi: RenyiCurve {
  /// s^2 = (replace-one distance / standard deviation)^2.
  private let precision: Double
  private let samplingRate: Double
  private let ternaryMoments: TernaryMoments

  /// `precision` is the sum over all answers about one cohort, `answerCount` their number.
  init(precision: Double, samplingRate: Double, answerCount: Int) {
    self.precision = precision
    self.samplingRate = samplingRate
    ternaryMoments = TernaryMoments(precision: precision, areNormal: answerCount == 1)
  }

  /// The bound is the smaller of several.
  var hasConvexCumulant: Bool { false }

  func divergence(order: Double) -> Double {
    guard order.isFinite, precision.isFinite else { return .infinity }
    let convexityBound = GaussianRenyi(precision: precision)
      .divergence(order: order, exposedWithProbability: samplingRate)
    guard order <= Self.largestOrder else { return convexityBound }
    if order == order.rounded() { return min(convexityBound, integerDivergence(order)) }
    return min(convexityBound, chordBetweenIntegers(order: order, atInteger: integerDivergence))
  }

  /// Above it the sum over the order's binomial coefficients is dearer than a looser bound is bad.
  private static let largestOrder = 0x1p14

  private func integerDivergence(_ order: Double) -> Double {
    var sum = LogSum()
    for (j, logBinomial) in LogBinomialRow(Int(order)).enumerated().dropFirst(2) {
      sum.add(logBinomial + Double(j) * log(samplingRate) + ternaryMoments.logBound(degree: j))
    }
    return LogSpace.logOnePlusExp(sum.logarithm) / (order - 1)
  }
}

/// Upper bounds on log Z(j), the moments in the bound of ``WithoutReplacementGaussianRenyi``.
struct TernaryMoments {
  private let precision: Double
  private let logSecondMoment: Double
  /// By degree, from 3, while they are smaller than what holds for any mechanism.
  private let logPathBounds: [Double]

  /// `areNormal` says whether p, q and r are normal distributions, or outputs of some mechanism whose
  /// divergence is that of normal ones.
  init(precision: Double, areNormal: Bool) {
    self.precision = precision
    guard areNormal else {
      let general = Self.logGeneralBound(degree: 2, precision: precision)
      logSecondMoment = min(
        general, log(4) + precision + LogSpace.logOneMinusExp(-precision))
      logPathBounds = []
      return
    }
    logSecondMoment = log(2) + precision + LogSpace.logOneMinusExp(-precision / 2)
    var bounds: [Double] = []
    var last = logSecondMoment
    for degree in stride(from: 4, through: Self.largestPathDegree, by: 2) {
      let next = Self.logPathBound(degree: degree, precision: precision)
      guard next < Self.logGeneralBound(degree: degree, precision: precision) else { break }
      // Cauchy and Schwarz: the square of an odd moment is at most the product of its neighbors.
      bounds += [(last + next) / 2, next]
      last = next
    }
    logPathBounds = bounds
  }

  /// For `degree` 2 or greater.
  func logBound(degree: Int) -> Double {
    if degree == 2 { return logSecondMoment }
    let general = Self.logGeneralBound(degree: degree, precision: precision)
    guard degree - 3 < logPathBounds.count else { return general }
    return min(general, logPathBounds[degree - 3])
  }

  /// |p - q|^j <= p^j + q^j, whose moments are those of the Gaussian mechanism on the whole
  /// population.
  private static func logGeneralBound(degree: Int, precision: Double) -> Double {
    log(2) + Double(degree) * Double(degree - 1) * precision / 2
  }

  /// s^j e^(j (j - 1) s^2 / 2) E[(Y + (j - 1) s)^j] for an even degree j, as the sum over even k of
  /// the positive terms (j choose k) ((j - 1) s)^(j - k) E[Y^k], where
  /// E[Y^k] = (k - 1) (k - 3) … 1.
  private static func logPathBound(degree: Int, precision: Double) -> Double {
    let (degree, logDistance) = (Double(degree), log(precision) / 2)
    let logMean = log(degree - 1) + logDistance
    var logNormalMoment = 0.0
    var expectation = LogSum()
    for (k, logBinomial) in LogBinomialRow(Int(degree)).enumerated() where k.isMultiple(of: 2) {
      if k > 0 { logNormalMoment += log(Double(k - 1)) }
      expectation.add(logBinomial + (degree - Double(k)) * logMean + logNormalMoment)
    }
    return degree * logDistance + degree * (degree - 1) * precision / 2 + expectation.logarithm
  }

  /// Beyond it the terms matter only at orders too large to be best.
  private static let largestPathDegree = 256
}
