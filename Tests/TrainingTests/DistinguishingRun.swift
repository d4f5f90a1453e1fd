import Accounting
import Auditing
import LinearAlgebra
import Mechanisms
import Randomness
import Statistics

@testable import Training

/// Small runs of the engine in which an adversary looks for one unit, or for many canaries, at the neighbors
/// that show a defect best. Clipping norms are 1 unless stated, and units that are no target hand in zeros
/// or ones.
///
/// The adversary errs in 1.1e-3 of the runs that are clipped together, in 1e-3 of those that skip rounds and
/// have the target, and in none or no more than 5e-5 elsewhere. It would take nine errors in 64 runs for a
/// bound to miss the claim, which happens to less than one audit in 1e14. Of 64 guesses about canaries one is
/// wrong in 5e-3 of audits where a unit sends 64 times what it may, and four would have to be: one audit in
/// 1e10.
struct DistinguishingRun {
  let defect: Defect
  /// Else the engine is as it should be, and plays the same game.
  let isBroken: Bool

  static let canaryCount = 128
  static let guessCount = 64
  /// Of either kind.
  static let runCount = 64

  // MARK: Audits

  /// At which the claim is made. A bound from one run is void at failures more probable than its own.
  var delta: Double {
    switch defect {
    case .noiseOfTheMean, .sumForMean: 1e-12
    default: 1e-5
    }
  }

  /// What the adversary proves in one audit, of as many runs as it takes.
  func epsilonLowerBound(
    seed: UInt64, confidence: Confidence, runCount: Int = runCount
  ) throws -> Double {
    let key = StreamKey(seed: seed)
    switch defect {
    case .noiseOfTheMean, .sumForMean:
      var coins = RandomStream(key.child(.selection))
      let isIncluded = (0..<Self.canaryCount).map { _ in coins.uniformInteger(below: 2) == 1 }
      let canaries = isIncluded.indices.filter { isIncluded[$0] }
      let release = try transcript(canaries: canaries, key: key).means[0][0]
      return try CanaryScores(scores: release.map(Double.init), isIncluded: isIncluded)
        .audit(guessing: Self.guessCount)
        .epsilonLowerBound(delta: delta, confidence: confidence)
    default:
      let scores = try [false, true].map { hasTarget in
        try (0..<runCount).map { run in
          let key = key.child(.score, UInt64(hasTarget ? 1 : 0)).child(.trial, UInt64(run))
          return try score(transcript(hasTarget: hasTarget, key: key))
        }
      }
      return try RunScores(without: scores[0], with: scores[1]).audit(threshold: threshold)
        .epsilonLowerBound(delta: delta, confidence: confidence)
    }
  }

  /// What the run's ledger says that it cost.
  func claimedEpsilon() throws -> Double {
    let key = StreamKey(seed: 0)
    let transcript =
      switch defect {
      case .noiseOfTheMean, .sumForMean: try transcript(canaries: [], key: key)
      default: try transcript(hasTarget: false, key: key)
      }
    var accountant = PrivacyLossAccountant(relation: .addOrRemoveOne)
    try accountant.compose(transcript.event)
    return try accountant.epsilonUpperBound(atDelta: delta)
  }

  // MARK: Games

  /// What leaves a run.
  struct Transcript {
    /// `[model][round]`
    let means: [[[Float]]]
    let event: PrivacyEvent
  }

  /// Each of many canaries has a coordinate of its own.
  private func transcript(canaries: [Int], key: StreamKey) throws -> Transcript {
    let stated = GaussianMechanism(clippingNorm: 1, noiseMultiplier: 16)
    let units = ScriptedRounds(population: canaries.count) { unit, _ in
      var update = [Float](repeating: 0, count: Self.canaryCount)
      update[canaries[unit]] = 1
      return update
    }
    let everyone = FullParticipation(unitCount: Self.canaryCount)
    return switch (defect, isBroken) {
    case (.noiseOfTheMean, true):
      try run(units, everyone, NoiseOfTheMean(stated: stated), key: key)
    case (.sumForMean, true):
      try run(
        ContributionPerExample(units: units, examplesPerUnit: 64), everyone, stated, key: key)
    default:
      try run(units, everyone, stated, key: key)
    }
  }

