import Foundation
import SpecialMath

/// The exact privacy of the worst `count` mechanisms of which each has privacy loss at most `epsilon`
/// (Kairouz, Oh & Viswanath 2015, Theorem 3.3): all are randomized responses between two values, and
/// with l of them answering against the truth the loss is (count - 2 l) epsilon, so
///
///     delta(e) = sum over l of P(l) max(0, 1 - e^(e - (count - 2 l) epsilon)),
///     P(l) = (count choose l) e^((count - l) epsilon) / (1 + e^epsilon)^count.
///
/// The terms are positive. Their weights come from the ratios of neighbors, from the most likely l
/// down to e^-800 of it; what is left out is bounded and added.
struct EqualLossComposition {
  /// For so many, a query takes well under a second.
  static let largestCount = 1 << 24

  private let count: Int
  private let epsilon: Double
  /// The most likely l.
  private let mode: Int
  /// log P(l) for l from `first`.
  private let logWeights: [Double]
  private let first: Int
  /// The number of terms below `first` times the largest.
  private let logLeftOut: Double

  /// `count` is in 1 ... `largestCount`, `epsilon` greater than 0 and finite.
  init(count: Int, epsilon: Double) {
    self.count = count
    // By more than all rounding of losses, which a larger epsilon only makes worse.
    self.epsilon = epsilon * (1 + 1e-12)
    let epsilon = self.epsilon
    mode = min(count, Int((Double(count) + 1) / (1 + exp(epsilon))))
    func logRatio(_ l: Int) -> Double { log(Double(count - l + 1) / Double(l)) - epsilon }
    var below: [Double] = []
    var logWeight = 0.0
    var l = mode
    while l > 0, logWeight > Self.logNegligible {
      logWeight -= logRatio(l)
      l -= 1
      below.append(logWeight)
    }
    first = l
    let logLowest = logWeight
    var above: [Double] = []
    logWeight = 0
    l = mode
    while l < count, logWeight > -60 {
      l += 1
      logWeight += logRatio(l)
      above.append(logWeight)
    }
    let all = below.reversed() + [0] + above
    var total = LogSum()
    for weight in all { total.add(weight) }
    logWeights = all.map { $0 - total.logarithm }
    logLeftOut = log(Double(first)) + logLowest - total.logarithm
  }

  /// Rounded up; minus infinity from `count` epsilon on.
  func logDelta(epsilon wanted: Double) -> Double {
    guard wanted < Double(count) * epsilon else { return -.infinity }
    var sum = LogSum()
    sum.add(logLeftOut)
    let start = (Double(count) - wanted / epsilon) / 2
    let last = min(first + logWeights.count - 1, Int(start.rounded(.up)))
    for l in stride(from: last, through: first, by: -1) {
      let loss = Double(count - 2 * l) * epsilon
      guard loss > wanted else { continue }
      let term = logWeights[l - first] + LogSpace.logOneMinusExp(wanted - loss)
      if term < sum.logarithm - 60, l < mode { break }
      sum.add(term)
    }
    return min(0, sum.logarithm + slack)
  }

  /// Rounded up, at most `count` epsilon.
  func epsilon(delta: Double) -> Double {
    let target = log(delta)
    if logDelta(epsilon: 0) <= target { return 0 }
    return MonotoneSearch.bisect(0...Double(count) * epsilon, relativeTolerance: 1e-12) {
      logDelta(epsilon: $0) <= target
    }.above
  }

  /// Each step along the weights rounds a number of size 800 at most.
  private var slack: Double { 1e-12 + 1.2e-13 * Double(logWeights.count) }

  private static let logNegligible = -800.0
}
