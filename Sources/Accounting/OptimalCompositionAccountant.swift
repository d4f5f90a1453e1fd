import Foundation
import SpecialMath

/// Optimal composition of pure differential privacy: the least epsilon at each delta that holds for
/// all mechanisms with the given largest privacy losses (Kairouz, Oh & Viswanath 2015).
///
/// Prices what ``PureDPAccountant`` prices. Equal losses, up to 2^24 of them, have the exact answer
/// of Theorem 3.3, rounded up; a mechanism may do better than the worst with its loss. Different
/// losses have the least of three bounds: all raised to the largest of them, and, with any number of
/// releases, the sum and
///
///     sum of epsilon_i tanh(epsilon_i / 2) + sqrt(2 log(1 / delta) sum of epsilon_i^2)
///
/// of Theorem 3.5.
public struct OptimalCompositionAccountant: PrivacyAccountant {
  public let relation: NeighboringRelation
  private var counts = MechanismCounts()

  public init(relation: NeighboringRelation) {
    self.relation = relation
  }

  public var kind: AccountantKind { .optimalComposition }

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
    let losses = LossTotals(counts)
    let any = min(losses.sum, losses.subgaussianEpsilon(delta: delta))
    return min(any, losses.raisedToLargest?.epsilon(delta: delta) ?? .infinity)
  }

  public func delta(atEpsilon epsilon: Double) throws(AccountingError) -> PrivacyBound {
    try NumberRange.nonNegative.check(epsilon, argument: "epsilon")
    let losses = LossTotals(counts)
    let lower = DistinguishingGame(against: counts, relation: relation).delta(epsilon: epsilon)
    var upper = 0.0
    if losses.sum > epsilon {
      let logDelta = min(
        losses.subgaussianLogDelta(epsilon: epsilon),
        losses.raisedToLargest?.logDelta(epsilon: epsilon) ?? 0)
      // A positive delta that underflows is rounded up to the smallest positive number.
      upper = logDelta == -.infinity ? 0 : max(exp(logDelta), .leastNonzeroMagnitude)
    }
    return try PrivacyBound(lower: min(lower, upper), upper: upper)
  }
}

/// What the bounds need to know of the largest privacy losses of all releases.
private struct LossTotals {
  private var count = 0
  private var largest = 0.0
  private(set) var sum = 0.0
  private var squares = 0.0
  /// The mean loss of the worst mechanism.
  private var mean = 0.0

  init(_ counts: MechanismCounts) {
    for entry in counts.entries {
      let (loss, times) = (entry.mechanism.pureEpsilon ?? .infinity, Double(entry.count))
      guard loss > 0 else { continue }
      count = min(count + entry.count, PrivacyEvent.largestCount)
      largest = max(largest, loss)
      sum += times * loss
      squares += times * loss * loss
      mean += times * loss * tanh(loss / 2)
    }
    sum *= Self.roundingFactor
    squares *= Self.roundingFactor
    mean *= Self.roundingFactor
  }

  func subgaussianEpsilon(delta: Double) -> Double {
    (mean + (-2 * log(delta) * squares).squareRoot()) * Self.roundingFactor
  }

  func subgaussianLogDelta(epsilon: Double) -> Double {
    let excess = epsilon / Self.roundingFactor - mean
    return excess > 0 ? -excess * excess / (2 * squares) : 0
  }

  /// Nil for more releases than can be added up, for none, and for unlimited losses.
  var raisedToLargest: EqualLossComposition? {
    guard 1...EqualLossComposition.largestCount ~= count, largest.isFinite else { return nil }
    return EqualLossComposition(count: count, epsilon: largest)
  }

  /// Covers the rounding errors of the sums.
  private static let roundingFactor = 1 + 1e-12
}
