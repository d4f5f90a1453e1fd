import Foundation

/// Basic composition of pure differential privacy: the largest privacy losses add up (Dwork et al.
/// 2006), and their sum is epsilon at every delta.
///
/// Prices Laplace noise, continuous and discrete, randomized response, and choices among runs of them;
/// on cohorts the largest loss is log(1 + rate (e^epsilon - 1)). Gaussian noise is refused, since its
/// loss has no limit, and so are probabilities of failure. A release without noise has infinite cost.
/// Delta at an epsilon below the sum is that of the worst mechanism with such a loss, randomized
/// response (Kairouz, Oh & Viswanath 2015).
public struct PureDPAccountant: PrivacyAccountant {
  public let relation: NeighboringRelation
  private var counts = MechanismCounts()

  public init(relation: NeighboringRelation) {
    self.relation = relation
  }

  public var kind: AccountantKind { .pureDP }

  public mutating func compose(_ event: PrivacyEvent, count: Int) throws(AccountingError) {
    let reduction = EventReduction(accountant: kind, relation: relation)
    try counts.add(reduction.pureMechanisms(in: event, count: count))
  }

  public func epsilon(atDelta delta: Double) throws(AccountingError) -> PrivacyBound {
    let upper = try epsilonUpperBound(atDelta: delta)
    let lower = DistinguishingGame(against: counts, relation: relation).epsilon(delta: delta)
    return try PrivacyBound(lower: min(lower, upper), upper: upper)
  }

  public func epsilonUpperBound(atDelta delta: Double) throws(AccountingError) -> Double {
    try NumberRange.openUnitInterval.check(delta, argument: "delta")
    return largestLoss
  }

  public func delta(atEpsilon epsilon: Double) throws(AccountingError) -> PrivacyBound {
    try NumberRange.nonNegative.check(epsilon, argument: "epsilon")
    // (e^sum - e^epsilon) / (e^sum + 1), rounded up.
    let upper =
      largestLoss <= epsilon
      ? 0 : min(1, -expm1(epsilon - largestLoss) / (1 + exp(-largestLoss)) * (1 + 1e-12))
    let lower = DistinguishingGame(against: counts, relation: relation).delta(epsilon: epsilon)
    return try PrivacyBound(lower: min(lower, upper), upper: upper)
  }

  /// The sum over all releases, rounded up.
  private var largestLoss: Double {
    (counts.pureEpsilon ?? .infinity) * (1 + 1e-12)
  }
}

extension EventReduction {
  /// The mechanisms of `count` runs of `event`, of which all limit the privacy loss or show the data.
  func pureMechanisms(
    in event: PrivacyEvent, count: Int
  ) throws(AccountingError) -> MechanismCounts {
    let found = try mechanisms(in: event, count: count)
    guard found.failures.isEmpty else {
      throw .unsupported(
        event: event, accountant: accountant, relation: relation, reason: .failuresCostDelta)
    }
    for entry in found.entries where entry.mechanism.pureEpsilon == nil {
      guard case .exposure = entry.mechanism else {
        throw .unsupported(
          event: event, accountant: accountant, relation: relation, reason: .lossIsUnlimited)
      }
    }
    return found
  }
}
