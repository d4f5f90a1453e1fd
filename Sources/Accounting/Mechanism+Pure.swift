extension Mechanism {
  /// The largest privacy loss, possibly infinite by overflow, of a mechanism that limits it; nil for
  /// Gaussian noise of any kind and for releases without noise.
  ///
  /// On cohorts it is log(1 + rate (e^loss - 1)) (Balle, Barthe & Gaboardi 2018, Theorems 8 and 9).
  var pureEpsilon: Double? {
    switch self {
    case .noise(let noise) where noise.limitsLoss,
      .poissonSampled(let noise, _) where noise.limitsLoss,
      .withoutReplacement(let noise, _, _, _) where noise.limitsLoss:
      renyiCurve.divergence(order: .infinity)
    case .randomizedResponse(let response):
      response.pureEpsilon
    case .exposure, .noise, .poissonSampled, .withoutReplacement:
      nil
    }
  }
}

extension AdditiveNoise {
  fileprivate var limitsLoss: Bool {
    switch self {
    case .laplace, .discreteLaplace: true
    case .gaussian, .discreteGaussian: false
    }
  }
}

extension MechanismCounts {
  /// Whether the data themselves are shown, to someone at least.
  var containExposure: Bool {
    entries.contains { if case .exposure = $0.mechanism { true } else { false } }
  }
}
