extension PrivacyEvent {
  /// The event as a group of `size` units sees it that change together: `size` times as sensitive,
  /// and one report for each unit. Nil on random cohorts, where the number of group members that
  /// take part is random too, where units take turns, of which a group can have several in a row, and
  /// for one of several events, of which a group can be in all.
  ///
  /// An accountant prices it under the relation of single units; what is exact for one unit is then
  /// exact for the group.
  ///
  /// Throws ``AccountingError`` when a number is out of range, of the event, of `size` (1 ... 2^31),
  /// or of the result.
  public func forGroup(of size: Int) throws(AccountingError) -> PrivacyEvent? {
    try validate()
    try AccountingError.check(
      size, isWithin: 1...Self.largestSensitivity, argument: "group_size")
    let grown = grown(by: size)
    try grown?.validate()
    return grown
  }

  private func grown(by size: Int) -> PrivacyEvent? {
    switch self {
    case .nonPrivate, .failure:
      return self
    case .gaussian(let noiseMultiplier):
      return .gaussian(noiseMultiplier: noiseMultiplier / Double(size))
    case .laplace(let noiseMultiplier):
      return .laplace(noiseMultiplier: noiseMultiplier / Double(size))
    case .discreteGaussian(let standardDeviation, let sensitivity):
      return .discreteGaussian(
        standardDeviation: standardDeviation, sensitivity: sensitivity * size)
    case .discreteLaplace(let scale, let sensitivity):
      return .discreteLaplace(scale: scale, sensitivity: sensitivity * size)
    case .distributedDiscreteGaussian(
      let standardDeviation, let contributorCount, let sensitivity):
      return .distributedDiscreteGaussian(
        standardDeviation: standardDeviation, contributorCount: contributorCount,
        sensitivity: sensitivity.grown(by: size))
    case .skellam(let variance, let sensitivity):
      return .skellam(variance: variance, sensitivity: sensitivity.grown(by: size))
    case .randomizedResponse, .localGaussian:
      return .repeated(self, count: size)
    case .poissonSampled(let event, samplingRate: 1):
      return event.grown(by: size)
    case .sampledWithoutReplacement(let event, let cohortSize, let populationSize)
    where cohortSize == populationSize:
      return event.grown(by: size)
    case .poissonSampled, .sampledWithoutReplacement, .takingTurns:
      return nil
    case .repeated(let event, let count):
      return event.grown(by: size).map { .repeated($0, count: count) }
    case .composed(let events):
      let grown = events.compactMap { $0.grown(by: size) }
      return grown.count == events.count ? .composed(grown) : nil
    case .anyOf:
      return size == 1 ? self : nil
    case .repeatAndSelect(let event, let repetitions):
      return event.grown(by: size).map { .repeatAndSelect($0, repetitions: repetitions) }
    }
  }
}
