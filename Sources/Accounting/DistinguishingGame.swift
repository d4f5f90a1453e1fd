import Foundation

/// Lower bounds on epsilon and delta from attacks that an adversary can certainly carry out.
///
/// The data sets are the worst neighbors: the unit contributes the whole clipping norm in one
/// direction whenever it is in the cohort, nobody else contributes, and its replacement contributes
/// the opposite. The adversary looks at that direction of every noisy answer, adds the answers up,
/// weighted by how much each tells to first order (sampling rate / variance), and compares the sum
/// with a threshold (``ThresholdTest``). Looking at fewer or noisier answers than there are is also
/// an attack; so the bounds hold for every composition, and are good for one sampled mechanism with
/// many rounds, exact for Gaussian noise without sampling, for one Laplace release, continuous or
/// discrete, and for one randomized response.
struct DistinguishingGame {
  /// The probability, rounded down, that some release without noise shows the unit.
  private var exposure = 0.0
  /// That of all Gaussian answers about the whole population together.
  private var fullPrecision = 0.0
  private var sampled: [SampledRounds] = []
  /// The least Laplace noise of a release, if there was one.
  private var laplaceNoiseMultiplier = Double.infinity
  private var singleReleases: [SingleReleaseAttack] = []
  /// One run, where the best of several is published, and the probability that there is one.
  private var selections: [(run: DistinguishingGame, chance: Double)] = []
  private let failures: FailureCounts
  private let relation: NeighboringRelation

  init(against counts: MechanismCounts, relation: NeighboringRelation) {
    self.relation = relation
    failures = counts.failures
    var logUnexposed = 0.0
    for entry in counts.entries {
      let count = entry.count
      switch entry.mechanism {
      case .exposure(let samplingRate):
        logUnexposed += Double(count) * log1p(-samplingRate)
      case .noise(.gaussian(let precision)):
        fullPrecision += Double(count) * precision
      case .noise(.laplace(let noiseMultiplier)):
        laplaceNoiseMultiplier = min(laplaceNoiseMultiplier, noiseMultiplier)
      case .poissonSampled(.gaussian(let precision), let samplingRate):
        sampled.append(SampledRounds(count: count, precision: precision, rate: samplingRate))
      case .withoutReplacement(.gaussian(let precision), _, let cohortSize, let populationSize):
        let rate = Double(cohortSize) / Double(populationSize)
        sampled.append(SampledRounds(count: count, precision: precision, rate: rate))
      case .noise(.discreteLaplace(let scale, let sensitivity)):
        singleReleases.append(.discreteLaplace(scale: scale, sensitivity: sensitivity))
      case .randomizedResponse(let response):
        singleReleases.append(.report(response))
      case .selection(let selected):
        // With a score that is constant, the best run is any run.
        selections.append(
          (DistinguishingGame(against: selected.run, relation: relation), selected.chanceOfRunning))
      case .noise(.discreteGaussian), .noise(.discreteGaussianSum), .noise(.skellam),
        .poissonSampled, .withoutReplacement, .oneOf:
        // No attack on these is tried, which leaves a bound that is low, not one that is wrong.
        break
      }
    }
    let exposed = -expm1(logUnexposed)
    exposure = exposed < 1 ? exposed * (1 - Self.slack) : 1
    // Beyond it epsilon has overflowed anyhow, and infinite shifts would make no numbers.
    fullPrecision = min(fullPrecision, Self.largestPrecision)
  }

  /// A lower bound on epsilon at `delta`; infinite if a release without noise gives the unit away.
  func epsilon(delta: Double) -> Double {
    failures.epsilonLowerBound(atDelta: delta, others: epsilonWithoutFailures)
  }

  private func epsilonWithoutFailures(delta: Double) -> Double {
    if exposure > delta { return .infinity }
    var best = laplaceEpsilon(delta: delta)
    if fullPrecision > 0 {
      best = max(best, GaussianTradeoff(precision: fullPrecision).epsilon(delta: delta).lower)
    }
    for test in tests { best = max(best, test.epsilon(delta: delta)) }
    for attack in singleReleases { best = max(best, attack.epsilon(delta: delta)) }
    for selection in selections where delta < selection.chance {
      best = max(best, selection.run.epsilon(delta: delta / selection.chance))
    }
    return best
  }

