import CGSL
import Randomness
import Testing
import _TestSupport

@Suite struct RandomStreamSelectionTests {
  @Test func everyOrderIsEquallyLikely() {
    var stream = RandomStream(StreamKey(seed: 31))
    var counts: [[Int]: Int] = [:]
    for _ in 0..<24_000 {
      var elements = [0, 1, 2, 3]
      stream.shuffle(&elements)
      counts[elements, default: 0] += 1
    }
    #expect(counts.keys.allSatisfy { $0.sorted() == [0, 1, 2, 3] })
    #expect(pValue(ofEqualCounts: counts.map(\.value), cells: 24) > AlarmBudget.perCheck)
  }

  @Test func shufflingNothingDrawsNothing() {
    var stream = RandomStream(StreamKey(seed: 32))
    var fresh = RandomStream(StreamKey(seed: 32))
    var none: [Int] = []
    var one = ["a"]
    stream.shuffle(&none)
    stream.shuffle(&one)
    #expect(none.isEmpty && one == ["a"])
    let next = stream.uniform()
    let first = fresh.uniform()
    #expect(next == first)
  }

  @Test(arguments: [(0, 0), (0, 5), (5, 5), (1, 1000), (300, 1000), (999, 1000), (3, Int.max)])
  func withoutReplacementIsAscendingAndDistinct(count: Int, population: Int) {
    var stream = RandomStream(StreamKey(seed: 33))
    let sample = stream.sampleWithoutReplacement(count, outOf: population)
    #expect(sample.count == count)
    #expect(sample.allSatisfy { (0..<population).contains($0) })
    #expect(zip(sample, sample.dropFirst()).allSatisfy(<))
  }

  @Test(arguments: [(1, 6, 6), (2, 6, 15), (3, 6, 20), (5, 6, 6)])
  func everySubsetIsEquallyLikely(count: Int, population: Int, subsets: Int) {
    var stream = RandomStream(StreamKey(seed: 34))
    var counts: [[Int]: Int] = [:]
    for _ in 0..<20_000 {
      counts[stream.sampleWithoutReplacement(count, outOf: population), default: 0] += 1
    }
    #expect(pValue(ofEqualCounts: counts.map(\.value), cells: subsets) > AlarmBudget.perCheck)
  }

  /// The inclusion counts of N samples of k out of M have variance N (k/M) (1 - k/M) and sum to N k,
  /// so Pearson's statistic is chi-square once divided by (1 - k/M) M / (M - 1).
  @Test func inclusionsOfALargerSampleAreEven() {
    var stream = RandomStream(StreamKey(seed: 35))
    var inclusions = [Double](repeating: 0, count: 100)
    for _ in 0..<5000 {
      for index in stream.sampleWithoutReplacement(30, outOf: 100) { inclusions[index] += 1 }
    }
    let pearson = inclusions.reduce(0) { $0 + ($1 - 1500) * ($1 - 1500) / 1500 }
    let statistic = pearson / (0.7 * 100 / 99)
    #expect(gsl_cdf_chisq_Q(statistic, 99) > AlarmBudget.perCheck)
  }

  @Test(arguments: [(0.01, 500), (0.3, 40), (0.9, 40)])
  func poissonSampleSizesAreBinomial(rate: Double, population: Int) {
    var stream = RandomStream(StreamKey(seed: 36))
    let sizes = (0..<10_000).map { _ in
      stream.poissonSample(rate: rate, outOf: population).count
    }
    #expect(binomialPValue(of: sizes, population, rate) > AlarmBudget.perCheck)
  }

  /// All sixteen subsets of four: rates, independence and the order of indices at once.
  @Test(arguments: [0.1, 0.5, 0.8]) func poissonSamplesAreIndependent(rate: Double) {
    var stream = RandomStream(StreamKey(seed: 37))
    var counts = [Int](repeating: 0, count: 16)
    for _ in 0..<60_000 {
      let sample = stream.poissonSample(rate: rate, outOf: 4)
      #expect(zip(sample, sample.dropFirst()).allSatisfy(<))
      counts[sample.reduce(0) { $0 | 1 << $1 }] += 1
    }
    let expected = (0..<16).map { subset in
      (0..<4).reduce(60_000.0) { $0 * (subset >> $1 & 1 == 1 ? rate : 1 - rate) }
    }
    #expect(
      GoodnessOfFit.chiSquare(observed: counts, expected: expected) > AlarmBudget.perCheck)
  }

  @Test func extremePoissonSamples() {
    var stream = RandomStream(StreamKey(seed: 38))
    let certain = [
      stream.poissonSample(rate: 0, outOf: 1000),
      stream.poissonSample(rate: 1, outOf: 1000),
      stream.poissonSample(rate: 0.5, outOf: 0),
      stream.poissonSample(rate: .leastNonzeroMagnitude, outOf: 1 << 53),
    ]
    #expect(certain == [[], Array(0..<1000), [], []])
    let sparse = stream.poissonSample(rate: 0x1p-43, outOf: 1 << 53)
    #expect(GoodnessOfFit.standardNormal((Double(sparse.count) - 1024) / 32) > AlarmBudget.perCheck)
    #expect(zip(sparse, sparse.dropFirst()).allSatisfy(<))
    #expect(sparse.allSatisfy { (0..<1 << 53).contains($0) })
  }

  private func pValue(ofEqualCounts counts: [Int], cells: Int) -> Double {
    let unseen = [Int](repeating: 0, count: cells - counts.count)
    let expected = Double(counts.reduce(0, +)) / Double(cells)
    return GoodnessOfFit.chiSquare(
      observed: counts + unseen, expected: [Double](repeating: expected, count: cells))
  }
}
