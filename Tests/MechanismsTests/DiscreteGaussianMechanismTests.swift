import Accounting
import CGSL
import LinearAlgebra
import Randomness
import Testing
import _TestSupport

@testable import Mechanisms

@Suite struct DiscreteGaussianMechanismTests {
  static let key = StreamKey(seed: 811)

  private func released(
    _ updates: [[Float]], _ mechanism: DiscreteGaussianMechanism, divisor: Double = 1,
    dimension: Int, _ key: StreamKey = key, workers: Workers = .one
  ) throws -> [Float] {
    var ledger = Ledger()
    let release = try mechanism.released(
      updates, expectedCohortSize: divisor, dimension: dimension, noise: key, workers: workers,
      charging: &ledger)
    #expect(
      ledger.runs.map(\.event) == [.gaussian(noiseMultiplier: mechanism.noiseMultiplier)])
    return release.mean
  }

  @Test func itsEventIsThatOfItsNoiseMultiplier() throws {
    let mechanism = try DiscreteGaussianMechanism(clippingNorm: 0.25, noiseMultiplier: 1.5)
    #expect(mechanism.event == .gaussian(noiseMultiplier: 1.5))
    #expect(mechanism.noiseStandardDeviation > 0.375)
    #expect(mechanism.noiseStandardDeviation < 0.375 * (1 + 0x1p-20))
    #expect(mechanism.bound == .clipped(toNorm: 0.25, by: .flat))
  }

  /// Four checks: the noise of an empty cohort is normal with the declared standard deviation. That single
  /// draws have their exact probabilities is a test of the sampler.
  @Test(arguments: [1, 2])
  func theNoiseHasItsDeclaredStandardDeviation(workerCount: Int) throws {
    let mechanism = try DiscreteGaussianMechanism(clippingNorm: 0.5, noiseMultiplier: 1.1)
    let noise = try released(
      [], mechanism, divisor: 8, dimension: 40_000, workers: Workers(count: workerCount)
    ).map { Double($0) * 8 / mechanism.noiseStandardDeviation }
    #expect(
      GoodnessOfFit.kolmogorovSmirnov(noise, against: gsl_cdf_ugaussian_P) > AlarmBudget.perCheck)
    #expect(GoodnessOfFit.unitVariance(noise) > AlarmBudget.perCheck)
  }

  /// The pieces of a long vector, one against the next: one check.
  @Test func noPieceRepeatsAnother() throws {
    let mechanism = try DiscreteGaussianMechanism(clippingNorm: 1, noiseMultiplier: 1)
    let noise = try released([], mechanism, dimension: 20_000).map(Double.init)
    let (one, other) = (Array(noise.dropLast(2048)), Array(noise.dropFirst(2048)))
    let correlation = gsl_stats_correlation(one, 1, other, 1, one.count)
    let p = GoodnessOfFit.standardNormal(correlation * Double(one.count).squareRoot())
    #expect(p > AlarmBudget.perCheck)
    #expect(Set(noise).count > 19_900)
  }

  @Test(arguments: [2, 3, 8])
  func moreWorkersChangeNoBit(workerCount: Int) throws {
    let mechanism = try DiscreteGaussianMechanism(clippingNorm: 1, noiseMultiplier: 1)
    let updates = [StreamKey(seed: 812).vector(20_001)]
    let one = try released(updates, mechanism, divisor: 3, dimension: 20_001)
    let many = try released(
      updates, mechanism, divisor: 3, dimension: 20_001, workers: Workers(count: workerCount))
    #expect(many == one)
  }

  // MARK: Whole numbers

  @Test func sumsAreWholeNumbersOfSteps() {
    #expect(wholeSteps(-3 * 0x1p-40, of: 0x1p-40) == -3)
    #expect(wholeSteps(0x1.fffffffffffffp12, of: 0x1p-40) == (1 << 53) - 1)
    #expect(wholeSteps(-0, of: 0x1p-40) == 0)
  }

  @Test func additionSaturates() {
    #expect(saturatingSum(1 << 53, 1 << 60) == 1 << 53 + 1 << 60)
    #expect(saturatingSum(5, -7) == -2)
    #expect(saturatingSum(1, .max) == .max)
    #expect(saturatingSum(-1, .min) == .min)
    #expect(saturatingSum(.max, .min) == -1)
  }

  /// What a contribution adds to a release is what it adds to the sum, in whole steps: the noise is the same
  /// one with and without it, and no rounding comes between.
  @Test func contributionsAndNoiseAddAsWholeNumbers() throws {
    let mechanism = try DiscreteGaussianMechanism(clippingNorm: 1, noiseMultiplier: 0x1p-9)
    let updates = [[3, -1, 0.25, 0] as [Float], [1e-3, 1, 1, 1]]
    let sum = mechanism.makeSum(dimension: 4)
    for update in updates { sum.add(clipping: update) }
    let steps = sum.total.map { wholeSteps($0, of: 0x1p-30) }
    #expect(steps.map { Double($0) * 0x1p-30 } == sum.total)
    var stream = RandomStream(Self.key.child(.noise, 0))
    let noise = try GridNoise(clippingNorm: 1, noiseMultiplier: 0x1p-9)
    var drawn = [Int](repeating: 0, count: 4)
    noise.law.fill(&drawn, from: &stream)
    let expected = zip(steps, drawn).map { Float(Double($0 + $1) * 0x1p-30 / 5) }
    #expect(
      try zip(released(updates, mechanism, divisor: 5, dimension: 4), expected)
        .allSatisfy { ($0 / $1 - 1).magnitude < 0x1p-22 })
  }

  /// In whatever order and parts contributions come, their sum has the same bits.
  @Test func theOrderOfContributionsDoesNotMatter() throws {
    let mechanism = try DiscreteGaussianMechanism(clippingNorm: 0.3, noiseMultiplier: 2.5)
    let updates = (0..<50).map { Self.key.child(.client, $0).vector(300) }
    let (forward, backward) = (
      mechanism.makeSum(dimension: 300), mechanism.makeSum(dimension: 300)
    )
    let part = backward.makePart()
    for update in updates { forward.add(clipping: update) }
    for update in updates.reversed().prefix(20) { part.add(clipping: update) }
    for update in updates.reversed().dropFirst(20) { backward.add(clipping: update) }
    backward.add(part)
    #expect(forward.total == backward.total)
    #expect(
      forward.total.allSatisfy {
        let steps = $0 / mechanism.step!
        return steps == steps.rounded() && steps.magnitude < 0x1p53
      })
  }

  /// A contribution moves the sum by at most the clipping norm, in exact arithmetic on the steps; and by
  /// nearly that.
  @Test(arguments: [ClippingRule.flat, .perLayer, .automatic(stability: 0.01)])
  func theSensitivityHoldsOnTheGrid(rule: ClippingRule) throws {
    let mechanism = try DiscreteGaussianMechanism(
      clippingNorm: 0.7, rule: rule, noiseMultiplier: 0x1p10)
    for unit in UInt64(0)..<20 {
      let sum = mechanism.makeSum(layers: [0..<100, 100..<300])
      sum.add(clipping: Self.key.child(.client, unit).vector(300).map { $0 * 1000 })
      let squares = sum.total.reduce(UInt128(0)) {
        let steps = UInt128(wholeSteps($1, of: mechanism.step!).magnitude)
        return $0 + steps * steps
      }
      let norm = 0.7 / mechanism.step!
      #expect(Double(squares) <= norm * norm)
      #expect(Double(squares) > 0.99 * norm * norm)
    }
  }

  // MARK: Divisor, single release

  /// The noise is the same, and what differs is the sum over the expected cohort size.
  @Test(arguments: [0.5, 3, 10], [0, 1, 2, 20])
  func theDivisorIsPublic(divisor: Double, cohortSize: Int) throws {
    let mechanism = try DiscreteGaussianMechanism(clippingNorm: 5, noiseMultiplier: 0.01)
    let update: [Float] = [3, 2, 0]
    let empty = try released([], mechanism, divisor: divisor, dimension: 3)
    let full = try released(
      [[Float]](repeating: update, count: cohortSize), mechanism, divisor: divisor, dimension: 3)
    for index in 0..<3 {
      let mean = Double(full[index]) - Double(empty[index])
      let expected = Double(cohortSize) * Double(update[index]) / divisor
      #expect((mean - expected).magnitude <= 1e-6 * max(1, expected))
    }
  }

  @Test func aSumIsReleasedOnce() async {
    await #expect(processExitsWith: .failure) {
      let mechanism = try DiscreteGaussianMechanism(clippingNorm: 1, noiseMultiplier: 1)
      let sum = mechanism.makeSum(layers: [0..<3])
      for _ in 0..<2 {
        _ = mechanism.release(
          sum, expectedCohortSize: 1, noise: StreamKey(seed: 1), workers: .one)
      }
    }
  }

  @Test func aSumOffTheGridIsRefused() async {
    await #expect(processExitsWith: .failure) {
      let sum = GaussianMechanism(clippingNorm: 1, noiseMultiplier: 1).makeSum(layers: [0..<1])
      _ = try DiscreteGaussianMechanism(clippingNorm: 1, noiseMultiplier: 1)
        .release(sum, expectedCohortSize: 1, noise: StreamKey(seed: 1), workers: .one)
    }
  }

  /// What was rounded in Float before it came has no sensitivity on the grid.
  @Test func shardsAreRefused() async {
    await #expect(processExitsWith: .failure) {
      let sum = try DiscreteGaussianMechanism(clippingNorm: 1, noiseMultiplier: 1)
        .makeSum(layers: [0..<1])
      sum.add(shards: [[1]], outcomes: ClipOutcomes(), workers: .one)
    }
  }
}
