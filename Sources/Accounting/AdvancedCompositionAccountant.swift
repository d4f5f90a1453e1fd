import Foundation
import SpecialMath

/// Advanced composition, to price published results the way their authors did (Dwork, Rothblum &
/// Vadhan 2010; for equal releases, Dwork & Roth 2014, Theorem 3.20): releases that are
/// (epsilon_i, delta_i)-private are together (epsilon, delta' + sum of delta_i)-private with
///
///     epsilon = sqrt(2 log(1 / delta') sum of epsilon_i^2) + sum of epsilon_i (e^epsilon_i - 1),
///
/// by Azuma's inequality, and with the sum of epsilon_i if that is less. Releases with Laplace noise
/// and randomized response have delta_i = 0; where there are others, half of delta is theirs in equal
/// shares, and delta' is the other half. On cohorts, epsilon_i is log(1 + rate (e^epsilon - 1)) at
/// rate times delta (Balle, Barthe & Gaboardi 2018, Theorems 8 and 9).
///
/// Prices what ``RenyiAccountant`` prices, mostly far above it. Its lower ends are the same as there.
public struct AdvancedCompositionAccountant: PrivacyAccountant {
  public let relation: NeighboringRelation
  private var counts = MechanismCounts()

  public init(relation: NeighboringRelation) {
    self.relation = relation
  }

  public var kind: AccountantKind { .advancedComposition }

  public mutating func compose(_ event: PrivacyEvent, count: Int) throws(AccountingError) {
    let reduction = EventReduction(accountant: kind, relation: relation)
    try counts.add(reduction.mechanisms(in: event, count: count))
  }

  public func epsilon(atDelta delta: Double) throws(AccountingError) -> PrivacyBound {
    let upper = try epsilonUpperBound(atDelta: delta)
    let lower = DistinguishingGame(against: counts, relation: relation).epsilon(delta: delta)
    return try PrivacyBound(lower: min(lower, upper), upper: upper)
  }

  public func epsilonUpperBound(atDelta delta: Double) throws(AccountingError) -> Double {
    try NumberRange.openUnitInterval.check(delta, argument: "delta")
    return counts.failures.epsilonUpperBound(atDelta: delta, others: composed)
  }

  public func delta(atEpsilon epsilon: Double) throws(AccountingError) -> PrivacyBound {
    try NumberRange.nonNegative.check(epsilon, argument: "epsilon")
    let others =
      basicComposition <= epsilon
      ? 0
      : MonotoneSearch.bisect(0...1, relativeTolerance: 1e-9) {
        composed(atDelta: $0) <= epsilon
      }.above
    let upper = counts.failures.outerDelta(lower: 0, upper: others).upper
    let lower = DistinguishingGame(against: counts, relation: relation).delta(epsilon: epsilon)
    return try PrivacyBound(lower: min(lower, upper), upper: upper)
  }

  /// The sum of pure epsilons, infinite if a release has none.
  private var basicComposition: Double {
    (counts.pureEpsilon ?? .infinity) * Self.roundingFactor
  }

  private func composed(atDelta delta: Double) -> Double {
    var impureCount = 0.0
    for entry in counts.entries where entry.mechanism.pureEpsilon == nil {
      impureCount += Double(entry.count)
    }
    let share = delta / (2 * impureCount) / Self.roundingFactor
    let rest = impureCount > 0 ? delta / 2 : delta
    var (sum, squares, expectation) = (0.0, 0.0, 0.0)
    for entry in counts.entries {
      let epsilon = entry.mechanism.pureEpsilon ?? entry.mechanism.epsilon(atDelta: share)
      sum += Double(entry.count) * epsilon
      squares += Double(entry.count) * epsilon * epsilon
      expectation += Double(entry.count) * epsilon * expm1(epsilon)
    }
    let advanced = (-2 * log(rest) * squares).squareRoot() + expectation
    return (advanced < sum ? advanced : sum) * Self.roundingFactor
  }

  /// Covers the rounding errors of sums over all kinds of releases.
  private static let roundingFactor = 1 + 1e-12
}

extension Mechanism {
  /// An upper bound for a mechanism without pure epsilon, rounded up.
  fileprivate func epsilon(atDelta delta: Double) -> Double {
    switch self {
    case .noise(let noise):
      noise.epsilon(atDelta: delta)
    case .poissonSampled(let noise, let samplingRate):
      noise.epsilon(atDelta: delta, amplifiedAtRate: samplingRate)
    case .withoutReplacement(let noise, _, let cohortSize, let populationSize):
      noise.epsilon(
        atDelta: delta, amplifiedAtRate: Double(cohortSize) / Double(populationSize))
    case .oneOf, .selection:
      renyiCurve.epsilon(atDelta: delta)
    case .exposure, .randomizedResponse:
      .infinity
    }
  }
}

extension RenyiCurve {
  /// Over all finite orders.
  fileprivate func epsilon(atDelta delta: Double) -> Double {
    RenyiOrders.finite.map {
      RenyiConversion(order: $0, divergence: divergence(order: $0)).epsilon(delta: delta)
    }.min() ?? .infinity
  }
}

extension AdditiveNoise {
  fileprivate func epsilon(atDelta delta: Double) -> Double {
    guard delta < 1 else { return 0 }
    switch self {
    case .gaussian(let precision):
      return GaussianTradeoff(precision: precision).epsilon(delta: delta).upper
    case .discreteGaussian(let standardDeviation, let sensitivity):
      let curve = GaussianRenyi(
        standardDeviation: standardDeviation, distance: Double(sensitivity))
      return ZeroConcentration(rho: curve.precision / 2).epsilon(delta: delta)
    case .laplace, .discreteLaplace:
      return renyiCurve.divergence(order: .infinity)
    case .discreteGaussianSum, .skellam:
      return renyiCurve.epsilon(atDelta: delta)
    }
  }

  fileprivate func epsilon(atDelta delta: Double, amplifiedAtRate rate: Double) -> Double {
    LogSpace.logOnePlusExp(log(rate) + logExpMinusOne(epsilon(atDelta: delta / rate)))
  }

  private func logExpMinusOne(_ x: Double) -> Double {
    x > 0 ? x + LogSpace.logOneMinusExp(-x) : -.infinity
  }
}
