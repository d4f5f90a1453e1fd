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
      case .noise(let noise) where noise.hasDivergencesAlone,
        .poissonSampled(let noise, _) where noise.hasDivergencesAlone:
        limit = .divergencesAlone
      case .noise(let noise):
        add(noise.law, samplingRate: 1, count: entry.count)
      case .poissonSampled(let noise, let samplingRate):
        add(noise.law, samplingRate: samplingRate, count: entry.count)
      case .withoutReplacement:
        limit = .noTightTheorem
      case .oneOf, .selection:
        limit = .choice
      case .randomizedResponse(let response):
        add(AtomicLaw.randomizedResponse(response), samplingRate: 1, count: entry.count)
      }
    }
    guard !steps.isEmpty, gaussianPrecision > 0 else { return }
    add(GaussianLaw(precision: gaussianPrecision), samplingRate: 1, count: 1)
  }

  /// The one step that there is, if it is one release of Gaussian noise on a sampled cohort.
  var singleSampledGaussian: SampledGaussianRelease? {
    guard steps.count == 1, steps[0].count == 1, let noise = steps[0].noise as? GaussianLaw else {
      return nil
    }
    return SampledGaussianRelease(
      tradeoff: GaussianTradeoff(precision: noise.deviation * noise.deviation),
      samplingRate: steps[0].samplingRate)
  }

  /// Whether everything is Gaussian noise on everybody, or nothing at all.
  var isGaussian: Bool { steps.isEmpty }

  /// The directions that differ: without sampling both may be alike.
  var directions: [LossDirection] {
    let isSymmetric =
      logUnexposed == 0
      && steps.allSatisfy { $0.samplingRate == 1 && $0.noise.isSymmetric }
    return isSymmetric ? [.remove] : LossDirection.allCases
  }

  private mutating func add(_ law: (any NoiseLaw)?, samplingRate: Double, count: Int) {
    guard let law, law.nodeCount <= Self.largestNodeCount,
      Self.resolvedScales.contains(law.scale), samplingRate >= Self.resolvedScales.lowerBound,
      count <= Self.largestCount
    else {
      limit = .tooManyOutcomes
      return
    }
    steps.append((law, samplingRate, count))
  }

  private static let largestNodeCount = 0x1p22
  private static let largestCount = 1 << 40
  /// Of one step's loss without sampling; with it, of the sampling rate.
  private static let resolvedScales = 1e-60...1e3
}

extension AdditiveNoise {
  /// Whether no pair of laws is known to be the worst: distances in several coordinates are bounded in
  /// two norms.
  fileprivate var hasDivergencesAlone: Bool {
    switch self {
    case .gaussian, .laplace, .discreteGaussian, .discreteLaplace: false
    case .discreteGaussianSum, .skellam: true
    }
  }

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
    case .discreteGaussianSum, .skellam:
      nil
    }
  }
}
