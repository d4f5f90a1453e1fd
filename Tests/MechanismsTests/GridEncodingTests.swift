import Accounting
import Randomness
import Testing
import _TestSupport

@testable import Mechanisms

@Suite struct GridEncodingTests {
  static let key = StreamKey(seed: 601)

  static func encoding(
    _ dimension: Int, clippingNorm: Double = 1, granularity: Double = 0.01, bits: Int = 20,
    isRotated: Bool = true,
    redrawProbability: Double = GridEncoding.recommendedRedrawProbability
  ) -> GridEncoding {
    GridEncoding(
      dimension: dimension, clippingNorm: clippingNorm, granularity: granularity, bits: bits,
      isRotated: isRotated, redrawProbability: redrawProbability)
  }

  // MARK: Sensitivity

  static let hard: [@Sendable (Int) -> [Float]] = [
    { (dimension: Int) in Self.key.vector(dimension) },
    { (dimension: Int) in Self.key.vector(dimension).map { 1e20 * $0 } },
    { (dimension: Int) in Self.key.vector(dimension).map { 1e-20 * $0 } },
    { (dimension: Int) in (0..<dimension).map { $0 == 0 ? 1e30 : 0 } },
    { (dimension: Int) in [Float](repeating: 1, count: dimension) },
    { (dimension: Int) in [Float](repeating: .nan, count: dimension) },
    { (dimension: Int) in [Float](repeating: 0, count: dimension) },
  ]

  /// Record and replay: the same randomness on neighbors. What one unit moves the sum by, in whole
  /// numbers, is within both norms that the event states.
  @Test(arguments: [1, 3, 64, 250], [0.5, 0.05, 1e-3, 1e-8])
  func oneContributionMovesTheSumByItsSensitivity(dimension: Int, granularity: Double) throws {
    for (isRotated, redrawProbability) in [(true, 0.6), (true, 0), (false, 0.6), (false, 1e-3)] {
      let encoding = Self.encoding(
        dimension, granularity: granularity, isRotated: isRotated,
        redrawProbability: redrawProbability)
      let sensitivity = encoding.sensitivity
      #expect(sensitivity.dimension == encoding.gridDimension)
      let others = (0..<3).map { Self.key.child(.client, $0).vector(dimension) }
      for update in Self.hard {
        let without = total(others + [[Float](repeating: 0, count: dimension)], encoding)
        let with = total(others + [update(dimension)], encoding)
        let alone = total([update(dimension)], encoding, from: 3)
        let zero = total([[Float](repeating: 0, count: dimension)], encoding, from: 3)
        // The others' part is the same, so the difference is this unit's.
        let moved = zip(with, without).map { $0 - $1 }
        #expect(moved == zip(alone, zero).map { $0 - $1 })
        #expect(alone.reduce(0) { $0 + $1 * $1 } <= sensitivity.squaredL2)
        #expect(alone.reduce(0) { $0 + abs($1) } <= sensitivity.l1)
        #expect(zero.allSatisfy { $0 == 0 })
      }
    }
  }

  /// A clipped update is nearly as long as the bound on a fine grid, where rounding adds little.
  @Test func theBoundIsNearlyReached() {
    let encoding = Self.encoding(250, granularity: 1e-5)
    let alone = total([Self.key.vector(250)], encoding, from: 0)
    let squares = Double(alone.reduce(0) { $0 + $1 * $1 })
    #expect(squares >= 0.999 * Double(encoding.largestSquaredNorm))
  }

  /// (c + sqrt(d))^2 = 400, and 100 + 25 + sqrt(2 log(1 / beta)) (10 + 5).
  @Test(arguments: [
    (0, 400), (GridEncoding.recommendedRedrawProbability, 140), (0x1p-200, 374), (0x1p-400, 400),
  ])
  func theBoundIsThePapers(redrawProbability: Double, squaredNorm: Int) {
    let encoding = Self.encoding(
      100, clippingNorm: 10, granularity: 1, isRotated: false,
      redrawProbability: redrawProbability)
    #expect(abs(encoding.largestSquaredNorm - squaredNorm) <= 1)
  }

  @Test(arguments: [(1, 1), (2, 2), (3, 4), (64, 64), (65, 128), (7850, 8192), (1 << 22, 1 << 22)])
  func rotatedGridsHaveAPowerOfTwo(dimension: Int, gridDimension: Int) {
    #expect(GridEncoding.gridDimension(of: dimension, isRotated: true) == gridDimension)
    #expect(GridEncoding.gridDimension(of: dimension, isRotated: false) == dimension)
  }

  // MARK: Rounding

  /// With the wide bound no vector is drawn again, and every coordinate is right in expectation: two
  /// neighbors with a variance of f (1 - f) for a fraction f.
  @Test func roundingIsUnbiased() {
    let encoding = Self.encoding(4, granularity: 1, isRotated: false, redrawProbability: 0)
    let update: [Double] = [0.3, -0.7, 0.5, 0]
    var sums = [Double](repeating: 0, count: 4)
    let trials = 20_000
    for trial in 0..<trials {
      var stream = RandomStream(Self.key.child(.trial, UInt64(trial)))
      let steps = encoding.encoded(update, rotation: nil, rounding: &stream)
      for (index, step) in steps.enumerated() {
        #expect(abs(Double(step) - update[index]) < 1)
        sums[index] += Double(step)
      }
    }
    #expect(sums[3] == 0)
    for (sum, value) in zip(sums, update).prefix(3) {
      // The slack for rotating moves the mean by 2^-18 at most.
      let fraction = value - value.rounded(.down)
      let spread = (Double(trials) * fraction * (1 - fraction)).squareRoot()
      let z = (sum - Double(trials) * value) / spread
      #expect(GoodnessOfFit.standardNormal(max(0, abs(z) - 0.2)) > AlarmBudget.perCheck)
    }
  }