  /// A lower bound on delta at `epsilon`.
  func delta(epsilon: Double) -> Double {
    var best = max(exposure, laplaceDelta(epsilon: epsilon))
    if fullPrecision > 0 {
      best = max(
        best, exp(GaussianTradeoff(precision: fullPrecision).logDelta(epsilon: epsilon).lower))
    }
    for test in tests { best = max(best, test.delta(epsilon: epsilon)) }
    for attack in singleReleases { best = max(best, attack.delta(epsilon: epsilon)) }
    for selection in selections {
      best = max(best, selection.chance * selection.run.delta(epsilon: epsilon))
    }
    return failures.outerDelta(lower: best, upper: 1).lower
  }

  /// Equal rounds on random cohorts.
  private struct SampledRounds {
    var count: Int
    var precision: Double
    var rate: Double

    /// How much the rounds tell to first order, as a precision.
    var information: Double { Double(count) * rate * rate * precision }
  }

  private var tests: [ThresholdTest] {
    guard let rounds = mostInformativeRounds else { return [] }
    let hypotheses: [ThresholdTest.Hypotheses] =
      relation == .replaceOne ? [.oppositeShifts] : [.shiftedAgainstNoise, .noiseAgainstShifted]
    // Sums blur single rounds, which tell more when noise is small and cohorts are rare.
    let counts = Set(stride(from: 0, through: 48, by: 4).map { max(1, rounds.count >> $0) })
    return counts.sorted().flatMap { count -> [ThresholdTest] in
      let fewer = SampledRounds(count: count, precision: rounds.precision, rate: rounds.rate)
      // What underflows tells nothing, and weights relative to it would make no numbers.
      guard fewer.information.isNormal else { return [] }
      let shift = shift(from: fewer)
      return hypotheses.map { ThresholdTest(hypotheses: $0, shift: shift) }
    }
  }

  /// All answers with at most some noise on cohorts of at least some rate, each brought down to
  /// these.
  ///
  /// The adversary can add noise to an answer, and a rarer cohort only makes smaller shifts. The
  /// noise and rate tried are those of the rounds themselves.
  private var mostInformativeRounds: SampledRounds? {
    let candidates = sampled.map { least in
      let count = sampled.filter { $0.precision >= least.precision && $0.rate >= least.rate }
        .reduce(0) { min($0 + $1.count, PrivacyEvent.largestCount) }
      // Fewer rounds keep the number of shifts in bounds, where epsilon is beyond use anyhow.
      let affordable = Self.largestVariance / (least.rate * (1 - least.rate))
      return SampledRounds(
        count: Int(min(Double(count), max(1, affordable))),
        precision: min(least.precision, Self.largestPrecision), rate: least.rate)
    }
    return candidates.max { $0.information < $1.information }
  }

  /// The shift of the weighted sum of all full and these sampled answers, in its standard
  /// deviations.
  private func shift(from rounds: SampledRounds) -> ShiftDistribution {
    let deviation = (fullPrecision + rounds.information).squareRoot()
    let step = rounds.rate * rounds.precision / deviation
    let spread = step * (Double(rounds.count) * rounds.rate * (1 - rounds.rate)).squareRoot()
    return ShiftDistribution(
      offset: fullPrecision / deviation, step: step, trials: rounds.count, rate: rounds.rate,
      resolution: spread / 16)
  }

  /// Laplace noise at distance 1 has delta = 1 - e^((epsilon - distance) / 2), which a threshold
  /// reaches.
  private func laplaceDelta(epsilon: Double) -> Double {
    max(0, -expm1((epsilon - 1 / laplaceNoiseMultiplier) / 2) * (1 - Self.slack))
  }

  private func laplaceEpsilon(delta: Double) -> Double {
    max(0, (1 / laplaceNoiseMultiplier + 2 * log1p(-delta)) * (1 - Self.slack))
  }

  private static let largestPrecision = 1e200
  private static let largestVariance = 1e6
  private static let slack = 1e-9
}
