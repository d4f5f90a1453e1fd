import Foundation

/// What a run's mechanisms come to for the accountant of privacy losses: steps whose losses add up,
/// and the probability of giving the unit away.
struct LossComposition {
  /// The noise of each kind of step with its sampling rate.
  private(set) var steps: [(noise: any NoiseLaw, samplingRate: Double, count: Int)] = []
  /// log P(no release without noise shows the unit).
  private(set) var logUnexposed = 0.0
  /// The sum of the precisions of Gaussian releases about everybody, which are one release.
  private(set) var gaussianPrecision = 0.0
  /// Why the bounds of the steps cannot be had, or cannot be tight.
  private(set) var limit: PrecisionLimit?

  init(_ counts: MechanismCounts) {
    for entry in counts.entries {
      switch entry.mechanism {
      case .exposure(let samplingRate):
        logUnexposed += Double(entry.count) * log1p(-samplingRate)
      case .noise(.gaussian(let precision)):
        gaussianPrecision += Double(entry.count) * precision
      case .noise(let noise):
        add(noise.law, samplingRate: 1, count: entry.count)
      case .poissonSampled(let noise, let samplingRate):
        add(noise.law, samplingRate: samplingRate, count: entry.count)
      case .withoutReplacement:
        limit = .noTightTheorem
      case .randomizedResponse(let response):
        add(AtomicLaw.randomizedResponse(response), samplingRate: 1, count: entry.count)
      }
    }
    guard !steps.isEmpty, gaussianPrecision > 0 else { return }
    add(GaussianLaw(precision: gaussianPrecision), samplingRate: 1, count: 1)
  }

  /// Whether everything is Gaussian noise on everybody, or nothing at all.
  var isGaussian: Bool { steps.isEmpty }

  private mutating func add(_ law: (any NoiseLaw)?, samplingRate: Double, count: Int) {
    guard let law, law.nodeCount <= Self.largestNodeCount else {
      limit = .tooManyOutcomes
      return
    }
    steps.append((law, samplingRate, count))
  }

  private static let largestNodeCount = 0x1p22
}

extension AdditiveNoise {
  /// The law of the noise's loss; nil where it has more outcomes than can be counted.
  fileprivate var law: (any NoiseLaw)? {
    switch self {
    case .gaussian(let precision):
      GaussianLaw(precision: precision)
    case .laplace(let noiseMultiplier):
      LaplaceLaw(noiseMultiplier: noiseMultiplier)
    case .discreteGaussian(let standardDeviation, let sensitivity):
      AtomicLaw.discreteGaussian(standardDeviation: standardDeviation, sensitivity: sensitivity)
    case .discreteLaplace(let scale, let sensitivity):
      AtomicLaw.discreteLaplace(scale: scale, sensitivity: sensitivity)
    }
  }
}
