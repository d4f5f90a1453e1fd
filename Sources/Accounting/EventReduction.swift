/// Turns events into mechanisms under one relation, or says why it cannot.
struct EventReduction {
  let accountant: AccountantKind
  let relation: NeighboringRelation

  /// The mechanisms of `count` runs of `event`, whose numbers are checked here.
  func mechanisms(in event: PrivacyEvent, count: Int) throws(AccountingError) -> MechanismCounts {
    try event.validate()
    try AccountingError.check(count, isWithin: 0...PrivacyEvent.largestCount, argument: "count")
    var found = MechanismCounts()
    try collect(event, count: count, into: &found)
    return found
  }

  private func collect(
    _ event: PrivacyEvent, count: Int, into found: inout MechanismCounts
  ) throws(AccountingError) {
    switch event {
    case .nonPrivate:
      try found.add(.exposure(samplingRate: 1), count: count)
    case .gaussian(let noiseMultiplier):
      try found.add(.gaussian(precision: precision(noiseMultiplier)), count: count)
    case .laplace(let noiseMultiplier):
      try found.add(
        .laplace(noiseMultiplier: noiseMultiplier / relation.sensitivity), count: count)
    case .composed(let events):
      for event in events { try collect(event, count: count, into: &found) }
    case .repeated(let inner, let repetitions):
      try collect(inner, count: product(count, repetitions), into: &found)
    case .poissonSampled(let inner, samplingRate: 1):
      try collect(inner, count: count, into: &found)
    case .poissonSampled(let inner, let samplingRate):
      switch try cohortMechanism(of: inner, sampling: event) {
      case nil:
        return
      case .exposure:
        try found.add(.exposure(samplingRate: samplingRate), count: count)
      case .gaussian(let precision, _):
        guard relation != .replaceOne else {
          throw unsupported(event, .poissonNeedsAddOrRemove)
        }
        try found.add(
          .poissonGaussian(precision: precision, samplingRate: samplingRate), count: count)
      }
    case .sampledWithoutReplacement(let inner, let cohortSize, let populationSize)
    where cohortSize == populationSize:
      try collect(inner, count: count, into: &found)
    case .sampledWithoutReplacement(let inner, let cohortSize, let populationSize):
      switch try cohortMechanism(of: inner, sampling: event) {
      case nil:
        return
      case .exposure:
        let samplingRate = Double(cohortSize) / Double(populationSize)
        try found.add(.exposure(samplingRate: samplingRate), count: count)
      case .gaussian(let precision, let answerCount):
        guard relation == .replaceOne else {
          throw unsupported(event, .withoutReplacementNeedsReplaceOne)
        }
        try found.add(
          .withoutReplacementGaussian(
            precision: precision, answerCount: answerCount, cohortSize: cohortSize,
            populationSize: populationSize),
          count: count)
      }
    }
  }

  private enum CohortMechanism {
    case exposure
    case gaussian(precision: Double, answerCount: Int)
  }

  /// All that happens on one cohort, as one mechanism, or nil if nothing does.
  ///
  /// Gaussian answers about the same cohort tell no more than one Gaussian answer whose precision is
  /// the sum of theirs, also when each question depends on the answers before it (Dong, Roth & Su
  /// 2022, arXiv 1905.02383, Corollary 3.3): they can be computed from it at random, with the unit
  /// and without, and hence when a coin decides whether the unit is there.
  private func cohortMechanism(
    of inner: PrivacyEvent, sampling event: PrivacyEvent
  ) throws(AccountingError) -> CohortMechanism? {
    var found = MechanismCounts()
    try collect(inner, count: 1, into: &found)
    var (total, answerCount) = (0.0, 0)
    var isExposed = false
    for entry in found.entries {
      switch entry.mechanism {
      case .exposure(samplingRate: 1): isExposed = true
      case .gaussian(let precision):
        total += Double(entry.count) * precision
        answerCount += entry.count
      case .laplace: throw unsupported(event, .onlyGaussianOnCohorts)
      case .exposure, .poissonGaussian, .withoutReplacementGaussian:
        throw unsupported(event, .nestedSampling)
      }
    }
    if isExposed { return .exposure }
    return answerCount > 0 ? .gaussian(precision: total, answerCount: answerCount) : nil
  }

  /// (sensitivity / noise multiplier)^2, kept above 0 so that no release is taken for none.
  private func precision(_ noiseMultiplier: Double) -> Double {
    let ratio = relation.sensitivity / noiseMultiplier
    return max(ratio * ratio, .leastNormalMagnitude)
  }

  private func product(_ count: Int, _ repetitions: Int) throws(AccountingError) -> Int {
    let (product, overflow) = count.multipliedReportingOverflow(by: repetitions)
    let total = overflow ? Int.max : product
    try AccountingError.check(total, isWithin: 0...PrivacyEvent.largestCount, argument: "count")
    return total
  }

  private func unsupported(
    _ event: PrivacyEvent, _ reason: UnsupportedReason
  ) -> AccountingError {
    .unsupported(event: event, accountant: accountant, relation: relation, reason: reason)
  }
}
