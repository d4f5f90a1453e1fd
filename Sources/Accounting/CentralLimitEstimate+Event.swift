extension CentralLimitEstimate {
  /// The estimate for equal rounds of Gaussian noise on Poisson-sampled cohorts or on everybody; nil
  /// for other events.
  ///
  /// Throws ``AccountingError`` when a number is out of range.
  public init?(of event: PrivacyEvent) throws(AccountingError) {
    let (round, count) =
      if case .repeated(let round, let count) = event { (round, count) } else { (event, 1) }
    guard count > 0 else { return nil }
    switch round {
    case .gaussian(let noiseMultiplier):
      try self.init(noiseMultiplier: noiseMultiplier, samplingRate: 1, rounds: count)
    case .poissonSampled(.gaussian(let noiseMultiplier), let samplingRate):
      try self.init(noiseMultiplier: noiseMultiplier, samplingRate: samplingRate, rounds: count)
    default:
      return nil
    }
  }
}
