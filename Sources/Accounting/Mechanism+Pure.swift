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

extension MechanismCounts {
  /// The sum of the largest privacy losses; nil where one of them has none.
  var pureEpsilon: Double? {
    var sum = 0.0
    for entry in entries {
      guard let loss = entry.mechanism.pureEpsilon else { return nil }
      sum += Double(entry.count) * loss
    }
    return sum
  }

  /// The largest privacy loss of whichever of these concerns the unit; nil where one has none.
  static func largestPureEpsilon(of alternatives: [MechanismCounts]) -> Double? {
    let losses = alternatives.compactMap(\.pureEpsilon)
    return losses.count == alternatives.count ? losses.max() : nil
  }
}
