import Foundation

/// The accountant of privacy loss distributions: exact composition, up to certified numerical
/// error.
///
/// The loss of each step is replaced by one on a lattice that bounds it, from above for the upper
/// end and from below for the lower one (`DiscreteLossPair`); equal spacing makes losses add up
/// under a Fourier transform. The lattice follows from the number of rounds and the spread of one
/// step, under an exponential tilt to where the answer is, and is refined until the two ends are
/// within ``relativeGap`` of each other. Rounding, the transform's too, is bounded from what was
/// computed and is part of the ends.
///
/// Prices everything that ``RenyiAccountant`` does. Where this method reaches no close bounds
/// (cohorts of fixed size, noise too small to be resolved, more than some 10^9 rounds), the ends are
/// the better ones of this, of Renyi divergences and of an attack, and the bound says why
/// (``PrivacyBound/limit``). Discrete noise is on one integer.
public struct PrivacyLossAccountant: PrivacyAccountant {
  public let relation: NeighboringRelation
  /// The gap to reach between the ends of epsilon, relative to the lower one.
  public let relativeGap: Double
  private var counts = MechanismCounts()
  private var renyi: RenyiAccountant

  /// `relativeGap` is finite and greater than 0.
  public init(relation: NeighboringRelation, relativeGap: Double = 1e-3) {
    precondition(relativeGap > 0 && relativeGap.isFinite, "the gap must be positive")
    self.relation = relation
    self.relativeGap = relativeGap
    renyi = RenyiAccountant(relation: relation)
  }

  public var kind: AccountantKind { .pld }

  public mutating func compose(_ event: PrivacyEvent, count: Int) throws(AccountingError) {
    let reduction = EventReduction(accountant: kind, relation: relation)
    let additions = try reduction.mechanisms(in: event, count: count)
    try counts.add(additions)
    try renyi.compose(event, count: count)
  }

  public func epsilon(atDelta delta: Double) throws(AccountingError) -> PrivacyBound {
    try NumberRange.openUnitInterval.check(delta, argument: "delta")
    let composition = LossComposition(counts)
    let exposure = -expm1(composition.logUnexposed)
    if exposure > delta { return try PrivacyBound(lower: .infinity, upper: .infinity) }

    var (lower, upper) = (0.0, 0.0)
    var limit = composition.limit
    if limit == nil {
      for direction in composition.directions {
        let outcome = epsilon(of: composition, direction, delta: delta, floor: lower)
        lower = max(lower, outcome.lower)
        upper = max(upper, outcome.upper)
        limit = limit ?? outcome.limit
      }
      if upper - lower <= relativeGap * lower { limit = nil }
    } else {
      upper = .infinity
    }
    if limit != nil {
      let other = try renyi.epsilon(atDelta: delta)
      lower = max(lower, other.lower)
      upper = max(lower, min(upper, other.upper))
    }
    return try PrivacyBound(lower: lower, upper: upper, limit: limit)
  }

  public func delta(atEpsilon epsilon: Double) throws(AccountingError) -> PrivacyBound {
    try NumberRange.nonNegative.check(epsilon, argument: "epsilon")
    let composition = LossComposition(counts)
    var (lower, upper) = (0.0, 0.0)
    var limit = composition.limit
    if limit == nil {
      for direction in composition.directions {
        let outcome = delta(of: composition, direction, epsilon: epsilon)
        lower = max(lower, outcome.lower)
        upper = max(upper, outcome.upper)
        limit = limit ?? outcome.limit
      }
    } else {
      upper = 1
    }
    if limit != nil {
      let other = try renyi.delta(atEpsilon: epsilon)
      lower = max(lower, other.lower)
      upper = max(lower, min(upper, other.upper))
    }
    return try PrivacyBound(lower: lower, upper: upper, limit: limit)
  }

