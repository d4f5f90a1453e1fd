import Foundation

/// The probability that the guarantees of some releases fail altogether.
///
/// With probability x everything shows, and otherwise there are the other releases alone; so delta
/// at any epsilon is x + (1 - x) delta of the others, which is at most the sum of both.
struct FailureCounts: Hashable {
  /// How often there was each probability of failing.
  let counts: Tally<Double>
  private let logIntact: Double

  init(_ counts: Tally<Double> = Tally()) {
    self.counts = counts
    logIntact = counts.entries.reduce(0) { $0 + Double($1.count) * log1p(-$1.element) }
  }

  var isEmpty: Bool { counts.entries.isEmpty }

  private var probability: Double { -expm1(logIntact) }

  /// Bounds on what `delta`, in (0, 1), leaves to the other releases; 0 or less where it leaves
  /// nothing.
  func innerDelta(_ delta: Double) -> (lower: Double, upper: Double) {
    guard !isEmpty else { return (delta, delta) }
    guard probability < 1 else { return (0, 0) }
    let slack = Self.slack * delta
    let intact = exp(logIntact)
    return (
      (delta - probability - slack) / intact, min((delta - probability + slack) / intact, 1)
    )
  }

  /// An upper bound on epsilon at `delta`, in (0, 1), from that of the other releases.
  func epsilonUpperBound<Failure>(
    atDelta delta: Double, others: (Double) throws(Failure) -> Double
  ) throws(Failure) -> Double {
    let left = innerDelta(delta).lower
    return left > 0 ? try others(left) : .infinity
  }

  /// A lower bound on epsilon at `delta`, in (0, 1), from that of the other releases.
  func epsilonLowerBound<Failure>(
    atDelta delta: Double, others: (Double) throws(Failure) -> Double
  ) throws(Failure) -> Double {
    let left = innerDelta(delta).upper
    guard left > 0 else { return .infinity }
    return left < 1 ? try others(left) : 0
  }

  /// Bounds on epsilon at `delta`, in (0, 1), from those of the other releases.
  func epsilon(
    atDelta delta: Double, others: (Double) throws(AccountingError) -> PrivacyBound
  ) throws(AccountingError) -> PrivacyBound {
    guard !isEmpty else { return try others(delta) }
    var limit: PrecisionLimit?
    let upper = try epsilonUpperBound(atDelta: delta) { left throws(AccountingError) in
      let bound = try others(left)
      limit = bound.limit
      return bound.upper
    }
    let lower = try epsilonLowerBound(atDelta: delta) { left throws(AccountingError) in
      try others(left).lower
    }
    return try PrivacyBound(lower: lower, upper: upper, limit: limit)
  }

  /// Bounds on delta from those of the other releases.
  func outerDelta(lower: Double, upper: Double) -> (lower: Double, upper: Double) {
    guard !isEmpty else { return (lower, upper) }
    return (
      max(lower, (lower + probability * (1 - lower)) * (1 - Self.slack)),
      min(1, (upper + probability * (1 - upper)) * (1 + Self.slack))
    )
  }

  private static let slack = 1e-12
}
