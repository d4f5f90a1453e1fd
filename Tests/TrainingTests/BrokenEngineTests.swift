import Accounting
import Auditing
import Mechanisms
import Randomness
import Statistics
import Testing

@testable import Training

/// Audits that must fire, and must not: each defect is looked for a hundred times in an engine that has
/// it, and as often in the engine as it is, in the same game.
@Suite struct BrokenEngineTests {
  /// The 800 audits of the sound engine together cry wolf with a probability of at most 8e-8, and so do
  /// the two below with one of 2e-10.
  static let confidence = Confidence(1 - 1e-10)!
  static let seeds: Range<UInt64> = 501..<601

  @Test(arguments: Defect.allCases) func everyDefectIsCaughtEveryTime(defect: Defect) throws {
    let run = DistinguishingRun(defect: defect, isBroken: true)
    let claimed = try run.claimedEpsilon()
    let bounds = try Self.seeds.map {
      try run.epsilonLowerBound(seed: $0, confidence: Self.confidence)
    }
    #expect(bounds.count { $0 > claimed } == bounds.count, "\(claimed), \(bounds.min()!)")
    #expect((1000 * claimed).rounded(.up) == (1000 * defect.published.claimed).rounded())
    #expect((1000 * bounds.min()!).rounded(.down) == (1000 * defect.published.audited).rounded())
  }

  @Test(arguments: Defect.allCases) func theSoundEngineIsNeverCaught(defect: Defect) throws {
    let run = DistinguishingRun(defect: defect, isBroken: false)
    let claimed = try run.claimedEpsilon()
    let bounds = try Self.seeds.map {
      try run.epsilonLowerBound(seed: $0, confidence: Self.confidence)
    }
    #expect(bounds.count { $0 > claimed } == 0, "\(claimed), \(bounds.max()!)")
  }

  /// No ledger shows a defect.
  @Test(arguments: Defect.allCases) func theClaimIsTheSame(defect: Defect) throws {
    let claims = try [false, true].map {
      try DistinguishingRun(defect: defect, isBroken: $0).claimedEpsilon()
    }
    #expect(claims[0] == claims[1])
    #expect(claims[0] > 0)
  }

  // MARK: Record and replay

  /// What a unit does to the sum, the divisor and the noise, a replay on two neighbors shows at once.
  @Test(arguments: [
    (Defect.sumForMean, "moves 3"), (.clippedTogether, "moves 7"),
    (.repeatedNoise, "noise that repeats"), (.realisedDivisor, "divisors"),
  ])
  func replayShowsTheDefect(defect: Defect, shown: String) throws {
    #expect(try replayed(nil) == ["moves 1"])
    #expect(try replayed(defect).contains(shown))
  }

  /// Two rounds of four units and a target that points the other way, with and without the target.
  private func replayed(_ defect: Defect?) throws -> [String] {
    let gaussian = GaussianMechanism(clippingNorm: 1, noiseMultiplier: 1)
    func run(population: Int, seeing earlier: ReplayedRun?) throws -> ReplayedRun {
      let (tape, log) = (Tape(), CohortLog())
      let taped = TapedMechanism(wrapped: gaussian, tape: tape, earlier: earlier?.tape)
      let key = StreamKey(seed: 405)
      let mechanism: any NoiseMechanism =
        switch defect {
        case .repeatedNoise: RepeatedNoise(wrapped: taped, key: key)
        case .realisedDivisor: RealisedDivisor(wrapped: taped)
        default: taped
        }
      let model = ModelInTraining(
        initialParameters: [0], layers: [0..<1], mechanism: mechanism, optimizer: .averaging(1),
        keys: NoiseKeys(key.child(.trial)))
      let sampler = LoggedSampler(wrapped: FullParticipation(unitCount: 5), log: log)
      let units = ScriptedRounds(population: population) { unit, _ in [unit < 4 ? 0.5 : -9] }
      func replay(_ source: some UpdateSource) throws -> ReplayedRun {
        try ReplayedRun(
          rounds: 2, tape: tape, log: log,
          of: Trainer(
            models: [model], sampler: sampler, source: source,
            keys: SharedKeys(key.child(.replicate))))
      }
      return switch defect {
      case .sumForMean: try replay(ContributionPerExample(units: units, examplesPerUnit: 3))
      case .clippedTogether: try replay(ClippedTogether(units: units))
      default: try replay(units)
      }
    }
    let all = try run(population: 5, seeing: nil)
    let gone = try run(population: 4, seeing: all)
    let moved = all.distance(from: gone, by: gaussian)
    return all.differences(from: gone) + ["moves \(Int(moved.rounded()))"]
  }