  /// The target is the last unit.
  private func transcript(hasTarget: Bool, key: StreamKey) throws -> Transcript {
    let gaussian = GaussianMechanism(clippingNorm: 1, noiseMultiplier: 8)
    let two = FullParticipation(unitCount: 2)
    switch defect {
    case .noiseOfTheMean, .sumForMean:
      preconditionFailure("a game of canaries")
    case .repeatedNoise:
      let units = ScriptedRounds(population: hasTarget ? 2 : 1) { unit, round in
        [unit == 0 ? 0 : round == 1 ? 1 : -1]
      }
      return isBroken
        ? try run(units, two, RepeatedNoise(wrapped: gaussian, key: key), rounds: 2, key: key)
        : try run(units, two, gaussian, rounds: 2, key: key)
    case .realisedDivisor:
      let bulk = GaussianMechanism(clippingNorm: 1, noiseMultiplier: 8, sampler: .bulk)
      let zeros = [Float](repeating: 0, count: 256)
      let units = ScriptedRounds(population: hasTarget ? 3 : 2) { _, _ in zeros }
      let three = FullParticipation(unitCount: 3)
      return isBroken
        ? try run(units, three, RealisedDivisor(wrapped: bulk), key: key)
        : try run(units, three, bulk, key: key)
    case .skippedEmptyRounds:
      let units = ScriptedRounds(population: hasTarget ? 1 : 0) { _, _ in [1] }
      let coins = PoissonSampler(samplingRate: 0.9, unitCount: 1)
      let gaussian = GaussianMechanism(clippingNorm: 1, noiseMultiplier: 16)
      return isBroken
        ? try run(units, coins, SkippedEmptyRounds(wrapped: gaussian), rounds: 3, key: key)
        : try run(units, coins, gaussian, rounds: 3, key: key)
    case .clippedTogether:
      let others = 24
      let units = ScriptedRounds(population: hasTarget ? others + 1 : others) { unit, _ in
        [unit < others ? 1 : -1e6]
      }
      let everyone = FullParticipation(unitCount: others)
      return isBroken
        ? try run(ClippedTogether(units: units), everyone, gaussian, key: key)
        : try run(units, everyone, gaussian, key: key)
    case .defaultSeed:
      return try run(
        ScriptedRounds(population: hasTarget ? 2 : 1) { unit, _ in [unit == 0 ? 0 : 1] }, two,
        gaussian, noise: isBroken ? Self.defaultNoise : nil, key: key)
    case .sharedSeed:
      let units = ScriptedRounds(population: hasTarget ? 2 : 1) { unit, _ in [unit == 0 ? 0 : 1] }
      let coarse = GaussianMechanism(clippingNorm: 2, noiseMultiplier: 8)
      let noises = [0, isBroken ? 0 : 1].map { NoiseKeys(key.child(.trial, $0)) }
      return try run(units, two, [gaussian, coarse], noises: noises, key: key)
    }
  }

  private static let defaultNoise = NoiseKeys(StreamKey(seed: 1))

  /// What a run with the default seed and without the target releases: anybody can have it.
  private static let rehearsed: Double = {
    do {
      let run = DistinguishingRun(defect: .defaultSeed, isBroken: true)
      return Double(try run.transcript(hasTarget: false, key: StreamKey(seed: 2)).means[0][0][0])
    } catch {
      preconditionFailure("\(error)")
    }
  }()

  /// Higher where the run looks as if the target had taken part.
  private func score(_ transcript: Transcript) -> Double {
    let means = transcript.means.map { $0.map { $0.map(Double.init) } }
    return switch defect {
    case .noiseOfTheMean, .sumForMean: preconditionFailure("a game of canaries")
    case .repeatedNoise: 2 * (means[0][0][0] - means[0][1][0])
    case .realisedDivisor: -means[0][0].reduce(0) { $0 + $1 * $1 } / Double(means[0][0].count)
    case .skippedEmptyRounds: Double(means[0].count { $0 != [0] })
    case .clippedTogether: -means[0][0][0]
    case .defaultSeed: 2 * (means[0][0][0] - Self.rehearsed)
    case .sharedSeed: 2 * (means[0][0][0] - means[1][0][0] / 2)
    }
  }

  /// Decided on beforehand.
  private var threshold: Double {
    switch defect {
    case .noiseOfTheMean, .sumForMean: preconditionFailure("a game of canaries")
    case .repeatedNoise: 1
    // The mean square is (8 / 2)^2 or (8 / 3)^2, each to within a part of sqrt(2 / 256).
    case .realisedDivisor: -9.85
    case .skippedEmptyRounds: 1
    // Without the target the sum is 24, with it -25.
    case .clippedTogether: 0
    case .defaultSeed: 0.5
    case .sharedSeed: 0.25
    }
  }

  // MARK: The engine

  private func run(
    _ source: some UpdateSource, _ sampler: any CohortSampler, _ mechanism: any NoiseMechanism,
    rounds: Int = 1, noise: NoiseKeys? = nil, key: StreamKey
  ) throws -> Transcript {
    try run(
      source, sampler, [mechanism], noises: [noise ?? NoiseKeys(key.child(.trial))], rounds: rounds,
      key: key)
  }

  private func run(
    _ source: some UpdateSource, _ sampler: any CohortSampler, _ mechanisms: [any NoiseMechanism],
    noises: [NoiseKeys], rounds: Int = 1, key: StreamKey
  ) throws -> Transcript {
    let dimension =
      switch defect {
      case .noiseOfTheMean, .sumForMean: Self.canaryCount
      case .realisedDivisor: 256
      default: 1
      }
    let tapes = mechanisms.map { _ in Tape() }
    let models = mechanisms.indices.map { index in
      ModelInTraining(
        initialParameters: [Float](repeating: 0, count: dimension), layers: [0..<dimension],
        mechanism: mechanisms[index].taped(on: tapes[index]), optimizer: .averaging(dimension),
        keys: noises[index])
    }
    var trainer = Trainer(
      models: models, sampler: sampler, source: source, keys: SharedKeys(key.child(.replicate)))
    var ledgers = models.map { _ in Ledger() }
    for round in 1...rounds { _ = try trainer.runRound(round, charging: &ledgers) }
    return Transcript(
      means: tapes.map { $0.releases.map(\.release.mean) },
      event: .composed(ledgers.map(\.event)))
  }
}
