import LinearAlgebra
import Testing

@Suite struct NoisedMeanTests {
  @Test(arguments: awkwardLengths, [0, 1, 2, 5])
  func lanesAreAddedInTheirOrder(count: Int, laneCount: Int) {
    let lanes = (0..<laneCount).map { samples(count + 1, seed: UInt64($0)) }
    let before = samples(count + 1, seed: 99).map(Double.init)
    var total = before
    let range = min(1, count)..<count
    sum(lanes: lanes, range: range, into: &total)
    for index in before.indices {
      let lanesSum = lanes.reduce(0.0) { $0 + Double($1[index]) }
      let expected = range.contains(index) ? before[index] + lanesSum : before[index]
      #expect(total[index].bitPattern == expected.bitPattern)
    }
  }

  @Test func partsMakeTheWhole() {
    let lanes = (0..<3).map { samples(1000, seed: UInt64($0)).map { 1e3 * $0 } }
    var whole = samples(1000, seed: 7).map(Double.init)
    var parts = whole
    sum(lanes: lanes, range: 0..<1000, into: &whole)
    for range in [613..<1000, 0..<100, 100..<613] { sum(lanes: lanes, range: range, into: &parts) }
    #expect(parts.bits == whole.bits)
  }

  @Test(arguments: awkwardLengths) func meansAreRoundedOnce(count: Int) {
    let total = samples(count, seed: 8).map { 100 * Double($0) }
    let noise = samples(count, seed: 9)
    var mean = [Float](repeating: .nan, count: count)
    noisedMean(of: total, noise: noise, scale: 0.1, into: &mean)
    #expect(mean.bits == zip(total, noise).map { Float(($0 + Double($1)) * 0.1) }.bits)
  }
}
