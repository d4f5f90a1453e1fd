import Foundation
import SpecialMath

/// The Renyi divergence of the Gaussian mechanism on a cohort drawn without replacement, for neighbors
/// of which one has another unit in the same place (Wang, Balle & Kasiviswanathan 2019).
///
/// With c the cohort's share of the population, the output is a mixture of cohorts without and with the
/// replaced unit. Matching cohorts and convexity leave three normal distributions p, q, r of equal width
/// at mutual distances of at most the replace-one sensitivity, and at integer orders
///
///     E[(P / Q)^order] <= 1 + sum over j = 2 ... order of (order choose j) c^j Z(j),
///     Z(j) = sup over p, q, r of E_r[|(p - q) / r|^j].
///
/// With eps(j) = j * precision / 2 the divergence of the mechanism on the whole population and X(j) its
/// moment E_r[|p / r - 1|^j], Z(2) <= min(4 (e^eps(2) - 1), 2 e^eps(2)) and Z(j) <= 2 e^((j - 1) eps(j)) are
/// their Theorem 9, and Z(j) <= 2^j X(j) is Minkowski's inequality for (p - r) - (q - r), much the
/// smaller one under much noise. The least bound of each j is used.
struct WithoutReplacementGaussianRenyi: RenyiCurve {
  /// (replace-one distance / standard deviation)^2.
  private let precision: Double
  private let samplingRate: Double
  /// log X(j) at j = 2, 3, … ; beyond them the third bound is not used.
  private let logDifferenceMoments: [Double]

  init(precision: Double, samplingRate: Double) {
    self.precision = precision
    self.samplingRate = samplingRate
    logDifferenceMoments = Self.logDifferenceMoments(precision: precision)
  }

  func divergence(order: Double) -> Double {
    guard order.isFinite, precision.isFinite else { return .infinity }
    let convexityBound = GaussianRenyi(precision: precision)
      .divergence(order: order, exposedWithProbability: samplingRate)
    guard order < Self.largestOrder else { return convexityBound }
    if order == order.rounded() { return min(convexityBound, integerDivergence(order)) }
    return min(convexityBound, chordBetweenIntegers(order: order, atInteger: integerDivergence))
  }

  /// Above it the sum over the order's binomial coefficients is dearer than a looser bound is bad.
  private static let largestOrder = 0x1p17
  private static let largestMomentDegree = 64

  private func integerDivergence(_ order: Double) -> Double {
    var sum = LogSum()
    for (j, logBinomial) in LogBinomialRow(Int(order)).enumerated().dropFirst(2) {
      sum.add(logBinomial + Double(j) * log(samplingRate) + logTernaryMoment(j))
    }
    return LogSpace.logOnePlusExp(sum.logarithm) / (order - 1)
  }

  /// The least known bound on log Z(j).
  private func logTernaryMoment(_ j: Int) -> Double {
    let cumulant = Double(j) * Double(j - 1) * precision / 2
    let coarse = log(2) + cumulant
    if j == 2 {
      return min(coarse, log(4) + cumulant + LogSpace.logOneMinusExp(-cumulant))
    }
    guard j - 2 < logDifferenceMoments.count else { return coarse }
    return min(coarse, Double(j) * log(2) + logDifferenceMoments[j - 2])
  }

  /// log X(j) for j = 2 ... `largestMomentDegree`: even ones by integration, odd ones by Cauchy and
  /// Schwarz, X(j)^2 <= X(j - 1) X(j + 1).
  private static func logDifferenceMoments(precision: Double) -> [Double] {
    guard precision <= 1 else { return [] }
    let even = stride(from: 2, through: largestMomentDegree, by: 2).map {
      logEvenDifferenceMoment(degree: $0, precision: precision)
    }
    var moments = [even[0]]
    for (lower, upper) in zip(even, even.dropFirst()) { moments += [(lower + upper) / 2, upper] }
    return moments
  }

  /// log E[(e^(s Y - s^2 / 2) - 1)^degree] with Y standard normal, s^2 = precision <= 1 and an even degree,
  /// by the trapezoidal rule.
  ///
  /// The integrand f is positive, so nothing cancels, and entire. On Im y = b, |f| is at most
  /// density(Re y) e^(b^2 / 2) (1 + e^r)^degree with r = s Re y - s^2 / 2, whose integral M is at most
  /// 2^degree e^(b^2 / 2) e^(degree (degree - 1) s^2 / 2). With step h the error is at most
  /// 2 M / (e^(2 pi b / h) - 1) (Trefethen & Weideman 2014, Theorem 5.1), and the tails left out beyond -L
  /// and degree * s + L are at most 2^degree e^(degree (degree - 1) s^2 / 2) P(Y > L) each. Both are added.
  private static func logEvenDifferenceMoment(degree: Int, precision: Double) -> Double {
    let degree = Double(degree)
    let distance = precision.squareRoot()
    let logScale = degree * log(2) + degree * (degree - 1) * precision / 2
    // The moment is at least of the size of s^degree.
    let digits = 50 + logScale - degree * log(distance)
    let reach = (2 * digits).squareRoot()
    let step = 2 * .pi / reach

    var sum = LogSum()
    let first = Int((-reach / step).rounded(.down))
    let last = Int(((degree * distance + reach) / step).rounded(.up)) + 1
    for index in first...last {
      let y = Double(index) * step
      let difference = abs(expm1(distance * y - precision / 2))
      sum.add(StandardNormal.logDensity(y) + degree * log(difference))
    }
    // At b = reach: b^2 / 2 = digits and 2 pi b / h = 2 digits.
    var bound = LogSum()
    bound.add(sum.logarithm + log(step))
    bound.add(log(2) + logScale - digits - LogSpace.logOneMinusExp(-2 * digits))
    bound.add(log(2) + logScale + StandardNormal.logUpperTail(reach))
    return bound.logarithm
  }
}
