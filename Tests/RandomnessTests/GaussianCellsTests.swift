import Foundation
import Testing
import _TestSupport

@testable import Randomness

@Suite struct GaussianCellsTests {
  static let variances = [
    RationalVariance(1, over: 1 << 20), RationalVariance(1, over: 4), RationalVariance(1),
    RationalVariance(7, over: 3), RationalVariance(63 * 63), RationalVariance(64 * 64),
    RationalVariance(100_000, over: 3), RationalVariance(squareOf: 1 << 30),
    RationalVariance(squareOf: 3 << 33), RationalVariance(squareOf: 1 << 36),
  ]

  private static func curve(_ variance: RationalVariance, _ y: UInt64) -> Double {
    exp(-Double(y) * Double(y) * Double(variance.denominator) / (2 * Double(variance.numerator)))
  }

  private static func cells(_ variance: RationalVariance) -> GaussianCells {
    GaussianCells(variance, deciding: GaussianCurve(variance))
  }

  /// Closed cells lie below the curve at the end of their bin, and the bins' cells reach up to the curve
  /// at their start.
  @Test(arguments: variances) func theCellsCoverTheCurve(variance: RationalVariance) {
    let cells = Self.cells(variance)
    let height = Double(sign: .plus, exponent: -cells.levelBits, significand: 1)
    let ends = cells.firstOfBin.dropFirst() + [cells.cells.count - 1]
    for (bin, (start, end)) in zip(cells.firstOfBin, ends).enumerated() {
      let isOpen = cells.cells[start..<end].map { $0 & GaussianCells.open != 0 }
      #expect(cells.cells[start..<end].allSatisfy { $0 & ~GaussianCells.open == UInt16(bin) })
      let closed = isOpen.prefix { !$0 }.count
      #expect(isOpen.dropFirst(closed).allSatisfy { $0 })
      let first = UInt64(bin) << UInt64(cells.binBits)
      let last = first + (1 << UInt64(cells.binBits)) - 1
      #expect(Double(closed) * height <= Self.curve(variance, last) + 1e-12)
      #expect(Double(end - start) * height >= Self.curve(variance, first) - 1e-12)
    }
    #expect(cells.tailStart == UInt64(cells.firstOfBin.count) << UInt64(cells.binBits))
  }

  /// What makes the probabilities of the tail probabilities.
  @Test(arguments: variances) func theTailFallsFastEnough(variance: RationalVariance) {
    let cells = Self.cells(variance)
    let block = UInt64(1) << UInt64(cells.tailBlockBits)
    // The tail's cell holds at least what its first block would at twice the height of its start.
    let cell = pow(2, Double(cells.binBits - cells.levelBits))
    #expect(2 * Self.curve(variance, cells.tailStart) * Double(block) <= cell)
    let (one, next) = (
      Self.curve(variance, cells.tailStart), Self.curve(variance, cells.tailStart + block)
    )
    #expect(next <= one / 2)
  }

  /// The tail alone, each number and how often there is one.
  @Test(arguments: [RationalVariance(64), RationalVariance(900), RationalVariance(10_000)])
  func theTailHasItsProbabilities(variance: RationalVariance) {
    let cells = Self.cells(variance)
    var stream = RandomStream(StreamKey(seed: 421))
    let trials = 20_000
    let sample = (0..<trials).compactMap { _ in cells.tail { stream.uniformWord() } }
    #expect(sample.allSatisfy { $0 >= cells.tailStart })
    let weights = (UInt64(0)..<1000).map { Self.curve(variance, cells.tailStart + $0) }
    let total = weights.reduce(0, +)
    let p = GoodnessOfFit.binomial(
      successes: sample.count, trials: trials,
      probability: total * pow(2, Double(cells.levelBits - cells.binBits)))
    #expect(p > AlarmBudget.perCheck)
    expectWholeNumbers(sample.map { Int($0 - cells.tailStart) }, reach: 999) {
      $0 < 0 ? 0 : weights[$0] / total
    }
  }

  /// 67 heads in a row, which chance will not give: block 67, and there only a height of as many zeros
  /// as e^-x has is below the curve.
  @Test func farBlocksAreReached() {
    let variance = RationalVariance(64)
    let cells = Self.cells(variance)
    let far = cells.tailStart + 67 << UInt64(cells.tailBlockBits) + 3
    var words: [UInt64] = [0, 1 << 60, 3]
    let reached = cells.tail { words.isEmpty ? 0 : words.removeFirst() }
    #expect(reached == far)
    words = [0, 1 << 60, 3, .max]
    let missed = cells.tail { words.isEmpty ? 0 : words.removeFirst() }
    #expect(missed == nil)
  }

  /// The words that would favor some cells, and zero's second sign.
  @Test func someWordsDecideNothing() {
    let cells = Self.cells(RationalVariance(1))
    var stream = RandomStream(StreamKey(seed: 422))
    let count = UInt32(cells.cells.count)
    #expect((1 << 32) % UInt64(count) == UInt64(cells.rejectedBelow) && cells.rejectedBelow > 0)
    // Their product with the number of cells is 0, and below the bound by one, modulo 2^32.
    #expect(cells.sample(0, 0, more: &stream) == nil)
    let taken = (UInt32.min...1000).first { ($0 &* count) >= cells.rejectedBelow }!
    #expect(cells.sample(taken, 0, more: &stream) == 0)
    #expect(cells.sample(taken, 1 << 31, more: &stream) == nil)
  }
}