  /// A vector whose every coordinate lies between two numbers is often drawn again, and at most as often
  /// as stated.
  @Test func roundedVectorsAreShortEnough() {
    let encoding = Self.encoding(
      64, clippingNorm: 4, granularity: 1, isRotated: false, redrawProbability: 0.5)
    let wide = Self.encoding(
      64, clippingNorm: 4, granularity: 1, isRotated: false, redrawProbability: 0)
    let update = [Double](repeating: 0.5, count: 64)
    var tooLong = 0
    for trial in 0..<2000 {
      let key = Self.key.child(.round, UInt64(trial))
      var stream = RandomStream(key)
      var again = RandomStream(key)
      let steps = encoding.encoded(update, rotation: nil, rounding: &stream)
      #expect(steps.reduce(0) { $0 + $1 * $1 } <= encoding.largestSquaredNorm)
      let first = wide.encoded(update, rotation: nil, rounding: &again)
      if first.reduce(0, { $0 + $1 * $1 }) > encoding.largestSquaredNorm { tooLong += 1 }
    }
    #expect(Double(tooLong) <= 0.5 * 2000 + 6 * 500.squareRoot())
  }

  // MARK: Back again

  /// Without noise a sum comes back up to rounding: each coordinate within a step a contribution, and
  /// all together much nearer.
  @Test(arguments: [true, false], [1, 3, 64, 250])
  func sumsComeBack(isRotated: Bool, dimension: Int) {
    let encoding = Self.encoding(dimension, granularity: 1e-4, bits: 24, isRotated: isRotated)
    let updates = (0..<5).map {
      Self.key.child(.client, $0).vector(dimension).map { $0 / 100 }
    }
    let total = total(updates, encoding)
    let back = encoding.decoded(
      total, rotation: encoding.rotation(Self.key.child(.rotation)), divisor: 5)
    #expect(back.count == dimension)
    for index in 0..<dimension {
      let mean = updates.reduce(0) { $0 + $1[index] } / 5
      #expect(abs(back[index] - mean) < 1e-4)
    }
  }

  @Test(arguments: [2, 8, 31, 62])
  func residuesAreCentered(bits: Int) {
    let encoding = Self.encoding(1, bits: bits)
    let half = 1 << (bits - 1)
    for value in [0, 1, -1, half - 1, -half] {
      #expect(encoding.centered(encoding.residue(value)) == value)
      #expect(encoding.residue(value) < 1 << UInt64(bits))
    }
    #expect(encoding.centered(encoding.residue(half)) == -half)
    #expect(encoding.centered(encoding.residue(-half - 1)) == half - 1)
    #expect(encoding.centered(encoding.residue(2 * half + 1)) == 1)
  }

  /// One coordinate that holds everything is spread over all, and comes back.
  @Test func rotationsSpreadWhatSticksOut() {
    let rotation = RandomRotation(dimension: 1024, key: Self.key)
    var values = [Float](repeating: 0, count: 1024)
    values[77] = 32
    rotation.apply(to: &values)
    #expect(values.allSatisfy { abs(abs($0) - 1) < 1e-6 })
    rotation.undo(in: &values)
    for (index, value) in values.enumerated() {
      #expect(abs(value - (index == 77 ? 32 : 0)) < 1e-4)
    }
    #expect(rotation != RandomRotation(dimension: 1024, key: Self.key.child(.rotation)))
  }

  // MARK: The grid's step

  /// The equation that it solves.
  @Test(arguments: [(12, 4.0, 1.0), (16, 4, 0.1), (20, 2, 30)])
  func theModulusHoldsTheSpread(bits: Int, headroom: Double, noise: Double) throws {
    let granularity = try #require(
      GridEncoding.granularity(
        dimension: 250, clippingNorm: 0.3, bits: bits, isRotated: true, headroom: headroom,
        expectedCohortSize: 100, noiseMultiplier: noise))
    let half = granularity * Double(1 << bits) / (2 * headroom)
    let spread = 30.0 * 30 / 256 + noise * noise * 0.09 + 100 * granularity * granularity / 4
    #expect(abs(half * half / spread - 1) < 1e-12)
  }

  @Test func tooFewBitsHaveNoStep() {
    #expect(
      GridEncoding.granularity(
        dimension: 250, clippingNorm: 1, bits: 4, isRotated: true, headroom: 4,
        expectedCohortSize: 16, noiseMultiplier: 1) == nil)
  }

  // MARK: -

  private func total(
    _ updates: [[Float]], _ encoding: GridEncoding, from first: Int = 0
  ) -> [Int] {
    let dimension = encoding.dimension
    let sum = ClippedSum(
      layers: [0..<dimension], bound: .clipped(toNorm: encoding.clippingNorm),
      form: .encoded(encoding))
    sum.open(with: sum.bound, key: Self.key)
    for (place, update) in updates.enumerated() {
      sum.add(clipping: update, from: first + place)
    }
    return sum.total.map { Int($0) }
  }
}
