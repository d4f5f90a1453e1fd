/// What can be wrong with a question about privacy cost.
public enum AccountingError: Error, Hashable, Sendable {
  /// A real number outside the range of its argument.
  case outOfRange(argument: String, given: Double, allowed: NumberRange)

  /// A whole number outside the range of its argument.
  case countOutOfRange(argument: String, given: Int, allowed: ClosedRange<Int>)

  /// An event that this accountant cannot price under its relation. The accountant is unchanged.
  case unsupported(
    event: PrivacyEvent, accountant: AccountantKind, relation: NeighboringRelation,
    reason: UnsupportedReason)

  /// A bound whose lower end is above its upper one, or whose ends are negative or not numbers.
  case notAnInterval(lower: Double, upper: Double)

  /// A guarantee under one relation that says nothing about another.
  case relationsUnrelated(source: NeighboringRelation, target: NeighboringRelation)

  /// No value of the argument that was searched meets the target.
  ///
  /// `epsilon` is the upper bound that remains at `given`, the most private one searched.
  case targetOutOfReach(
    targetEpsilon: Double, delta: Double, argument: CalibratedArgument, given: Double,
    epsilon: Double)

  /// Every value of the argument that was searched meets the target, so none only just does.
  ///
  /// `epsilon` is the upper bound at `given`, the least private one searched.
  case targetDoesNotBind(
    targetEpsilon: Double, delta: Double, argument: CalibratedArgument, given: Double,
    epsilon: Double)

  /// An order at which no Renyi divergence, however small, converts to so small an epsilon.
  case orderLeavesNothing(order: Double, epsilon: Double, delta: Double)

  static func check(
    _ count: Int, isWithin allowed: ClosedRange<Int>, argument: String
  ) throws(AccountingError) {
    guard allowed.contains(count) else {
      throw .countOutOfRange(argument: argument, given: count, allowed: allowed)
    }
  }

  /// The product of two counts, both in 0 ... 2^53, which must be one too.
  static func countProduct(_ count: Int, _ repetitions: Int) throws(AccountingError) -> Int {
    let (product, overflow) = count.multipliedReportingOverflow(by: repetitions)
    let total = overflow ? Int.max : product
    try check(total, isWithin: 0...PrivacyEvent.largestCount, argument: "count")
    return total
  }
}

/// Why an accountant has no valid bound for an event.
public enum UnsupportedReason: Hashable, Sendable {
  /// The Gaussian-DP accountant was given something else than full-participation Gaussian noise.
  case onlyGaussianFullParticipation
  /// Several answers about one cohort were given, not all with Gaussian noise.
  case onlyGaussianAnswersShareCohorts
  /// Reports of single units were given for a random cohort, which shows by who reports.
  case reportsShowTheCohort
  /// Reports of single units were given under add-or-remove-one, where a missing one is visible.
  case reportsShowPresence
  /// The zCDP accountant was given a sampled cohort.
  case concentrationIsNotAmplified
  /// The zCDP accountant was given Skellam noise.
  case onlyWholeOrders
  /// An accountant of pure differential privacy was given Gaussian noise.
  case lossIsUnlimited
  /// An accountant of pure differential privacy was given a probability of failure.
  case failuresCostDelta
  /// A cohort was drawn from a cohort.
  case nestedSampling
  /// Units that take turns were given inside of turns or of a random cohort.
  case turnsInsideOfSampling
  /// Units that take turns were given under add-or-remove-one, where a missing turn is visible.
  case turnsShowPresence
  /// Poisson sampling was given under the replace-one relation.
  case poissonNeedsAddOrRemove
  /// Sampling without replacement was given under add-or-remove-one or zero-out.
  case withoutReplacementNeedsReplaceOne
  /// A choice was given inside of a random cohort.
  case choiceInsideOfSampling
  /// A probability of failure was given inside of a choice.
  case failuresInsideOfChoice
  /// A probability of failure was given to a Renyi filter or odometer.
  case failuresInsideOfFilter
  /// The zCDP accountant was given a choice whose loss is not limited.
  case choiceIsNotConcentrated
}

