extension Mechanism {
  /// The largest privacy loss, possibly infinite by overflow, of a mechanism that limits it; nil for
  /// Gaussian noise of any kind and for releases without noise.
  ///
  /// On cohorts it is log(1 + rate (e^loss - 1)) (Balle, Barthe & Gaboardi 2018, Theorems 8 and 9).
  var pureEpsilon: Double? {
    switch self {
    case .noise(let noise):
      noise.largestLoss(onCohortsOfRate: 1)
    case .poissonSampled(let noise, let samplingRate):
      noise.largestLoss(onCohortsOfRate: samplingRate)
    case .withoutReplacement(let noise, _, let cohortSize, let populationSize):
      noise.largestLoss(onCohortsOfRate: Double(cohortSize) / Double(populationSize))
    case .randomizedResponse(let response):
      response.pureEpsilon
    case .oneOf(let alternatives):
      MechanismCounts.largestPureEpsilon(of: alternatives)
    case .selection(let selected):
      selected.pureEpsilon
    case .exposure:
      nil
    }
  }
}

extension AdditiveNoise {
  fileprivate func largestLoss(onCohortsOfRate rate: Double) -> Double? {
    switch self {
    case .laplace, .discreteLaplace:
      rate == 1
        ? renyiCurve.divergence(order: .infinity)
        : renyiCurve.divergence(order: .infinity, exposedWithProbability: rate)
    case .gaussian, .discreteGaussian, .discreteGaussianSum, .skellam:
      nil
    }
  }
}
