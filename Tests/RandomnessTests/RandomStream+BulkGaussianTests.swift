import CGSL
import CKernels
import Testing
import _TestSupport

@testable import Randomness

@Suite struct RandomStreamBulkGaussianTests {
  static let key = StreamKey(seed: 41)

  // MARK: Position

  /// Scalar draws, a fill of floats, more scalar draws, a fill of doubles, a scalar draw: each takes
  /// up where the one before left off, at the next block where a fill is concerned.
  @Test(arguments: [0, 1, 15, 16, 17, 255, 256, 257], [1, 256, 257, 600])
  func fillsAndDrawsNeverShareAWord(scalars: Int, count: Int) {
    var stream = RandomStream(Self.key)
    _ = draw(scalars, from: &stream)
    let floatBlock = UInt64((scalars + 15) / 16)
    var floats = [Float](repeating: .nan, count: count)
    stream.fillGaussian(&floats, standardDeviation: 1)
    #expect(floats == floatsFilled(from: floatBlock, count: count))

    let scalarBlock = floatBlock + 16 * UInt64((count + 255) / 256)
    let words = draw(17, from: &stream)
    #expect(words == keystream(from: scalarBlock, count: 17))

    let doubleBlock = scalarBlock + 2
    var doubles = [Double](repeating: .nan, count: count)
    stream.fillGaussian(&doubles, standardDeviation: 1)
    #expect(doubles == doublesFilled(from: doubleBlock, count: count))

    let lastBlock = doubleBlock + 16 * UInt64((count + 127) / 128)
    let last = draw(1, from: &stream)
    #expect(last == keystream(from: lastBlock, count: 1))
  }

  @Test func fillsJoinAtWholeBatches() {
    var whole = RandomStream(Self.key)
    var parts = RandomStream(Self.key)
    var all = [Float](repeating: 0, count: 512 + 100)
    var head = [Float](repeating: 0, count: 512)
    var tail = [Float](repeating: 0, count: 100)
    whole.fillGaussian(&all, standardDeviation: 2)
    parts.fillGaussian(&head, standardDeviation: 2)
    parts.fillGaussian(&tail, standardDeviation: 2)
    #expect(all == head + tail)
    let next = whole.uniform()
    let nextOfParts = parts.uniform()
    #expect(next == nextOfParts)
  }

  /// Every part by a stream of its own, the last part first.
  @Test(arguments: [0, 1, 256, 1000, 2048]) func partsMakeTheWhole(count: Int) {
    var whole = RandomStream(Self.key)
    _ = whole.uniform()
    var all = [Float](repeating: .nan, count: count)
    whole.fillGaussian(&all, standardDeviation: 2)
    let next = whole.uniform()

    var values = [Float](repeating: .nan, count: count)
    for start in stride(from: 0, through: count, by: 512).reversed() {
      var stream = RandomStream(Self.key)
      _ = stream.uniform()
      let range = start..<min(start + 512, count)
      stream.fillGaussian(&values, range: range, standardDeviation: 2)
      let nextOfPart = stream.uniform()
      #expect(nextOfPart == next)
    }
    #expect(values == all)
  }

  @Test func aPartLeavesTheRestAlone() {
    var values = [Float](repeating: 7, count: 1000)
    var stream = RandomStream(Self.key)
    stream.fillGaussian(&values, range: 256..<700, standardDeviation: 1)
    #expect(values[..<256].allSatisfy { $0 == 7 } && values[700...].allSatisfy { $0 == 7 })
    #expect(Array(values[256..<700]) == Array(floatsFilled(from: 0, count: 700)[256...]))
  }

  @Test func aShorterFillIsABeginning() {
    let long = doublesFilled(from: 0, count: 1000)
    for count in [0, 1, 127, 128, 129, 999] {
      #expect(doublesFilled(from: 0, count: count) == Array(long.prefix(count)))
    }
  }

  @Test func anEmptyFillMovesToTheNextBlock() {
    var stream = RandomStream(Self.key)
    _ = stream.uniform()
    var none: [Float] = []
    stream.fillGaussian(&none, standardDeviation: 1)
    let next = draw(1, from: &stream)
    #expect(next == keystream(from: 1, count: 1))
  }

  @Test func noValueComesTwice() {
    let values = doublesFilled(from: 0, count: 200_000)
    #expect(Set(values.map(\.magnitude)).count == values.count)
  }

  // MARK: Distribution

  @Test func floatsAreGaussian() {
    expectStandardNormal(floatsFilled(from: 1 << 20, count: 1 << 18).map(Double.init))
  }

  @Test func doublesAreGaussian() {
    expectStandardNormal(doublesFilled(from: 1 << 20, count: 1 << 18))
  }

