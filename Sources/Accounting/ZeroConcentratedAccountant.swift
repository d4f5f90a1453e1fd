import Foundation

/// The accountant of zero-concentrated differential privacy (Bun & Steinke 2016), whose parameters
/// rho add up: 1 / (2 noise multiplier^2) for Gaussian noise, the same on the integers (Canonne,
/// Kamath & Steinke 2020), and epsilon tanh(epsilon / 2) for releases whose privacy loss is at most
/// epsilon.
///
/// The last is less than the epsilon^2 / 2 of Proposition 1.4, and the least for randomized response
/// between two values, the worst such release (Kairouz, Oh & Viswanath 2015). Its divergence is
/// log(cosh(u epsilon / 2) / cosh(epsilon / 2)) / (order - 1) with u = 2 order - 1. As tanh(y) / y
/// falls, log cosh(sqrt(s) epsilon / 2) is concave in s, and so is at s = u^2 below its tangent at
/// s = 1, which is order (order - 1) epsilon tanh(epsilon / 2) above log cosh(epsilon / 2).
///
/// Its epsilon is that of Renyi divergences order * rho at the best of all orders, by the conversion
/// of Canonne, Kamath & Steinke 2020. Sampled cohorts are refused, because zero-concentration is not
/// amplified by sampling, and so is Skellam noise. Sums of discrete Gaussians have the parameter of
/// Kairouz, Liu & Steinke 2021. A release without noise has infinite cost.
public struct ZeroConcentratedAccountant: PrivacyAccountant {
  public let relation: NeighboringRelation
  private var counts = MechanismCounts()

  public init(relation: NeighboringRelation) {
    self.relation = relation
  }

  public var kind: AccountantKind { .zcdp }

  /// The sum of the events' parameters, rounded up; infinite if one shows the data.
  public var rho: Double {
    let sum = counts.entries.reduce(0.0) { sum, entry in
      sum + Double(entry.count) * (entry.mechanism.rho ?? .infinity)
    }
    return sum * Self.roundingFactor
  }

  public mutating func compose(_ event: PrivacyEvent, count: Int) throws(AccountingError) {
    let reduction = EventReduction(accountant: kind, relation: relation)
    let additions = try reduction.mechanisms(in: event, count: count)
    for entry in additions.entries where entry.mechanism.rho == nil {
      throw .unsupported(
        event: event, accountant: kind, relation: relation,
        reason: entry.mechanism.reasonAgainstConcentration)
    }
    try counts.add(additions)
  }

  public func epsilon(atDelta delta: Double) throws(AccountingError) -> PrivacyBound {
    let upper = try epsilonUpperBound(atDelta: delta)
    let lower = DistinguishingGame(against: counts, relation: relation).epsilon(delta: delta)
    return try PrivacyBound(lower: min(lower, upper), upper: upper)
  }

  public func epsilonUpperBound(atDelta delta: Double) throws(AccountingError) -> Double {
    try NumberRange.openUnitInterval.check(delta, argument: "delta")
    return counts.failures.epsilonUpperBound(atDelta: delta) { delta in
      rho > 0 ? ZeroConcentration(rho: rho).epsilon(delta: delta) : 0
    }
  }

  public func delta(atEpsilon epsilon: Double) throws(AccountingError) -> PrivacyBound {
    try NumberRange.nonNegative.check(epsilon, argument: "epsilon")
    let concentrated = rho > 0 ? ZeroConcentration(rho: rho).delta(epsilon: epsilon) : 0
    let upper = counts.failures.outerDelta(lower: 0, upper: concentrated).upper
    let lower = DistinguishingGame(against: counts, relation: relation).delta(epsilon: epsilon)
    return try PrivacyBound(lower: min(lower, upper), upper: upper)
  }

  /// Covers the rounding errors of the sum.
  private static let roundingFactor = 1 + 1e-12
}

extension Mechanism {
  fileprivate var reasonAgainstConcentration: UnsupportedReason {
    switch self {
    case .noise(.skellam): .onlyWholeOrders
    case .oneOf, .selection: .choiceIsNotConcentrated
    default: .concentrationIsNotAmplified
    }
  }

  /// Kept above 0, so that no release is taken for none; nil on sampled cohorts, for choices whose
  /// loss is not limited, and for Skellam noise, whose divergence has a bound at whole orders alone.
  fileprivate var rho: Double? {
    switch self {
    case .exposure: .infinity
    case .noise(.gaussian(let precision)): precision / 2
    case .noise(.discreteGaussian(let standardDeviation, let sensitivity)):
      GaussianRenyi(standardDeviation: standardDeviation, distance: Double(sensitivity)).precision
        / 2
    case .noise(.discreteGaussianSum(let standardDeviation, let contributorCount, let distance)):
      DiscreteGaussianSumRenyi(
        standardDeviation: standardDeviation, contributorCount: contributorCount,
        distance: distance
      ).rho
    case .noise(.laplace), .noise(.discreteLaplace), .randomizedResponse, .oneOf, .selection:
      pureEpsilon.map { max($0 * tanh($0 / 2), .leastNormalMagnitude) }
    case .noise(.skellam), .poissonSampled, .withoutReplacement: nil
    }
  }
}
