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
      try found.add(.noise(.gaussian(precision: precision(noiseMultiplier))), count: count)
    case .laplace(let noiseMultiplier):
      try found.add(
        .noise(.laplace(noiseMultiplier: noiseMultiplier / Double(relation.sensitivity))),
        count: count)
    case .discreteGaussian(let standardDeviation, let sensitivity):
      try found.add(
        .noise(
          .discreteGaussian(
            standardDeviation: standardDeviation, sensitivity: sensitivity * relation.sensitivity)),
        count: count)
    case .discreteLaplace(let scale, let sensitivity):
      try found.add(
        .noise(.discreteLaplace(scale: scale, sensitivity: sensitivity * relation.sensitivity)),
        count: count)
    case .distributedDiscreteGaussian(
      let standardDeviation, let contributorCount, let sensitivity):
      try found.add(
        .noise(
          .discreteGaussianSum(
            standardDeviation: standardDeviation, contributorCount: contributorCount,
            distance: sensitivity.distance(under: relation))),
        count: count)
    case .skellam(let variance, let sensitivity):
      try found.add(
        .noise(.skellam(variance: variance, distance: sensitivity.distance(under: relation))),
        count: count)
    case .localGaussian(let noiseMultiplier):
      guard relation != .addOrRemoveOne else { throw unsupported(event, .reportsShowPresence) }
      try found.add(.noise(.gaussian(precision: precision(noiseMultiplier))), count: count)
    case .randomizedResponse(let noiseParameter, let bucketCount):
      try found.add(
        .randomizedResponse(
          RandomizedResponse(
            noiseParameter: noiseParameter, bucketCount: bucketCount,
            neighbor: try neighbor(ofReportIn: event))),
        count: count)
    case .failure(let probability):
      try found.add(failureProbability: probability, count: count)
    case .takingTurns(let inner, let unitCount):
      guard relation != .addOrRemoveOne else { throw unsupported(event, .turnsShowPresence) }
      var turn = MechanismCounts()
      try collect(inner, count: 1, into: &turn)
      guard !turn.hasTurns else { throw unsupported(event, .turnsInsideOfSampling) }
      try found.add(MechanismCounts.Turns(mechanisms: turn, unitCount: unitCount), count: count)
    case .composed(let events):
      for event in events { try collect(event, count: count, into: &found) }
    case .repeated(let inner, let repetitions):
      try collect(
        inner, count: AccountingError.countProduct(count, repetitions), into: &found)
    case .anyOf(let events):
      try collect(oneOf: events, in: event, count: count, into: &found)
    case .repeatAndSelect(let inner, .truncatedNegativeBinomial(_, mean: 1)):
      try collect(inner, count: count, into: &found)
    case .repeatAndSelect(let inner, let repetitions):
      let selected = SelectedRuns(run: try part(inner, of: event), repetitions: repetitions)
      if selected.run.showsTheData, selected.chanceOfRunning == 1 {
        try found.add(.exposure(samplingRate: 1), count: count)
      } else if !selected.run.entries.isEmpty {
        try found.add(.selection(selected), count: count)
      }
    case .poissonSampled(let inner, samplingRate: 1):
      try collect(inner, count: count, into: &found)
    case .poissonSampled(let inner, let samplingRate):
      switch try cohortMechanism(of: inner, sampling: event, count: count, failures: &found) {
      case nil:
        return
      case .exposure:
        try found.add(.exposure(samplingRate: samplingRate), count: count)
      case .noise(let noise, _):
        guard relation != .replaceOne else {
          throw unsupported(event, .poissonNeedsAddOrRemove)
        }
        try found.add(.poissonSampled(noise, samplingRate: samplingRate), count: count)
      }
    case .sampledWithoutReplacement(let inner, let cohortSize, let populationSize)
    where cohortSize == populationSize:
      try collect(inner, count: count, into: &found)
    case .sampledWithoutReplacement(let inner, let cohortSize, let populationSize):
      switch try cohortMechanism(of: inner, sampling: event, count: count, failures: &found) {
      case nil:
        return
      case .exposure:
        let samplingRate = Double(cohortSize) / Double(populationSize)
        try found.add(.exposure(samplingRate: samplingRate), count: count)
      case .noise(let noise, let answerCount):
        guard relation == .replaceOne else {
          throw unsupported(event, .withoutReplacementNeedsReplaceOne)
        }
        try found.add(
          .withoutReplacement(
            noise, answerCount: answerCount, cohortSize: cohortSize,
            populationSize: populationSize),
          count: count)
      }
    }
  }

  private func collect(
    oneOf events: [PrivacyEvent], in event: PrivacyEvent, count: Int,
    into found: inout MechanismCounts
  ) throws(AccountingError) {
    var different = Tally<MechanismCounts>()
    for each in events {
      let next = try part(each, of: event)
      if !next.entries.isEmpty { try different.add(next, count: 1) }
    }
    let alternatives = different.entries.map(\.element)
    if alternatives.contains(where: \.showsTheData) {
      try found.add(.exposure(samplingRate: 1), count: count)
    } else if alternatives.count == 1 {
      for entry in alternatives[0].entries {
        try found.add(
          entry.mechanism, count: AccountingError.countProduct(entry.count, count))
      }
    } else if !alternatives.isEmpty {
      try found.add(.oneOf(alternatives), count: count)
    }
  }

  /// What is chosen, or chosen from: it may not fail, since failures are not Renyi divergences.
  private func part(
    _ inner: PrivacyEvent, of choice: PrivacyEvent
  ) throws(AccountingError) -> MechanismCounts {
    var found = MechanismCounts()
    try collect(inner, count: 1, into: &found)
    guard found.failures.isEmpty else { throw unsupported(choice, .failuresInsideOfChoice) }
    return found
  }

  private enum CohortMechanism {
    case exposure
    case noise(AdditiveNoise, answerCount: Int)
  }

  /// All that happens on one cohort, as one mechanism, or nil if nothing does.
  ///
  /// Gaussian answers about the same cohort tell no more than one Gaussian answer whose precision is
  /// the sum of theirs, also when each question depends on the answers before it (Dong, Roth & Su
  /// 2022, arXiv 1905.02383, Corollary 3.3): they can be computed from it at random, with the unit
  /// and without, and hence when a coin decides whether the unit is there. Of other noise, one
  /// answer about each cohort is accepted. What fails may do so without the unit, and is not
  /// amplified; it goes to `failures` for each of `count` cohorts.
  private func cohortMechanism(
    of inner: PrivacyEvent, sampling event: PrivacyEvent, count: Int,
    failures: inout MechanismCounts
  ) throws(AccountingError) -> CohortMechanism? {
    var found = MechanismCounts()
    try collect(inner, count: 1, into: &found)
    guard !found.hasTurns else { throw unsupported(event, .turnsInsideOfSampling) }
    guard !inner.showsTheCohort else { throw unsupported(event, .reportsShowTheCohort) }
    for entry in found.failures.counts.entries {
      try failures.add(
        failureProbability: entry.element,
        count: AccountingError.countProduct(entry.count, count))
    }
    var noise: AdditiveNoise?
    var answerCount = 0
    var isExposed = false
    for entry in found.entries {
      switch entry.mechanism {
      case .exposure(samplingRate: 1): isExposed = true
      case .noise(let next):
        answerCount += entry.count
        noise = try combined(noise, with: next, count: entry.count, sampling: event)
      case .exposure, .poissonSampled, .withoutReplacement, .randomizedResponse:
        throw unsupported(event, .nestedSampling)
      case .oneOf, .selection:
        throw unsupported(event, .choiceInsideOfSampling)
      }
    }
    if isExposed { return .exposure }
    return noise.map { .noise($0, answerCount: answerCount) }
  }

  private func combined(
    _ noise: AdditiveNoise?, with next: AdditiveNoise, count: Int, sampling event: PrivacyEvent
  ) throws(AccountingError) -> AdditiveNoise {
    switch (noise, next) {
    case (nil, .gaussian(let precision)): return .gaussian(precision: Double(count) * precision)
    case (.gaussian(let total), .gaussian(let precision)):
      return .gaussian(precision: total + Double(count) * precision)
    case (nil, _) where count == 1: return next
    default: throw unsupported(event, .onlyGaussianAnswersShareCohorts)
    }
  }

  /// What a neighbor reports, where it reports at all.
  ///
  /// Under zero-out the report that tells nothing about the unit stands for the value zero; that is
  /// how dp-accounting reads randomized response under its relation of this kind.
  private func neighbor(
    ofReportIn event: PrivacyEvent
  ) throws(AccountingError) -> RandomizedResponse.Neighbor {
    switch relation {
    case .replaceOne: .anotherBucket
    case .zeroOut: .uniformReport
    case .addOrRemoveOne: throw unsupported(event, .reportsShowPresence)
    }
  }

  /// (sensitivity / noise multiplier)^2, kept above 0 so that no release is taken for none.
  private func precision(_ noiseMultiplier: Double) -> Double {
    let ratio = Double(relation.sensitivity) / noiseMultiplier
    return max(ratio * ratio, .leastNormalMagnitude)
  }

  private func unsupported(
    _ event: PrivacyEvent, _ reason: UnsupportedReason
  ) -> AccountingError {
    .unsupported(event: event, accountant: accountant, relation: relation, reason: reason)
  }
}
