import Randomness
import Testing

@testable import LinearAlgebra

@Suite struct NoisedMeanTests {
  @Test(arguments: awkwardLengths, [0, 1, 2, 5])
  func lanesAreAddedInTheirOrder(count: Int, laneCount: Int) {
    let lanes = (0..<laneCount).map { samples(count, seed: UInt64($0)) }
    let before = samples(count, seed: 99).map(Double.init)
    for adding in [true, false] {
      var total = before
      sum(lanes: lanes, adding: adding, workers: .one, into: &total)
      for index in before.indices {
        let lanesSum = lanes.reduce(0.0) { $0 + Double($1[index]) }
        let expected = adding ? before[index] + lanesSum : lanesSum
        #expect(total[index].bitPattern == expected.bitPattern)
      }
    }
  }

  /// Longer than one worker's piece, and not a multiple of it.
  @Test(arguments: [2, 3, 8]) func lanesAddToTheSameBitsOnManyWorkers(workerCount: Int) {
    let lanes = (0..<3).map { samples(20_001, seed: UInt64($0)).map { 1e3 * $0 } }
    var one = samples(20_001, seed: 7).map(Double.init)
    var many = one
    sum(lanes: lanes, adding: true, workers: .one, into: &one)
    sum(lanes: lanes, adding: true, workers: Workers(count: workerCount), into: &many)
    #expect(many.bits == one.bits)
  }

  @Test(arguments: awkwardLengths + [8192, 8193, 20_001], [1, 2, 3, 8])
  func meansAreRoundedOnce(count: Int, workerCount: Int) {
    let total = samples(count, seed: 8).map { 100 * Double($0) }
    let noise = samples(count, seed: 9)
    let mean = noisedMean(of: total, scale: 0.1, workers: Workers(count: workerCount)) {
      range, drawn in
      for (place, index) in range.enumerated() { drawn[place] = noise[index] }
    }
    #expect(mean.bits == zip(total, noise).map { Float(($0 + Double($1)) * 0.1) }.bits)
  }

  /// What a caller draws for a range must be a part of one long fill, which starts at multiples of
  /// 256.
  @Test(arguments: [1, 255, 256, 8191, 8192, 8193, 65_537], [1, 2, 3, 8])
  func everyElementGetsItsOwnNoiseOnce(count: Int, workerCount: Int) {
    let mean = noisedMean(
      of: [Double](repeating: 0, count: count), scale: 1, workers: Workers(count: workerCount)
    ) { range, drawn in
      // The mean tells if a range starts elsewhere than it may.
      let isAligned = range.lowerBound.isMultiple(of: 256)
      for (place, index) in range.enumerated() { drawn[place] = isAligned ? Float(index) : -1 }
    }
    #expect(mean == (0..<count).map { Float($0) })
  }
}
