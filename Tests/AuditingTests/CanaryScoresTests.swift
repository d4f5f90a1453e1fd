import Randomness
import Statistics
import Testing

@testable import Auditing

@Suite struct CanaryScoresTests {
  private static func scores(
    _ count: Int, noiseMultiplier: Double, key: StreamKey
  ) throws -> CanaryScores {
    var coins = RandomStream(key.child(.cohort))
    let isIncluded = (0..<count).map { _ in coins.bernoulli(0.5) }
    let noise = IdealGaussian.scores(
      count, noiseMultiplier: noiseMultiplier, isIncluded: false, key: key.child(.noise))
    return try CanaryScores(
      scores: zip(noise, isIncluded).map { $0 + ($1 ? 1 : 0) }, isIncluded: isIncluded)
  }

  @Test func theEndsAreGuessed() throws {
    let scores = try CanaryScores(
      scores: [3, 1, 5, 2, 4], isIncluded: [true, false, true, true, false])
    #expect(scores.audit(guessing: 0).correctCount == 0)
    // 5 in, 1 out: both right.
    #expect(scores.audit(guessing: 2).correctCount == 2)
    // 5 and 4 in, of which 4 is wrong; 1 out.
    #expect(
      scores.audit(guessing: 3) == OneRunAudit(canaryCount: 5, guessCount: 3, correctCount: 2))
    // 2 out is wrong.
    #expect(scores.audit(guessing: 4).correctCount == 2)
    #expect(scores.audit(guessing: 5).correctCount == 3)
  }

  /// An adversary who cannot tell the scores apart must not learn the coins from their order.
  @Test func equalScoresAreGuessedByPlace() throws {
    for isIncluded in [[true, false], [false, true]] {
      let scores = try CanaryScores(scores: [1, 1], isIncluded: isIncluded)
      #expect(scores.audit(guessing: 2).correctCount == (isIncluded[0] ? 2 : 0))
    }
  }

  @Test func wrongScoresAreRefused() {
    #expect(throws: AuditingError.scoreIsNotANumber(index: 1)) {
      try CanaryScores(scores: [0, .nan], isIncluded: [true, false])
    }
    #expect(throws: AuditingError.unequalCounts(scores: 2, coins: 1)) {
      try CanaryScores(scores: [0, 1], isIncluded: [true])
    }
    #expect(throws: AuditingError.unequalCounts(scores: 0, coins: 0)) {
      try CanaryScores(scores: [], isIncluded: [])
    }
  }

  /// The published means for the ideal white-box attack at delta = 1e-5 are those of the best k+ = k-, which
  /// is chosen by them. A figure that is right fails in one of 1000 runs.
  @Test(arguments: [
    (1000, [(1.0, 0.18), (2, 0.76), (4, 1.37), (8, 2.91)], 24),
    (5000, [(1, 0.47), (2, 0.98), (4, 2.05), (8, 3.55)], 6),
    (20000, [(1, 0.50), (2, 1.16), (4, 2.25), (8, 4.11)], 4),
  ])
  func theBestMeansAreThePublishedOnes(
    canaries: Int, figures: [(epsilon: Double, mean: Double)], repetitions: Int
  ) throws {
    for (epsilon, mean) in figures {
      let noise = try IdealGaussian.noiseMultiplier(epsilon: epsilon, delta: 1e-5)
      let runs = try (0..<repetitions).map {
        try Self.scores(
          canaries, noiseMultiplier: noise,
          key: StreamKey(seed: 71).child(.replicate, UInt64($0)))
      }
      let counts = sequence(first: 10) { $0 * 7 / 4 / 2 * 2 }.prefix { $0 < canaries } + [canaries]
      let spreads = counts.map { count in
        Spread(
          runs.map {
            $0.audit(guessing: count).epsilonLowerBound(
              delta: 1e-5, confidence: .ninetyFivePercent)
          })
      }
      let best = try #require(spreads.max { $0.mean < $1.mean })
      #expect(best.agrees(with: mean, unit: 0.01), "\(canaries), \(epsilon): \(best), not \(mean)")
    }
  }

  /// At 95 %, the bound over five counts is above the truth in at most 5 % of runs. Of 200 runs, 26 or more
  /// would be so with probability 8e-6.
  @Test func theBoundOverSeveralCountsHolds() throws {
    for epsilon in [0.5, 2.0] {
      let noise = try IdealGaussian.noiseMultiplier(epsilon: epsilon, delta: 1e-5)
      let wrong = try (0..<200).count { repetition in
        try Self.scores(
          200, noiseMultiplier: noise,
          key: StreamKey(seed: 72).child(.replicate, UInt64(repetition))
        ).epsilonLowerBound(
          guessing: [10, 20, 50, 100, 200], delta: 1e-5, confidence: .ninetyFivePercent) > epsilon
      }
      #expect(wrong < 26)
    }
  }
}
