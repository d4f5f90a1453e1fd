import Accounting
import Foundation
import Randomness
import Statistics
import Testing

@testable import Auditing

@Suite struct MechanismGameTests {
  private static func epsilon(
    _ event: PrivacyEvent, relation: NeighboringRelation
  ) throws -> PrivacyBound {
    var spent = PrivacyLossAccountant(relation: relation)
    try spent.compose(event)
    return try spent.epsilon(atDelta: delta)
  }

  private static let delta = 1e-6

  /// Where the loss is limited, a few thousand runs prove most of it. At 99.9 %, each bound is above the truth
  /// with probability 1e-3 at most, so that any of these is with 2 %.
  @Test(arguments: [
    (PrivacyEvent.laplace(noiseMultiplier: 0.5), NeighboringRelation.addOrRemoveOne),
    (.laplace(noiseMultiplier: 1), .replaceOne),
    (.laplace(noiseMultiplier: 1), .addOrRemoveOne),
    (.discreteLaplace(scale: 1.5, sensitivity: 2), .addOrRemoveOne),
    (.discreteLaplace(scale: 2, sensitivity: 2), .replaceOne),
    (.randomizedResponse(noiseParameter: 0.5, bucketCount: 4), .replaceOne),
    (.randomizedResponse(noiseParameter: 0.5, bucketCount: 4), .zeroOut),
  ])
  func limitedLossesAreFound(event: PrivacyEvent, relation: NeighboringRelation) async throws {
    let truth = try Self.epsilon(event, relation: relation)
    let game = try MechanismGame(event, relation: relation)
    let confidence = try #require(Confidence(0.999))
    let many = try await game.runScores(4000, key: StreamKey(seed: 81), threads: 2)
      .heldOutAudit(for: .epsilon(delta: Self.delta))
      .epsilonLowerBound(delta: Self.delta, confidence: confidence)
    #expect(many <= truth.upper && many >= 0.6 * truth.lower, "\(many) of \(truth)")
    let one = try await game.canaryScores(4000, key: StreamKey(seed: 82), threads: 2)
      .epsilonLowerBound(guessing: [300, 1000], delta: Self.delta, confidence: confidence)
    #expect(one <= truth.upper && one >= 0.3 * truth.lower, "\(one) of \(truth)")
  }

  /// The same of Gaussian noise, where the error rates prove mu.
  @Test(arguments: [
    (PrivacyEvent.gaussian(noiseMultiplier: 1), NeighboringRelation.addOrRemoveOne),
    (.gaussian(noiseMultiplier: 3), .replaceOne),
    (.localGaussian(noiseMultiplier: 1), .zeroOut),
    (.repeated(.gaussian(noiseMultiplier: 4), count: 16), .addOrRemoveOne),
    (.discreteGaussian(standardDeviation: 3, sensitivity: 3), .addOrRemoveOne),
    (.discreteGaussian(standardDeviation: 6, sensitivity: 2), .replaceOne),
  ])
  func gaussianLossesAreFound(event: PrivacyEvent, relation: NeighboringRelation) async throws {
    let truth = try Self.epsilon(event, relation: relation)
    let scores = try await MechanismGame(event, relation: relation)
      .runScores(4000, key: StreamKey(seed: 83), threads: 2)
    let bound = try scores.heldOutAudit(for: .gaussian)
      .gaussianBound(confidence: #require(Confidence(0.999))).epsilon(atDelta: Self.delta)
    #expect(bound <= truth.upper && bound >= 0.5 * truth.lower, "\(bound) of \(truth)")
  }

  /// An adversary who compares likelihoods with 1 errs, with the unit and without it, as often as the total
  /// variation says: 1 - misses - false alarms = delta at epsilon 0, which the accountant brackets. Five
  /// standard deviations of 2 x 4000 runs are 0.056: a false alarm in 10^6.
  @Test(arguments: [
    (
      PrivacyEvent.repeated(
        .poissonSampled(.gaussian(noiseMultiplier: 0.5), samplingRate: 0.3), count: 5),
      NeighboringRelation.addOrRemoveOne
    ),
    (
      .repeated(
        .sampledWithoutReplacement(
          .gaussian(noiseMultiplier: 1), cohortSize: 3, populationSize: 6), count: 1),
      .replaceOne
    ),
    (.poissonSampled(.laplace(noiseMultiplier: 0.5), samplingRate: 0.4), .addOrRemoveOne),
    (
      .poissonSampled(.discreteGaussian(standardDeviation: 1, sensitivity: 2), samplingRate: 0.6),
      .zeroOut
    ),
    (.repeated(.gaussian(noiseMultiplier: 2), count: 3), .replaceOne),
  ])
  func sampledRoundsAreAsFarApartAsTheAccountantSays(
    event: PrivacyEvent, relation: NeighboringRelation
  ) async throws {
    var spent = PrivacyLossAccountant(relation: relation)
    try spent.compose(event)
    let distance = try spent.delta(atEpsilon: 0)
    let audit = try await MechanismGame(event, relation: relation)
      .runScores(4000, key: StreamKey(seed: 84), threads: 2).audit(threshold: 0)
    let found = 1 - Double(audit.missCount + audit.falseAlarmCount) / 4000
    #expect(
      found <= distance.upper + 0.056 && found >= distance.lower - 0.056, "\(found) of \(distance)")
  }

