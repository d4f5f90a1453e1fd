import Foundation
import SpecialMath

/// The Renyi differential privacy accountant: divergences at many orders add up under composition
/// (Mironov 2017, Proposition 1), and the best order is converted to epsilon or delta.
///
/// Prices every noise, with full participation, under every relation; on Poisson-sampled cohorts
/// under add-or-remove-one and zero-out (``NeighboringRelation``), and on cohorts without
/// replacement under replace-one; randomized response under replace-one and zero-out. Several
/// Gaussian answers about one cohort count as one. Prices one of several events, and the best of a
/// random number of runs (Papernot & Steinke 2022), if nothing in them can fail. A release without
/// noise has infinite cost. All else is refused. Probabilities of failure are taken off delta.
///
/// Upper ends come from the divergences and are rounded up. Lower ends come from
/// `DistinguishingGame`, an attack on the sum of all noisy answers, and are rounded down. A query
/// evaluates one divergence for each distinct event and each of about 25 orders, whatever the
/// number of rounds.
public struct RenyiAccountant: PrivacyAccountant {
  public let relation: NeighboringRelation
  private var spent = RenyiComposition()

  public init(relation: NeighboringRelation) {
    self.relation = relation
  }

  public var kind: AccountantKind { .rdp }

  public mutating func compose(_ event: PrivacyEvent, count: Int) throws(AccountingError) {
    let reduction = EventReduction(accountant: kind, relation: relation)
    try spent.add(reduction.mechanisms(in: event, count: count))
  }

  public func epsilon(atDelta delta: Double) throws(AccountingError) -> PrivacyBound {
    let upper = try epsilonUpperBound(atDelta: delta)
    let lower = DistinguishingGame(against: spent.counts, relation: relation).epsilon(delta: delta)
    return try PrivacyBound(lower: min(lower, upper), upper: upper)
  }

  public func epsilonUpperBound(atDelta delta: Double) throws(AccountingError) -> Double {
    try NumberRange.openUnitInterval.check(delta, argument: "delta")
    return spent.counts.failures.epsilonUpperBound(atDelta: delta) { delta in
      if spent.totalVariationBound <= delta { return 0 }
      return spent.conversion(least: { $0.epsilon(delta: delta) }).epsilon(delta: delta)
    }
  }

  public func delta(atEpsilon epsilon: Double) throws(AccountingError) -> PrivacyBound {
    try NumberRange.nonNegative.check(epsilon, argument: "epsilon")
    let logUpper = spent.conversion(least: { $0.unlimitedLogDelta(epsilon: epsilon) }).logDelta(
      epsilon: epsilon)
    // A positive delta that underflows is rounded up to the smallest positive number.
    let converted = logUpper == -.infinity ? 0 : max(exp(logUpper), .leastNonzeroMagnitude)
    let upper = spent.counts.failures.outerDelta(
      lower: 0, upper: min(converted, spent.totalVariationBound)
    ).upper
    let lower = DistinguishingGame(against: spent.counts, relation: relation)
      .delta(epsilon: epsilon)
    return try PrivacyBound(lower: min(lower, upper), upper: upper)
  }

  /// The order whose conversion gives the upper end of ``epsilon(atDelta:)``, unless that is 0 or
  /// failures alone are more than `delta`.
  public func bestOrder(atDelta delta: Double) throws(AccountingError) -> Double {
    try NumberRange.openUnitInterval.check(delta, argument: "delta")
    let left = max(spent.counts.failures.innerDelta(delta).lower, .leastNonzeroMagnitude)
    return spent.conversion(least: { $0.epsilon(delta: left) }).order
  }

  /// An upper bound on the Renyi divergence of all events so far at `order`, in (1, infinity].
  public func divergence(atOrder order: Double) throws(AccountingError) -> Double {
    try NumberRange.renyiOrder.check(order, argument: "order")
    return spent.divergence(order: order)
  }
}
