import Foundation
import LinearAlgebra
import Randomness
import Testing

@testable import Mechanisms

/// Gradients that are clipped where they arise: their factors, and the sum of their shards.
@Suite struct ShardTests {
  static let rules = [ClippingRule.flat, .perLayer, .automatic(stability: 0.01)]

  /// `[layer][example]`: short and long, even and uneven, nothing and nearly nothing.
  static let norms: [[Double]] = [
    [0, 3, 1e-30, 0.2, 1e15, 7, 0, 0.5], [0, 4, 1e-30, 0.1, 1e15, 1e-9, 2, 0.5],
  ]

  @Test func flatFactorsAreOfTheWholeNorm() {
    let (weights, outcomes) = weights(.clipped(toNorm: 1))
    for example in 0..<8 {
      let norm =
        (Self.norms[0][example] * Self.norms[0][example]
        + Self.norms[1][example] * Self.norms[1][example]).squareRoot()
      for layer in 0..<2 {
        expectFactor(weights[layer][example], norm > 1 ? 1 / norm : 1)
      }
    }
    #expect(outcomes.contributionCount == 8)
    #expect(outcomes.unclippedCount == 4)
    #expect(outcomes.isMeasured)
  }

  @Test func layersHaveFactorsOfTheirOwn() {
    let (weights, outcomes) = weights(.clipped(toNorm: 1, by: .perLayer))
    let share = 0.5.squareRoot()
    for layer in 0..<2 {
      for example in 0..<8 {
        let norm = Self.norms[layer][example]
        expectFactor(weights[layer][example], norm > share ? share / norm : 1)
      }
    }
    #expect(outcomes.unclippedCount == 4)
  }

  @Test func automaticFactorsScaleEverything() {
    let (weights, _) = weights(.clipped(toNorm: 1, by: .automatic(stability: 0.01)))
    for example in 0..<8 {
      let norm =
        (Self.norms[0][example] * Self.norms[0][example]
        + Self.norms[1][example] * Self.norms[1][example]).squareRoot()
      for layer in 0..<2 { expectFactor(weights[layer][example], 1 / (norm + 0.01)) }
    }
  }

  @Test func withoutABoundEveryFactorIsOne() {
    let (weights, outcomes) = weights(.unbounded)
    #expect(weights.joined().allSatisfy { $0 == 1 })
    #expect(outcomes.unclippedCount == 8)
  }

  /// The norm of what is left never exceeds the clipping norm, Float factors included, and leaves the
  /// room for rounding that shards need: 2^-8.
  @Test(arguments: rules, [1e-6, 1, 3e5])
  func aWeightedGradientIsWithinTheShardsLimit(rule: ClippingRule, clippingNorm: Double) {
    let (weights, _) = weights(.clipped(toNorm: clippingNorm, by: rule))
    for example in 0..<8 {
      let squares = (0..<2).reduce(0.0) {
        let norm = Double(weights[$1][example]) * Self.norms[$1][example]
        return $0 + norm * norm
      }
      #expect(squares.squareRoot() <= clippingNorm * (1 - 0x1p-8) * (1 + 0x1p-22))
    }
  }

  /// A model that has diverged has gradients so long that their factors fall among Float's subnormal
  /// numbers, where rounding is coarse: up to double the factor.
  @Test(arguments: rules, [1e-30, 1e-6, 1, 1e30])
  func theLongestGradientsAreWithinTheLimitToo(rule: ClippingRule, clippingNorm: Double) {
    let norms = (0...400).map { clippingNorm * pow(10, 30 + Double($0) / 10) }
    let squares = [norms.map { $0 * $0 }]
    var weights = [[Float](repeating: 1, count: norms.count)]
    var outcomes = ClipOutcomes()
    ContributionBound.clipped(toNorm: clippingNorm, by: rule).weigh(
      squaredNorms: squares, examples: norms.count, weights: &weights, noting: &outcomes)
    for (norm, weight) in zip(norms, weights[0]) {
      #expect(norm * Double(weight) <= clippingNorm * (1 - 0x1p-8) * (1 + 0x1p-22), "norm \(norm)")
    }
    #expect(weights[0][0] > 0)
  }

  // MARK: Sums

  @Test(arguments: [1, 2, 3, 8]) func shardsAddInDouble(workerCount: Int) {
    let shards = (0..<5).map { StreamKey(seed: 241).child(.client, $0).vector(9000) }
    let sum = ClippedSum(layers: [0..<9000], bound: .clipped(toNorm: 1))
    var outcomes = ClipOutcomes()
    for norm in [0.5, 2, 0.1] { outcomes.note(ClipOutcome(norm: norm, wasClipped: norm > 1)) }
    for _ in 0..<2 {
      sum.add(shards: shards, outcomes: outcomes, workers: Workers(count: workerCount))
    }
    for index in 0..<9000 {
      let expected = 2 * shards.reduce(0) { $0 + Double($1[index]) }
      #expect((sum.total[index] - expected).magnitude < 1e-13)
    }
    #expect(sum.contributionCount == 6)
    #expect(sum.unclippedBalance == 4 - 6.0 / 2)
  }

  // MARK: Outcomes

  @Test func outcomesAdd() {
    var (one, other) = (ClipOutcomes(), ClipOutcomes())
    one.note(ClipOutcome(norm: 2, wasClipped: true))
    one.note(ClipOutcome(norm: 0.5, wasClipped: false))
    other.note(ClipOutcome(norm: 3, wasClipped: true))
    one.add(other)
    #expect(one.contributionCount == 3 && one.unclippedCount == 1)
    #expect(one.normTotal == 5.5 && one.isMeasured)
    other.noteUnmeasured(0)
    #expect(other.isMeasured)
    other.noteUnmeasured(4)
    one.add(other)
    #expect(one.contributionCount == 8 && one.unclippedCount == 5)
    #expect(!one.isMeasured)
  }

  // MARK: -

  private func weights(_ bound: ContributionBound) -> ([[Float]], ClipOutcomes) {
    // One place more than there are examples: it stays as it is.
    var weights = [[Float]](repeating: [Float](repeating: 1, count: 9), count: 2)
    var outcomes = ClipOutcomes()
    bound.weigh(
      squaredNorms: Self.norms.map { $0.map { $0 * $0 } + [.nan] }, examples: 8,
      weights: &weights, noting: &outcomes)
    #expect(weights.allSatisfy { $0[8] == 1 })
    return (weights.map { Array($0[..<8]) }, outcomes)
  }

  /// At most the factor, and short of it by the room that shards leave.
  private func expectFactor(
    _ factor: Float, _ largest: Double, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(Double(factor) <= largest, sourceLocation: sourceLocation)
    #expect(Double(factor) >= largest * (1 - 0x1p-7), sourceLocation: sourceLocation)
  }
}
