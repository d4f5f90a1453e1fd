extension Mechanism {
  /// The mechanism's Renyi differential privacy.
  var renyiCurve: any RenyiCurve {
    switch self {
    case .exposure:
      UnboundedRenyi()
    case .noise(let noise):
      noise.renyiCurve
    case .poissonSampled(.gaussian(let precision), let samplingRate):
      PoissonGaussianRenyi(precision: precision, samplingRate: samplingRate)
    case .poissonSampled(let noise, let samplingRate):
      PoissonSampledRenyi(base: noise.renyiCurve, samplingRate: samplingRate)
    case .withoutReplacement(let noise, let answerCount, let cohortSize, let populationSize):
      noise.renyiCurve(
        withoutReplacementAtRate: Double(cohortSize) / Double(populationSize),
        answerCount: answerCount)
    case .randomizedResponse(let response):
      response.renyiCurve
    case .oneOf(let alternatives):
      DearestRenyi(alternatives)
    case .selection(let selected):
      SelectionRenyi(selected)
    }
  }
}

extension AdditiveNoise {
  /// With discrete Gaussian noise the divergence is at most that of Gaussian noise with the same
  /// parameters (Canonne, Kamath & Steinke 2020, Theorem 14; one coordinate: Proposition 5).
  var renyiCurve: any RenyiCurve {
    switch self {
    case .gaussian(let precision):
      GaussianRenyi(precision: precision)
    case .laplace(let noiseMultiplier):
      LaplaceRenyi(noiseMultiplier: noiseMultiplier)
    case .discreteGaussian(let standardDeviation, let sensitivity):
      GaussianRenyi(standardDeviation: standardDeviation, distance: Double(sensitivity))
    case .discreteLaplace(let scale, let sensitivity):
      LaplaceRenyi(scale: scale, sensitivity: sensitivity)
    case .discreteGaussianSum(let standardDeviation, let contributorCount, let distance):
      DiscreteGaussianSumRenyi(
        standardDeviation: standardDeviation, contributorCount: contributorCount,
        distance: distance)
    case .skellam(let variance, let distance):
      SkellamRenyi(variance: variance, distance: distance)
    }
  }

  fileprivate func renyiCurve(
    withoutReplacementAtRate rate: Double, answerCount: Int
  ) -> any RenyiCurve {
    switch self {
    case .gaussian(let precision):
      WithoutReplacementGaussianRenyi(
        precision: precision, samplingRate: rate, answerCount: answerCount)
    case .laplace, .discreteGaussian, .discreteLaplace, .discreteGaussianSum, .skellam:
      WithoutReplacementRenyi(base: renyiCurve, samplingRate: rate)
    }
  }
}

/// A release without noise: no finite divergence.
private struct UnboundedRenyi: RenyiCurve {
  func divergence(order: Double) -> Double { .infinity }
}