  // MARK: The engine as it is

  /// Where there is nothing to hide behind, the best adversary proves almost all that the ledger says: a
  /// bound from 20,000 runs with the target and as many without, which is to be 0.87 of the claim, give or
  /// take 0.015.
  @Test func oneRoundOfEverybodyIsAuditedTightly() throws {
    let gaussian = GaussianMechanism(clippingNorm: 1, noiseMultiplier: 1)
    var ledgers = [Ledger()]
    let scores = try [false, true].map { hasTarget -> [Double] in
      let source = ScriptedRounds(population: hasTarget ? 2 : 1) { unit, _ in [unit == 0 ? 0 : 9] }
      return try (0..<UInt64(20_000)).map { run -> Double in
        let key = StreamKey(seed: 406).child(.score, hasTarget ? 1 : 0).child(.trial, run)
        var trainer = Trainer(
          models: [
            ModelInTraining(
              initialParameters: [0], layers: [0..<1], mechanism: gaussian,
              optimizer: .averaging(1), keys: NoiseKeys(key))
          ],
          sampler: FullParticipation(unitCount: 2), source: source, keys: SharedKeys(key))
        ledgers = [Ledger()]
        _ = try trainer.runRound(1, charging: &ledgers)
        return 2 * Double(trainer.models[0].parameters[0])
      }
    }
    let bound = try RunScores(without: scores[0], with: scores[1]).audit(threshold: 0.5)
      .gaussianBound(confidence: Self.confidence).epsilon(atDelta: 1e-5)
    var accountant = PrivacyLossAccountant(relation: .addOrRemoveOne)
    try accountant.compose(ledgers[0].event)
    let claimed = try accountant.epsilonUpperBound(atDelta: 1e-5)
    #expect(bound <= claimed)
    #expect(bound >= 0.8 * claimed)
  }

  /// One run with many canaries proves less, but not nothing, and no more than the claim.
  @Test func oneRunWithCanariesProvesAPart() throws {
    let (canaryCount, delta) = (512, 1e-12)
    let key = StreamKey(seed: 407)
    var coins = RandomStream(key.child(.selection))
    let isIncluded = (0..<canaryCount).map { _ in coins.uniformInteger(below: 2) == 1 }
    let canaries = isIncluded.indices.filter { isIncluded[$0] }
    let units = ScriptedRounds(population: canaries.count) { unit, _ in
      var update = [Float](repeating: 0, count: canaryCount)
      update[canaries[unit]] = 1
      return update
    }
    var trainer = SingleTrainer(
      [Float](repeating: 0, count: canaryCount), FullParticipation(unitCount: canaryCount),
      GaussianMechanism(clippingNorm: 1, noiseMultiplier: 0.5), units,
      shared: SharedKeys(key.child(.replicate)), noise: NoiseKeys(key.child(.trial)))
    var ledger = Ledger()
    _ = try trainer.runRound(1, charging: &ledger)
    let bound = try CanaryScores(
      scores: trainer.parameters.map(Double.init), isIncluded: isIncluded
    )
    .audit(guessing: 128).epsilonLowerBound(delta: delta, confidence: Self.confidence)
    var accountant = PrivacyLossAccountant(relation: .addOrRemoveOne)
    try accountant.compose(ledger.event)
    #expect(bound <= (try accountant.epsilonUpperBound(atDelta: delta)))
    #expect(bound >= 1)
  }
}

extension Defect {
  /// What notebooks-md/17-does-the-guarantee-hold.md says of it: the claim rounded up, and the least of the
  /// bounds rounded down.
  fileprivate var published: (claimed: Double, audited: Double) {
    switch self {
    case .noiseOfTheMean: (0.399, 0.831)
    case .sumForMean: (0.399, 0.660)
    case .repeatedNoise: (0.634, 0.801)
    case .realisedDivisor: (0.435, 0.746)
    case .skippedEmptyRounds: (0.334, 0.746)
    case .clippedTogether: (0.435, 0.746)
    case .defaultSeed: (0.435, 0.801)
    case .sharedSeed: (0.634, 0.801)
    }
  }
}
