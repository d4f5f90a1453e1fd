internal import Accounting
internal import Mechanisms

extension PrivacySettings {
  /// What one release costs on everybody, with noise of this multiplier.
  func event(noiseMultiplier: Double) -> PrivacyEvent {
    switch mechanismSettings {
    case .gaussian, .discreteGaussian:
      .gaussian(noiseMultiplier: noiseMultiplier)
    case .localGaussian:
      .localGaussian(noiseMultiplier: noiseMultiplier)
    case .distributed(let settings):
      settings.noise(clippingNorm: clippingNorm, noiseMultiplier: noiseMultiplier)
        .event(
          settings.encoding(clippingNorm: clippingNorm, noiseMultiplier: noiseMultiplier)
            .sensitivity)
    }
  }
}

extension DistributedSettings {
  /// Noise of all contributors whose standard deviation, over the clipping norm, is the multiplier.
  func noise(clippingNorm: Double, noiseMultiplier: Double) -> DistributedNoise {
    let encoding = encoding(clippingNorm: clippingNorm, noiseMultiplier: noiseMultiplier)
    let deviation = noiseMultiplier * clippingNorm / encoding.granularity
    return DistributedNoise(
      law, variance: deviation * deviation, contributorCount: noiseContributors)
  }

  func encoding(clippingNorm: Double, noiseMultiplier: Double) -> GridEncoding {
    guard let step = step(noiseMultiplier: noiseMultiplier) else {
      preconditionFailure("too few bits are refused where they are read")
    }
    return GridEncoding(
      dimension: dimension, clippingNorm: clippingNorm, granularity: step * clippingNorm,
      bits: bits, isRotated: isRotated, redrawProbability: redrawProbability)
  }

  /// Of the grid, over the clipping norm; nil where there are too few bits, whatever the noise.
  func step(noiseMultiplier: Double) -> Double? {
    switch granularity {
    case .relative(let step):
      step
    case .headroom(let headroom):
      GridEncoding.granularity(
        dimension: dimension, clippingNorm: 1, bits: bits, isRotated: isRotated,
        headroom: headroom, expectedCohortSize: expectedCohortSize,
        noiseMultiplier: noiseMultiplier)
    }
  }
}
