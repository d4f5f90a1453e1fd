extension PrivacyEvent {
  /// The largest count of rounds, repetitions or units: 2^53, up to which Double holds every
  /// integer.
  public static let largestCount = 1 << 53

  /// The largest sensitivity of an integer sum: 2^31.
  public static let largestSensitivity = 1 << 31

  /// The largest number of contributors to one sum's noise: 2^31.
  public static let largestContributorCount = 1 << 31

  /// Throws ``AccountingError`` naming the first number, outermost event first, that is out of
  /// range.
  public func validate() throws(AccountingError) {
    switch self {
    case .nonPrivate:
      return
    case .gaussian(let noiseMultiplier), .laplace(let noiseMultiplier),
      .localGaussian(let noiseMultiplier):
      try NumberRange.positive.check(noiseMultiplier, argument: "noise_multiplier")
    case .discreteGaussian(let standardDeviation, let sensitivity):
      try NumberRange.positive.check(standardDeviation, argument: "standard_deviation")
      try Self.check(sensitivity: sensitivity)
    case .discreteLaplace(let scale, let sensitivity):
      try NumberRange.positive.check(scale, argument: "scale")
      try Self.check(sensitivity: sensitivity)
    case .distributedDiscreteGaussian(
      let standardDeviation, let contributorCount, let sensitivity):
      try NumberRange.positive.check(standardDeviation, argument: "standard_deviation")
      try AccountingError.check(
        contributorCount, isWithin: 1...Self.largestContributorCount, argument: "contributor_count")
      try sensitivity.validate()
    case .skellam(let variance, let sensitivity):
      try NumberRange.positive.check(variance, argument: "variance")
      try sensitivity.validate()
    case .randomizedResponse(let noiseParameter, let bucketCount):
      try NumberRange.probabilityAboveZero.check(noiseParameter, argument: "noise_parameter")
      try AccountingError.check(
        bucketCount, isWithin: 2...Self.largestCount, argument: "bucket_count")
    case .poissonSampled(let event, let samplingRate):
      try NumberRange.probabilityAboveZero.check(samplingRate, argument: "sampling_rate")
      try event.validate()
    case .sampledWithoutReplacement(let event, let cohortSize, let populationSize):
      try AccountingError.check(
        populationSize, isWithin: 1...Self.largestCount, argument: "population_size")
      try AccountingError.check(cohortSize, isWithin: 1...populationSize, argument: "cohort_size")
      try event.validate()
    case .takingTurns(let event, let unitCount):
      try AccountingError.check(unitCount, isWithin: 1...Self.largestCount, argument: "unit_count")
      try event.validate()
    case .failure(let probability):
      try NumberRange.probabilityAboveZero.check(probability, argument: "probability")
    case .composed(let events):
      for event in events { try event.validate() }
    case .repeated(let event, let count):
      try AccountingError.check(count, isWithin: 0...Self.largestCount, argument: "count")
      try event.validate()
    case .anyOf(let events):
      try AccountingError.check(
        events.count, isWithin: 1...Self.largestCount, argument: "number of events")
      for event in events { try event.validate() }
    case .repeatAndSelect(let event, let repetitions):
      try repetitions.validate()
      try event.validate()
    }
  }
  private static func check(sensitivity: Int) throws(AccountingError) {
    try AccountingError.check(
      sensitivity, isWithin: 1...largestSensitivity, argument: "sensitivity")
  }
}