extension AccountingError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .outOfRange(let argument, let given, let allowed):
      "\(argument) is \(given); it must be \(allowed)"
    case .countOutOfRange(let argument, let given, let allowed):
      "\(argument) is \(given); it must be from \(allowed.lowerBound) to \(allowed.upperBound)"
    case .unsupported(let event, let accountant, let relation, let reason):
      """
      the \(accountant.rawValue) accountant cannot price \(event.kind.rawValue) under \
      \(relation.rawValue): \(reason)
      """
    case .notAnInterval(let lower, let upper):
      "lower \(lower) and upper \(upper) are no bounds; they must satisfy 0 <= lower <= upper"
    case .relationsUnrelated(let source, let target):
      """
      a guarantee under \(source.rawValue) says nothing about \(target.rawValue) for mechanisms in \
      general; price the events under \(target.rawValue)
      """
    case .targetOutOfReach(let target, let delta, let argument, let given, let epsilon):
      """
      epsilon \(target) at delta \(delta) is out of reach: \(argument.phrase(given)) still \
      costs \(epsilon); raise the target or delta, or \(argument.othersThatHelp)
      """
    case .targetDoesNotBind(let target, let delta, let argument, let given, let epsilon):
      """
      epsilon \(target) at delta \(delta) does not bind: \(argument.phrase(given)) costs only \
      \(epsilon); check that the event depends on it, or lower the target
      """
    case .orderLeavesNothing(let order, let epsilon, let delta):
      """
      at order \(order) no divergence converts to epsilon \(epsilon) at delta \(delta); raise the \
      order, epsilon or delta
      """
    }
  }
}

extension CalibratedArgument {
  fileprivate func phrase(_ value: Double) -> String {
    "\(rawValue) " + (self == .rounds ? "\(Int(value))" : "\(value)")
  }

  fileprivate var othersThatHelp: String {
    switch self {
    case .noiseMultiplier, .standardDeviation, .scale, .noiseParameter:
      "lower the number of rounds or the sampling rate"
    case .samplingRate: "add noise or lower the number of rounds"
    case .rounds: "add noise or lower the sampling rate"
    }
  }
}

extension UnsupportedReason: CustomStringConvertible {
  public var description: String {
    switch self {
    case .onlyGaussianFullParticipation:
      """
      it composes only Gaussian noise with full participation; use the accountant \
      \(AccountantKind.pld.rawValue) for sampled cohorts and for other noise
      """
    case .onlyGaussianAnswersShareCohorts:
      """
      several answers about one cohort have a bound only if all have Gaussian noise; use that, or draw \
      a cohort for each answer
      """
    case .reportsShowTheCohort:
      """
      who is in the cohort shows by who reports, so sampling does not amplify reports of single \
      units; price them with full participation
      """
    case .reportsShowPresence:
      """
      a report that is missing is seen, so there is no finite bound; use \
      \(NeighboringRelation.replaceOne.rawValue) or \(NeighboringRelation.zeroOut.rawValue)
      """
    case .concentrationIsNotAmplified:
      """
      sampling does not amplify zero-concentrated privacy; use the accountant \
      \(AccountantKind.pld.rawValue) for sampled cohorts
      """
    case .onlyWholeOrders:
      """
      the divergence of Skellam noise has a bound at whole orders alone; use the accountant \
      \(AccountantKind.rdp.rawValue)
      """
    case .lossIsUnlimited:
      """
      the privacy loss of Gaussian noise has no limit; use the accountant \
      \(AccountantKind.pld.rawValue), or Laplace noise
      """
    case .failuresCostDelta:
      """
      a guarantee that can fail has no finite loss; use the accountant \
      \(AccountantKind.pld.rawValue), which adds the probability to delta
      """
    case .turnsInsideOfSampling:
      "turns inside of turns or of a random cohort have no bound here; let units take turns outermost"
    case .turnsShowPresence:
      """
      whose turn it is is public, so a unit that is missing is seen; use \
      \(NeighboringRelation.zeroOut.rawValue) or \(NeighboringRelation.replaceOne.rawValue)
      """
    case .nestedSampling:
      "a cohort drawn from a cohort has no bound here; multiply the rates into one sampling step"
    case .poissonNeedsAddOrRemove:
      """
      Poisson sampling is amplified under \(NeighboringRelation.addOrRemoveOne.rawValue) and \
      \(NeighboringRelation.zeroOut.rawValue) only; use one of these, or sample without replacement
      """
    case .choiceInsideOfSampling:
      """
      a choice about one random cohort has no bound here; let every run that is chosen from draw \
      cohorts of its own
      """
    case .failuresInsideOfChoice:
      """
      a choice among runs that can fail has no bound here; price all of the runs by composition
      """
    case .failuresInsideOfFilter:
      """
      releases that can fail have no Renyi divergence, which is all that a filter or an odometer adds up
      """
    case .choiceIsNotConcentrated:
      """
      a choice among runs with Gaussian noise is not zero-concentrated; use the accountant \
      \(AccountantKind.rdp.rawValue)
      """
    case .withoutReplacementNeedsReplaceOne:
      """
      a cohort of fixed size is amplified under \(NeighboringRelation.replaceOne.rawValue) only, since \
      adding a unit also displaces another; use that relation, or Poisson sampling
      """
    }
  }
}
