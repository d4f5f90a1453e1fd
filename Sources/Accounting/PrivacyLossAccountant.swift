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
/// (cohorts of fixed size, choices, noise too small to be resolved, more than some 10^9 rounds), the
/// ends are the better ones of this, of Renyi divergences and of an attack, and the bound says why
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
    let bound = try counts.failures.epsilon(atDelta: delta, others: epsilonOfLosses)
    return bound.limit == nil ? bound : try bound.narrowed(by: renyi.epsilon(atDelta: delta))
  }

  private func epsilonOfLosses(atDelta delta: Double) throws(AccountingError) -> PrivacyBound {
    let composition = LossComposition(counts)
    let exposure = -expm1(composition.logUnexposed)
    if exposure * (1 - 1e-12) > delta {
      return try PrivacyBound(lower: .infinity, upper: .infinity)
    }

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
    return try PrivacyBound(lower: lower, upper: upper, limit: limit)
  }

  public func delta(atEpsilon epsilon: Double) throws(AccountingError) -> PrivacyBound {
    try NumberRange.nonNegative.check(epsilon, argument: "epsilon")
    let others = try deltaOfLosses(atEpsilon: epsilon)
    let (lower, upper) = counts.failures.outerDelta(lower: others.lower, upper: others.upper)
    let bound = try PrivacyBound(lower: lower, upper: upper, limit: others.limit)
    return bound.limit == nil ? bound : try bound.narrowed(by: renyi.delta(atEpsilon: epsilon))
  }

  private func deltaOfLosses(atEpsilon epsilon: Double) throws(AccountingError) -> PrivacyBound {
    let composition = LossComposition(counts)
    if composition.logUnexposed == -.infinity { return try PrivacyBound(lower: 1, upper: 1) }
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
    return try PrivacyBound(lower: lower, upper: upper, limit: limit)
  }

  private func epsilon(
    of composition: LossComposition, _ direction: LossDirection, delta: Double, floor: Double
  ) -> LossSearch.Outcome {
    func inner(_ delta: Double, floor: Double) -> LossSearch.Outcome {
      if delta <= 0 { return .init(lower: 0, upper: .infinity, limit: .rounding) }
      if delta >= 1 { return .init(lower: 0, upper: 0) }
      if composition.isGaussian {
        let precision = composition.gaussianPrecision
        guard precision > 0 else { return .init(lower: 0, upper: 0) }
        let exact = GaussianTradeoff(precision: precision).epsilon(delta: delta)
        return .init(lower: exact.lower, upper: exact.upper)
      }
      return LossSearch(steps: steps(of: composition, direction), relativeGap: relativeGap)
        .epsilon(logDelta: log(delta), floor: floor)
    }
    guard let exposure = exposure(of: composition, direction) else {
      if let exact = composition.singleSampledGaussian?.epsilon(delta: delta) {
        return .init(lower: exact.lower, upper: exact.upper)
      }
      return inner(delta, floor: floor)
    }
    let left = exposure.innerDelta(delta)
    let (high, low) = (
      inner(left.lower, floor: floor - exposure.shift), inner(left.upper, floor: 0)
    )
    let (lower, upper) = exposure.outerEpsilon(lower: low.lower, upper: high.upper)
    return .init(lower: lower, upper: upper, limit: low.limit ?? high.limit)
  }

  private func delta(
    of composition: LossComposition, _ direction: LossDirection, epsilon: Double
  ) -> LossSearch.Outcome {
    func inner(_ epsilon: Double, isAll: Bool) -> LossSearch.Outcome {
      var logDelta = LossSearch.Outcome(lower: -.infinity, upper: -.infinity)
      if isAll, let exact = composition.singleSampledGaussian?.logDelta(epsilon: epsilon) {
        logDelta = .init(lower: exact.lower, upper: exact.upper)
      } else if !composition.isGaussian {
        logDelta = LossSearch(steps: steps(of: composition, direction), relativeGap: relativeGap)
          .logDelta(epsilon: max(0, epsilon))
      } else if composition.gaussianPrecision > 0 {
        let exact = GaussianTradeoff(precision: composition.gaussianPrecision)
          .logDelta(epsilon: max(0, epsilon))
        logDelta = .init(lower: exact.lower, upper: exact.upper)
      }
      var upper =
        logDelta.upper == -.infinity ? 0 : max(exp(logDelta.upper), .leastNonzeroMagnitude)
      // Delta falls by at most 1 - e^epsilon from a negative epsilon to 0.
      if epsilon < 0 { upper = min(1, upper - expm1(epsilon)) }
      return .init(lower: exp(logDelta.lower), upper: upper, limit: logDelta.limit)
    }
    guard let exposure = exposure(of: composition, direction) else {
      return inner(epsilon, isAll: true)
    }
    let place = exposure.innerEpsilon(epsilon)
    let (high, low) = (
      inner(place.lower, isAll: false), inner(place.upper, isAll: false)
    )
    let (lower, upper) = exposure.outerDelta(lower: low.lower, upper: high.upper)
    return .init(lower: lower, upper: upper, limit: low.limit ?? high.limit)
  }

  /// Nil if every release has noise.
  private func exposure(
    of composition: LossComposition, _ direction: LossDirection
  ) -> LossExposure? {
    guard composition.logUnexposed < 0 else { return nil }
    return LossExposure(
      logUnexposed: composition.logUnexposed, relation: relation, direction: direction)
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

extension PrivacyBound {
  /// The better ends of this and of another method's.
  fileprivate func narrowed(by other: PrivacyBound) throws(AccountingError) -> PrivacyBound {
    let lower = max(self.lower, other.lower)
    return try PrivacyBound(
      lower: lower, upper: max(lower, min(upper, other.upper)), limit: limit)
  }
}