  /// At 95 %, bounds are above the truth in at most 5 % of cases. Of 200 cases, 26 or more would be so with
  /// probability 8e-6. Laplace noise is where a bound can be nearly as large as the truth.
  @Test(arguments: [PrivacyEvent.laplace(noiseMultiplier: 1), .gaussian(noiseMultiplier: 2)])
  func boundsHoldAsOftenAsTheyShould(event: PrivacyEvent) async throws {
    let truth = try Self.epsilon(event, relation: .addOrRemoveOne).lower
    let game = try MechanismGame(event, relation: .addOrRemoveOne)
    var (many, one) = (0, 0)
    for repetition in 0..<200 {
      let key = StreamKey(seed: 87).child(.replicate, UInt64(repetition))
      let bound = try await game.runScores(100, key: key.child(.phase, 0), threads: 1)
        .heldOutAudit(for: .epsilon(delta: Self.delta))
        .epsilonLowerBound(delta: Self.delta, confidence: .ninetyFivePercent)
      let guessed = try await game.canaryScores(200, key: key.child(.phase, 1), threads: 1)
        .audit(guessing: 40).epsilonLowerBound(delta: Self.delta, confidence: .ninetyFivePercent)
      if bound > truth { many += 1 }
      if guessed > truth { one += 1 }
    }
    #expect(many < 26)
    #expect(one < 26)
  }

  /// Floating-point noise is not as private as its formula (Mironov 2012): what the rounding of 1 + noise leaves
  /// in the low bits refutes the epsilon of 1/2 that Laplace noise of scale 2 has on paper, at 99.9 %. That is why
  /// the game's own score is computed without them.
  @Test func lowBitsOfNoiseGiveTheUnitAway() throws {
    var stream = RandomStream(StreamKey(seed: 89))
    let outcomes = (0..<8000).map { Double($0 % 2) + stream.laplace(scale: 2) }
    let scores = outcomes.map { abs($0) - abs($0 - 1) }
    let bound = try RunScores(
      without: scores.indices.filter { $0 % 2 == 0 }.map { scores[$0] },
      with: scores.indices.filter { $0 % 2 == 1 }.map { scores[$0] }
    ).heldOutAudit(for: .epsilon(delta: Self.delta))
      .epsilonLowerBound(delta: Self.delta, confidence: #require(Confidence(0.999)))
    #expect(bound > 0.5)
  }

  @Test func threadsChangeNothing() async throws {
    let game = try MechanismGame(
      .composed([
        .repeated(.poissonSampled(.gaussian(noiseMultiplier: 1), samplingRate: 0.5), count: 40),
        .laplace(noiseMultiplier: 2),
        .discreteGaussian(standardDeviation: 1.5, sensitivity: 1),
      ]), relation: .addOrRemoveOne)
    #expect(game.releaseCount == 42)
    let key = StreamKey(seed: 88)
    #expect(
      try await game.runScores(700, key: key, threads: 1)
        == game.runScores(700, key: key, threads: 3))
    #expect(
      try await game.canaryScores(700, key: key, threads: 1)
        == game.canaryScores(700, key: key, threads: 3))
  }

  @Test(arguments: [
    (PrivacyEvent.nonPrivate, NeighboringRelation.addOrRemoveOne, UnplayableReason.noNoise),
    (.composed([]), .addOrRemoveOne, .nothingIsReleased),
    (.takingTurns(.gaussian(noiseMultiplier: 1), unitCount: 3), .zeroOut, .turns),
    (.failure(probability: 0.1), .addOrRemoveOne, .choice),
    (.discreteLaplace(scale: 1e-12, sensitivity: 1), .addOrRemoveOne, .noiseOffTheGrid),
    (
      .randomizedResponse(noiseParameter: 0.5, bucketCount: 2), .addOrRemoveOne,
      .reportsShowPresence
    ),
    (
      .poissonSampled(
        .randomizedResponse(noiseParameter: 0.5, bucketCount: 2), samplingRate: 0.5), .zeroOut,
      .reportsShowTheCohort
    ),
    (
      .poissonSampled(.repeated(.gaussian(noiseMultiplier: 1), count: 2), samplingRate: 0.5),
      .addOrRemoveOne, .severalAnswersPerCohort
    ),
    (
      .sampledWithoutReplacement(.gaussian(noiseMultiplier: 1), cohortSize: 1, populationSize: 2),
      .addOrRemoveOne, .addingDisplacesAnother
    ),
    (.repeated(.gaussian(noiseMultiplier: 1), count: 1 << 50), .addOrRemoveOne, .tooManyReleases),
  ])
  func whatIsNotPlayedIsRefused(
    event: PrivacyEvent, relation: NeighboringRelation, reason: UnplayableReason
  ) {
    #expect(throws: AuditingError.cannotPlay(reason)) {
      try MechanismGame(event, relation: relation)
    }
  }

  @Test func canariesOfOneRunDoNotShareCohorts() async throws {
    let game = try MechanismGame(
      .sampledWithoutReplacement(.gaussian(noiseMultiplier: 1), cohortSize: 1, populationSize: 2),
      relation: .replaceOne)
    await #expect(throws: AuditingError.cannotPlay(.canariesShareCohorts)) {
      try await game.canaryScores(10, key: StreamKey(seed: 85), threads: 1)
    }
  }

  @Test func theGaussianConversionIsRefusedWhereItIsNotValid() async {
    await #expect(throws: AuditingError.notGaussian) {
      try await MechanismAudit.all(
        [.gaussianDP], of: .laplace(noiseMultiplier: 1), relation: .addOrRemoveOne, delta: 1e-5,
        confidence: .ninetyFivePercent,
        effort: .init(runs: 10, canaries: 1, guesses: [1], pooledRuns: 1),
        key: StreamKey(seed: 86), threads: 1)
    }
  }
}
