import Foundation

/// The exact accountant for Gaussian noise with full participation: any composition of such
/// releases is one Gaussian release whose precision, 1 / (noise multiplier)^2, is the sum of theirs
/// (Dong, Roth & Su 2022). Under replace-one a unit moves the sum twice as far, so multipliers
/// count half.
///
/// Accepts, besides, cohorts that hold everybody, probabilities of failure, which are taken off
/// delta, and releases without noise, which have infinite cost. All else is refused; ``RenyiAccountant`` prices more. The two ends of its bounds are
/// rounding apart.
public struct GaussianDPAccountant: PrivacyAccountant {
  public let relation: NeighboringRelation
  private var counts = MechanismCounts()

  public init(relation: NeighboringRelation) {
    self.relation = relation
  }

  public var kind: AccountantKind { .gaussianDP }

  public mutating func compose(_ event: PrivacyEvent, count: Int) throws(AccountingError) {
    let reduction = EventReduction(accountant: kind, relation: relation)
    let additions = try reduction.mechanisms(in: event, count: count)
    for entry in additions.entries where !entry.mechanism.isFullParticipationGaussian {
      throw .unsupported(
        event: event, accountant: kind, relation: relation, reason: .onlyGaussianFullParticipation)
    }
    try counts.add(additions)
  }

  public func epsilon(atDelta delta: Double) throws(AccountingError) -> PrivacyBound {
    try NumberRange.openUnitInterval.check(delta, argument: "delta")
    return try counts.failures.epsilon(atDelta: delta) { delta throws(AccountingError) in
      switch total {
      case .nothing: return try PrivacyBound(lower: 0, upper: 0)
      case .exposure: return try PrivacyBound(lower: .infinity, upper: .infinity)
      case .gaussian(let tradeoff):
        let (lower, upper) = tradeoff.epsilon(delta: delta)
        return try PrivacyBound(lower: lower, upper: upper)
      }
    }
  }

  public func delta(atEpsilon epsilon: Double) throws(AccountingError) -> PrivacyBound {
    try NumberRange.nonNegative.check(epsilon, argument: "epsilon")
    let (lower, upper) =
      switch total {
      case .nothing: (0.0, 0.0)
      case .exposure: (1.0, 1.0)
      case .gaussian(let tradeoff): tradeoff.delta(epsilon: epsilon)
      }
    let bound = counts.failures.outerDelta(lower: lower, upper: upper)
    return try PrivacyBound(lower: bound.lower, upper: bound.upper)
  }

  private enum Total {
    case nothing
    case exposure
    case gaussian(GaussianTradeoff)
  }

  private var total: Total {
    var precision = 0.0
    for entry in counts.entries {
      guard case .noise(.gaussian(let each)) = entry.mechanism else { return .exposure }
      precision += Double(entry.count) * each
    }
    return precision > 0 ? .gaussian(GaussianTradeoff(precision: precision)) : .nothing
  }
}

extension GaussianTradeoff {
  /// Kept above 0 where it underflows.
  fileprivate func delta(epsilon: Double) -> (lower: Double, upper: Double) {
    let (lower, upper) = logDelta(epsilon: epsilon)
    return (exp(lower), max(exp(upper), .leastNonzeroMagnitude))
  }
}

extension Mechanism {
  fileprivate var isFullParticipationGaussian: Bool {
    switch self {
    case .noise(.gaussian), .exposure(samplingRate: 1): true
    case .noise, .exposure, .poissonSampled, .withoutReplacement, .randomizedResponse, .oneOf,
      .selection:
      false
    }
  }
}