  /// 2^23 samples: 531 are expected beyond four standard deviations and 4.8 beyond five.
  @Test func floatTailsHaveTheirWeight() {
    expectTails { stream, beyond in
      var values = [Float](repeating: 0, count: 1 << 15)
      for _ in 0..<256 {
        stream.fillGaussian(&values, standardDeviation: 1)
        for value in values where value.magnitude > 4 { beyond.append(Double(value)) }
      }
    }
  }

  @Test func doubleTailsHaveTheirWeight() {
    expectTails { stream, beyond in
      var values = [Double](repeating: 0, count: 1 << 15)
      for _ in 0..<256 {
        stream.fillGaussian(&values, standardDeviation: 1)
        for value in values where value.magnitude > 4 { beyond.append(value) }
      }
    }
  }

  @Test func neighborsAreUncorrelated() {
    expectUncorrelated(floatsFilled(from: 0, count: 1 << 18).map(Double.init))
    expectUncorrelated(doublesFilled(from: 0, count: 1 << 18))
  }

  /// The two samples of a pair share a radius: their squares, too, must not be related.
  @Test(arguments: [1, 2]) func theHalvesOfAPairAreIndependent(power: Int) {
    expectIndependentHalves(
      floatsFilled(from: 0, count: 1 << 18).map(Double.init), row: 16, power: power)
    expectIndependentHalves(doublesFilled(from: 0, count: 1 << 18), row: 8, power: power)
  }

  @Test func fillsOfDifferentKeysAreUncorrelated() {
    let rounds = (UInt64(0)..<8).map { round in
      var stream = RandomStream(Self.key.child(.round, round).child(.noise))
      var values = [Double](repeating: 0, count: 1 << 15)
      stream.fillGaussian(&values, standardDeviation: 1)
      return values
    }
    for (one, other) in zip(rounds, rounds.dropFirst()) { expectUncorrelated(one, other) }
  }

  // MARK: -

  private func expectTails(
    _ collect: (_ stream: inout RandomStream, _ beyondFour: inout [Double]) -> Void
  ) {
    var stream = RandomStream(Self.key.child(.noise, 1))
    var beyondFour: [Double] = []
    collect(&stream, &beyondFour)
    for threshold in [4.0, 5.0] {
      for sign in [-1.0, 1.0] {
        let p = GoodnessOfFit.binomial(
          successes: beyondFour.count { sign * $0 > threshold }, trials: 256 << 15,
          probability: gsl_cdf_ugaussian_Q(threshold))
        #expect(p > AlarmBudget.perCheck, "beyond \(sign * threshold)")
      }
    }
  }

  private func expectUncorrelated(_ sample: [Double]) {
    for lag in 1...16 {
      expectUncorrelated(Array(sample.dropLast(lag)), Array(sample.dropFirst(lag)))
    }
  }

  private func expectUncorrelated(_ one: [Double], _ other: [Double]) {
    let correlation = gsl_stats_correlation(one, 1, other, 1, one.count)
    let p = GoodnessOfFit.standardNormal(correlation * Double(one.count).squareRoot())
    #expect(p > AlarmBudget.perCheck)
  }

  private func expectIndependentHalves(_ sample: [Double], row: Int, power: Int) {
    var halves: (first: [Double], second: [Double]) = ([], [])
    for start in stride(from: 0, to: sample.count, by: 2 * row) {
      halves.first += sample[start..<start + row].map { power == 1 ? $0 : $0 * $0 }
      halves.second += sample[start + row..<start + 2 * row].map { power == 1 ? $0 : $0 * $0 }
    }
    expectUncorrelated(halves.first, halves.second)
  }

  private func draw(_ count: Int, from stream: inout RandomStream) -> [UInt32] {
    let generator = stream.generator
    return (0..<count).map { _ in UInt32(gsl_rng_get(generator)) }
  }

  private func floatsFilled(from block: UInt64, count: Int) -> [Float] {
    var stream = RandomStream(Self.key)
    tradeoff_chacha20_stream_seek(stream.state, block)
    var values = [Float](repeating: .nan, count: count)
    stream.fillGaussian(&values, standardDeviation: 1)
    return values
  }

  private func doublesFilled(from block: UInt64, count: Int) -> [Double] {
    var stream = RandomStream(Self.key)
    tradeoff_chacha20_stream_seek(stream.state, block)
    var values = [Double](repeating: .nan, count: count)
    stream.fillGaussian(&values, standardDeviation: 1)
    return values
  }

  /// Words of the key's stream from the block function, not from the stream.
  private func keystream(from block: UInt64, count: Int) -> [UInt32] {
    let blocks = (0..<UInt64((count + 15) / 16)).flatMap { index in
      let counter = block + index
      var words = [UInt32](repeating: 0, count: 16)
      let tail = [UInt32(truncatingIfNeeded: counter), UInt32(counter >> 32), 0, 0]
      Self.key.words.withWords { tradeoff_chacha20_block($0, tail, &words) }
      return words
    }
    return Array(blocks.prefix(count))
  }
}
