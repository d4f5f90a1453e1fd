import Foundation
public import Statistics

/// What an adversary proves who says of each of many runs whether a unit took part in it (Jagielski, Ullman
/// & Oprea, Auditing differentially private machine learning: how private is private SGD?, NeurIPS 2020).
///
/// The runs are independent, with the unit or without it, on data that are otherwise the same; or with one
/// or the other of two neighbors, of which `with` then is the first.
public struct ManyRunAudit: Hashable, Sendable {
  /// How many runs there were without the unit.
  public let withoutCount: Int
  /// In how many of them the adversary said that it had taken part.
  public let falseAlarmCount: Int
  /// How many runs there were with the unit.
  public let withCount: Int
  /// In how many of them the adversary said that it had not.
  public let missCount: Int

  /// - Precondition: there are runs of both kinds, and no more errors than runs.
  public init(withoutCount: Int, falseAlarmCount: Int, withCount: Int, missCount: Int) {
    precondition(
      withoutCount > 0 && (0...withoutCount).contains(falseAlarmCount) && withCount > 0
        && (0...withCount).contains(missCount), "runs of both kinds, and no more errors than runs")
    self.withoutCount = withoutCount
    self.falseAlarmCount = falseAlarmCount
    self.withCount = withCount
    self.missCount = missCount
  }

  /// Both rates of error, rounded up, each wrong in half of what the confidence leaves.
  public func errorRates(confidence: Confidence) -> ErrorRates {
    errorRates(falseAlarms: confidence.falseAlarms)
  }

  /// The greatest epsilon that the errors refute: of log((1 - delta - misses) / false alarms), and the same
  /// with the errors exchanged, with upper bounds for both rates (Clopper & Pearson 1934); at least 0, and
  /// rounded down.
  public func epsilonLowerBound(delta: Double, confidence: Confidence) -> Double {
    errorRates(confidence: confidence).epsilonLowerBound(delta: delta)
  }

  /// What the errors prove about a mechanism that is known to be Gaussian-differentially private.
  public func gaussianBound(confidence: Confidence) -> GaussianLowerBound {
    GaussianLowerBound(errorRates(confidence: confidence))
  }

  /// The greatest of the bounds of several audits, of any kind of dependence, that is right at this
  /// confidence although it was picked (the union bound): say, of several thresholds for the same scores,
  /// all decided on beforehand. 0 of no audits.
  public static func greatestEpsilonLowerBound(
    of audits: [ManyRunAudit], delta: Double, confidence: Confidence
  ) -> Double {
    let falseAlarms = confidence.falseAlarms(sharedBy: audits.count)
    return audits.map {
      $0.errorRates(falseAlarms: falseAlarms).epsilonLowerBound(delta: delta)
    }.max() ?? 0
  }

  private func errorRates(falseAlarms: Double) -> ErrorRates {
    ErrorRates(
      falseAlarms: clopperPearsonUpperBound(
        falseAlarmCount, of: withoutCount, falseAlarms: falseAlarms / 2),
      misses: clopperPearsonUpperBound(missCount, of: withCount, falseAlarms: falseAlarms / 2))
  }
}

/// Upper bounds on how often an adversary errs, which are right together at a confidence.
public struct ErrorRates: Hashable, Sendable {
  /// Of runs without the unit.
  public let falseAlarms: Double
  /// Of runs with it.
  public let misses: Double

  /// No mechanism that is (epsilon, delta)-private with less than this lets an adversary err so seldom:
  /// 1 - misses <= e^epsilon (false alarms) + delta, and the same with the errors exchanged (Kairouz, Oh &
  /// Viswanath 2015, Theorem 2.1). Rounded down.
  func epsilonLowerBound(delta: Double) -> Double {
    func bound(hits: Double, errors: Double) -> Double {
      hits > 0 ? log(hits / errors) * (1 - 1e-14) - 1e-14 : 0
    }
    return max(
      0, bound(hits: 1 - delta - misses, errors: falseAlarms),
      bound(hits: 1 - delta - falseAlarms, errors: misses))
  }
}
