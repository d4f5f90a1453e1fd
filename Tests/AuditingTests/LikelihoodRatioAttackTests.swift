import Randomness
import SpecialMath
import Testing

@testable import Auditing

@Suite struct LikelihoodRatioAttackTests {
  /// As SciPy's normal densities have them, each model without itself.
  @Test(arguments: LikelihoodRatioAttack.Variance.allCases)
  func scoresAreThoseOfSciPy(variance: LikelihoodRatioAttack.Variance) throws {
    let reference = try MembershipReference.read().ratios
    let models = try ShadowModels(logOdds: reference.values, isMember: reference.coins)
    let scores = LikelihoodRatioAttack.scores(of: models, variance: variance).flatMap { $0 }
    let expected = reference.scores(variance).flatMap { $0 }
    #expect(scores.count == 48 && expected.count == 48)
    for (score, expected) in zip(scores, expected) {
      #expect(abs(score - expected) <= 1e-10 * (1 + abs(expected)))
    }
  }

  /// Where members are surer by d and everything else is noise of deviation 1, the best attack's area is
  /// Phi(d / sqrt 2), whatever each example's own level, which hides it from a threshold for all. With 128
  /// models the fits cost less than 0.01 of it; 38,400 pairs leave an error of 0.003 (one standard error).
  @Test func itFindsWhatAGlobalThresholdDoesNot() throws {
    let (modelCount, exampleCount, distance) = (128, 300, 1.5)
    var stream = RandomStream(StreamKey(seed: 20_261_126))
    let levels = (0..<exampleCount).map { _ in stream.gaussian(standardDeviation: 20) }
    var (values, coins): ([[Double]], [[Bool]]) = ([], [])
    for _ in 0..<modelCount {
      let isMember = levels.map { _ in stream.uniform() < 0.5 }
      coins.append(isMember)
      values.append(
        zip(levels, isMember).map {
          $0 + ($1 ? distance : 0) + stream.gaussian(standardDeviation: 1)
        })
    }
    let models = try ShadowModels(logOdds: values, isMember: coins)
    let ideal = 1 - StandardNormal.upperTail(distance / 2.0.squareRoot())
    for variance in LikelihoodRatioAttack.Variance.allCases {
      let attack = LikelihoodRatioAttack.scores(of: models, variance: variance)
      let area = try models.curve(of: attack).area
      #expect(area > ideal - 0.025 && area < ideal + 0.015, "\(area)")
    }
    let threshold = try models.curve(of: values)
    #expect(threshold.area < 0.56)
  }

  /// Coins that no model has seen: one half, within 5 standard errors of 0.0026 (a false alarm in a million).
  @Test func itFindsNothingWhereThereIsNothing() throws {
    var stream = RandomStream(StreamKey(seed: 7))
    let values = (0..<32).map { _ in (0..<1200).map { _ in stream.gaussian(standardDeviation: 1) } }
    let coins = values.map { $0.map { _ in stream.uniform() < 0.5 } }
    let models = try ShadowModels(logOdds: values, isMember: coins)
    let scores = LikelihoodRatioAttack.scores(of: models, variance: .pooled)
    #expect(abs(try models.curve(of: scores).area - 0.5) < 0.015)
  }

  /// An example that no other model was trained on.
  @Test func whatNothingIsKnownOfScoresZero() throws {
    let models = try ShadowModels(
      logOdds: [[1], [2], [3], [4]], isMember: [[true], [false], [false], [false]])
    for variance in LikelihoodRatioAttack.Variance.allCases {
      let scores = LikelihoodRatioAttack.scores(of: models, variance: variance)
      #expect(scores[0] == [0])
    }
  }

  @Test func theRateOfEachModelIsItsOwn() throws {
    let models = try ShadowModels(
      logOdds: [[1, 5], [2, 6], [3, 7], [4, 8]],
      isMember: [[true, true], [true, false], [false, false], [false, true]])
    #expect(models.truePositiveRates(of: models.logOdds, threshold: 5) == [0.5, 0, 1])
  }

  @Test func divergedModelsAreRefused() {
    let coins = [[Bool]](repeating: [true, false], count: 4)
    #expect(throws: AuditingError.scoreIsNotANumber(index: 5)) {
      try ShadowModels(logOdds: [[1, 2], [1, 2], [1, .infinity], [1, 2]], isMember: coins)
    }
    #expect(throws: AuditingError.tooFew(what: "shadow models", given: 3, least: 4)) {
      try ShadowModels(logOdds: [[1], [1], [1]], isMember: [[true], [true], [true]])
    }
  }
}