  /// A unit that is given away with probability x in one data set makes the loss infinite with
  /// that probability there, and -log(1 - x) larger, where it is not, in the other.
  private func epsilon(
    of composition: LossComposition, _ direction: LossDirection, delta: Double, floor: Double
  ) -> LossSearch.Outcome {
    let logUnexposed = composition.logUnexposed
    var target = delta
    var shift = 0.0
    switch direction {
    case .remove: target = (delta + expm1(logUnexposed)) / exp(logUnexposed)
    case .add: shift = -logUnexposed
    }
    guard target > 0 else { return .init(lower: 0, upper: .infinity, limit: .rounding) }
    if target >= 1 { return .init(lower: 0, upper: 0, limit: nil) }
    if composition.isGaussian {
      guard composition.gaussianPrecision > 0 else {
        return shifted(.init(lower: 0, upper: 0, limit: nil), by: shift, delta: delta)
      }
      let exact = GaussianTradeoff(precision: composition.gaussianPrecision).epsilon(delta: target)
      return shifted(.init(lower: exact.lower, upper: exact.upper), by: shift, delta: delta)
    }
    if let exact = composition.singleSampledGaussian?.epsilon(delta: target) {
      return shifted(.init(lower: exact.lower, upper: exact.upper), by: shift, delta: delta)
    }
    let search = LossSearch(steps: steps(of: composition, direction), relativeGap: relativeGap)
    return shifted(
      search.epsilon(logDelta: log(target), floor: floor - shift), by: shift, delta: delta)
  }

  private func shifted(
    _ outcome: LossSearch.Outcome, by shift: Double, delta: Double
  ) -> LossSearch.Outcome {
    guard shift > 0 else { return outcome }
    // Below epsilon = shift the search has no answer; the smallest epsilon may be less.
    let lower = outcome.lower > 0 ? outcome.lower + shift * (1 - 1e-12) : 0
    let isTotal = outcome.lower == 0
    return .init(
      lower: lower, upper: outcome.upper + shift * (1 + 1e-12),
      limit: outcome.limit ?? (isTotal ? .rounding : nil))
  }

  private func delta(
    of composition: LossComposition, _ direction: LossDirection, epsilon: Double
  ) -> LossSearch.Outcome {
    let logUnexposed = composition.logUnexposed
    let shift = direction == .add ? -logUnexposed : 0
    let inner = max(0, epsilon - shift)
    var logBounds: (lower: Double, upper: Double)
    var limit: PrecisionLimit?
    if composition.isGaussian {
      logBounds =
        composition.gaussianPrecision > 0
        ? GaussianTradeoff(precision: composition.gaussianPrecision).logDelta(epsilon: inner)
        : (-.infinity, -.infinity)
    } else if let release = composition.singleSampledGaussian {
      logBounds = release.logDelta(epsilon: inner)
    } else {
      let search = LossSearch(steps: steps(of: composition, direction), relativeGap: relativeGap)
      let outcome = search.logDelta(epsilon: inner)
      logBounds = (outcome.lower, outcome.upper)
      limit = outcome.limit
    }
    var lower = exp(logBounds.lower)
    var upper =
      logBounds.upper == -.infinity ? 0 : max(exp(logBounds.upper), .leastNonzeroMagnitude)
    switch direction {
    case .remove where logUnexposed < 0:
      let exposure = -expm1(logUnexposed)
      lower = (exposure + exp(logUnexposed) * lower) * (1 - 1e-12)
      upper = min(1, (exposure + exp(logUnexposed) * upper) * (1 + 1e-12))
    case .add where epsilon < shift:
      // E[(1 - e^(epsilon - L - shift))+] is at most 1 - e^(epsilon - shift) more than without.
      upper = min(1, (upper - expm1(epsilon - shift)) * (1 + 1e-12))
    default: break
    }
    return .init(lower: lower, upper: upper, limit: limit)
  }

  private func steps(
    of composition: LossComposition, _ direction: LossDirection
  ) -> [(loss: SampledLoss, count: Int)] {
    composition.steps.map {
      (
        loss: SampledLoss(noise: $0.noise, samplingRate: $0.samplingRate, direction: direction),
        count: $0.count
      )
    }
  }
}
