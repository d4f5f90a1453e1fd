import LinearAlgebra
import Randomness
import Testing

@Suite struct SumsTests {
  @Test(arguments: awkwardLengths) func theNormIsThatOfAPlainLoop(count: Int) {
    let values = samples(count, seed: 13)
    let squares = values.reduce(0.0) { $0 + Double($1) * Double($1) }
    let norm = euclideanNorm(values)
    #expect((norm - squares.squareRoot()).magnitude <= Double(count) * 0x1p-53 * norm)
  }

  @Test func wholeNormsAreExact() {
    #expect(euclideanNorm([]) == 0)
    #expect(euclideanNorm([3, -4]) == 5)
    #expect(euclideanNorm([Float](repeating: 3, count: 10_000)) == 300)
  }

  /// Squares of single precision fit in double precision at both ends.
  @Test(arguments: [Float.greatestFiniteMagnitude, 1e30, 1e-30, .leastNonzeroMagnitude])
  func extremeNormsNeitherOverflowNorVanish(magnitude: Float) {
    let norm = euclideanNorm([Float](repeating: -magnitude, count: 1 << 10))
    #expect((norm / (32 * Double(magnitude)) - 1).magnitude <= 0x1p-43)
    #expect(euclideanNorm([magnitude, 0, 0]) == Double(magnitude))
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity], [0, 8, 18])
  func normsOfWhatIsNotFiniteAreNotFinite(value: Float, place: Int) {
    var values = samples(19, seed: 14)
    values[place] = value
    #expect(!euclideanNorm(values).isFinite)
  }

  /// Against integer arithmetic: how many cells of the grid each value fills.
  @Test(arguments: awkwardLengths, [0, -20, -40])
  func gridSumsAreThoseOfIntegers(count: Int, exponent: Int) {
    let grid = Double(sign: .plus, exponent: exponent, significand: 1)
    var total = [Double](repeating: 0, count: count)
    var cells = [Int](repeating: 0, count: count)
    for seed in 0..<20 {
      let values = samples(count, seed: UInt64(seed)).map { 100 * $0 }
      add(values, scale: 1, onGrid: grid, to: &total)
      for index in 0..<count { cells[index] += Int(Double(values[index]) / grid) }
    }
    #expect(total == cells.map { Double($0) * grid })
  }

  @Test func gridSumsCutTowardsZero() {
    var total = [0.0, 0, 0, 0, 0.25]
    add([0.99, -0.99, 1.74, -1.76, 0], scale: 0.5, onGrid: 0.25, to: &total)
    #expect(total == [0.25, -0.25, 0.75, -0.75, 0.25])
  }

  @Test func gridSumsDoNotDependOnTheOrder() {
    let count = 301
    let parts = (0..<40).map { part in
      samples(count, seed: UInt64(part)).enumerated().map { index, value in
        index.isMultiple(of: 3) ? value * 1e4 : value * 1e-6
      }
    }
    let scales = (0..<40).map { 1 / Double($0 + 3) }
    var order = Array(parts.indices)
    var stream = RandomStream(StreamKey(seed: 15))
    let sums = (0..<5).map { _ in
      var total = [Double](repeating: 0, count: count)
      for part in order { add(parts[part], scale: scales[part], onGrid: 0x1p-30, to: &total) }
      stream.shuffle(&order)
      return total
    }
    for sum in sums { #expect(sum.bits == sums[0].bits) }
  }

  @Test(arguments: awkwardLengths) func scaledSumsAreThoseOfAPlainLoop(count: Int) {
    let values = samples(count, seed: 16)
    let before = samples(count, seed: 17).map(Double.init)
    var total = before
    add(values, scale: 0.1, to: &total)
    #expect(total == zip(before, values).map { $0 + 0.1 * Double($1) })
  }

  // MARK: Parts

  @Test(arguments: [0..<0, 0..<1, 5..<22, 0..<67, 30..<67])
  func partsAreTreatedLikeArraysOfTheirOwn(range: Range<Int>) {
    let values = samples(67, seed: 21)
    let part = Array(values[range])
    #expect(euclideanNorm(values, in: range) == euclideanNorm(part))
    let before = samples(67, seed: 22).map(Double.init)
    var total = before
    var partOfTotal = Array(before[range])
    add(values, in: range, scale: 0.3, onGrid: 0x1p-20, to: &total)
    add(part, scale: 0.3, onGrid: 0x1p-20, to: &partOfTotal)
    #expect(total[range].map(\.bitPattern) == partOfTotal.bits)
    for index in before.indices where !range.contains(index) {
      #expect(total[index].bitPattern == before[index].bitPattern)
    }
  }

  @Test(arguments: awkwardLengths) func buffersAreAddedCopiedAndCleared(count: Int) {
    let (one, other) = (samples(count, seed: 23), samples(count, seed: 24))
    var total = one.map(Double.init)
    add(other.map(Double.init), to: &total)
    #expect(total.bits == zip(one, other).map { Double($0) + Double($1) }.bits)
    var copied = one
    copy(other, into: &copied)
    #expect(copied.bits == other.bits)
    clear(&copied)
    #expect(copied.bits == [Float](repeating: 0, count: count).bits)
  }
}
