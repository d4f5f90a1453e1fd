import Randomness
import Testing

@testable import Mechanisms

/// What one contribution can do to a sum: replayed on neighbors and compared with the bound.
@Suite struct ClippedSumTests {
  static let clippingNorms = [1e-6, 0.5, 1, 1.7, 3e5]
  static let magnitudes: [Float] = [1e-30, 1e-12, 1e-3, 1, 1e3, 1e12, 1e30]

  // MARK: Sensitivity

  /// Adding one contribution moves the sum by at most C, whatever its size, and by C when it is
  /// larger than C: short of it by the slack for rounding, 2^-30, and the cut to the grid, which
  /// takes less than 2^-30 C from each element.
  @Test(arguments: clippingNorms, magnitudes)
  func oneContributionMovesTheSumByTheClippingNormAtMost(clippingNorm: Double, magnitude: Float) {
    for dimension in [1, 2, 3, 17, 1000] {
      let key = StreamKey(seed: 201).child(.client, UInt64(dimension))
      let update = key.vector(dimension).map { $0 * magnitude }
      let others = (0..<4).map { key.child(.client, UInt64($0)).vector(dimension) }
      let without = total(others, clippingNorm, dimension)
      let with = total(others[..<2] + [update] + others[2...], clippingNorm, dimension)
      let distance = euclideanDistance(with, without)
      #expect(distance <= clippingNorm)
      let norm = euclideanDistance(
        update.map(Double.init), [Double](repeating: 0, count: dimension))
      let cut = Double(dimension).squareRoot() * 0x1p-30 * clippingNorm
      #expect(distance >= min(norm, clippingNorm * (1 - 0x1p-29)) * (1 - 0x1p-29) - cut)
    }
  }

  /// Under replace-one the worst case is an update and its opposite: twice the clipping norm.
  @Test(arguments: clippingNorms, [1, 2, 1000])
  func replacingAContributionMovesTheSumByTwiceTheClippingNorm(
    clippingNorm: Double, dimension: Int
  ) {
    let key = StreamKey(seed: 202)
    let others = (0..<3).map { key.child(.client, UInt64($0)).vector(dimension) }
    let update = key.vector(dimension).map { $0 * 1e9 }
    for (one, other) in [
      (update, update.map { -$0 }), (update, key.child(.client, 9).vector(dimension)),
      (update.map { $0 * 1e20 }, update.map { $0 * -1e-20 }),
    ] {
      let distance = euclideanDistance(
        total(others + [one], clippingNorm, dimension),
        total(others + [other], clippingNorm, dimension))
      #expect(distance <= 2 * clippingNorm)
    }
    let worst = euclideanDistance(
      total(others + [update], clippingNorm, dimension),
      total(others + [update.map { -$0 }], clippingNorm, dimension))
    let cut = 2 * Double(dimension).squareRoot() * 0x1p-30 * clippingNorm
    #expect(worst >= 2 * clippingNorm * (1 - 0x1p-29) - cut)
  }

  /// Vectors whose squares or sums tempt rounding upwards.
  @Test(arguments: [1, 2, 3, 4096, 100_000])
  func hardVectorsStayWithinTheClippingNorm(dimension: Int) {
    let clippingNorm = 1.3
    let zero = [Double](repeating: 0, count: dimension)
    let atTheBound = Float(clippingNorm / Double(dimension).squareRoot())
    var spike = [Float](repeating: 1e-30, count: dimension)
    spike[dimension / 2] = 1e30
    let alternating = (0..<dimension).map { Float($0.isMultiple(of: 2) ? 1e-3 : -1e3) }
    let hard = [
      [Float](repeating: atTheBound, count: dimension),
      [Float](repeating: atTheBound.nextUp, count: dimension),
      [Float](repeating: atTheBound.nextDown, count: dimension),
      [Float](repeating: .greatestFiniteMagnitude, count: dimension),
      [Float](repeating: -.leastNonzeroMagnitude, count: dimension),
      (0..<dimension).map { 1 / Float($0 + 1) }, spike, alternating,
    ]
    for update in hard {
      #expect(euclideanDistance(total([update], clippingNorm, dimension), zero) <= clippingNorm)
    }
    let largest = euclideanDistance(total([hard[3]], clippingNorm, dimension), zero)
    #expect(largest >= clippingNorm * (1 - 1e-6))
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func whatIsNotFiniteCountsAsZero(value: Float) {
    let good = StreamKey(seed: 203).vector(100)
    var bad = good
    bad[63] = value
    for bound in [ContributionBound.clipped(toNorm: 1), .unbounded] {
      let sum = ClippedSum(layers: [0..<100], bound: bound)
      sum.add(clipping: good)
      let before = sum.total
      let outcome = sum.add(clipping: bad)
      #expect(sum.total == before)
      #expect(!outcome.norm.isFinite)
      #expect(outcome.wasClipped)
    }
  }

  /// One element alone: what the whole vector with it adds, to the last bit.
  @Test(arguments: [
    ContributionBound.unbounded, .clipped(toNorm: 1.7), .clipped(toNorm: 1.7, by: .perLayer),
    .clipped(toNorm: 1.7, by: .automatic(stability: 0.01)),
  ])
  func oneElementAddsWhatItsVectorAdds(bound: ContributionBound) {
    for element in Self.magnitudes + Self.magnitudes.map(-) + [
      0, .infinity, .nan, 1.7, Float(1.7).nextDown,
    ] {
      let (sparse, dense) = (
        ClippedSum(layers: Self.layers, bound: bound), ClippedSum(layers: Self.layers, bound: bound)
      )
      for sum in [sparse, dense] { sum.add(clipping: StreamKey(seed: 210).vector(257)) }
      var update = [Float](repeating: 0, count: 257)
      update[39] = element
      let outcomes = (
        sparse.add(clippingElement: element, at: 39), dense.add(clipping: update)
      )
      #expect(outcomes.0.wasClipped == outcomes.1.wasClipped)
      #expect(sparse.total == dense.total)
      #expect(sparse.contributionCount == dense.contributionCount)
      #expect(sparse.unclippedCount == dense.unclippedCount)
    }
  }

  // MARK: Weights

  /// A weight multiplies what is left after clipping: at most that share of C, and all of it where the
  /// update is longer. What is not clipped keeps its direction and that share of its length.
  @Test(arguments: [ClippingRule.flat, .perLayer, .automatic(stability: 0.01)], [0, 0.3, 1])
  func aWeightedContributionMovesTheSumByItsShare(rule: ClippingRule, weight: Double) {
    let bound = ContributionBound.clipped(toNorm: 2, by: rule)
    for magnitude in [Float(1e-3), 1e4] {
      let update = StreamKey(seed: 208).vector(257).map { $0 * magnitude }
      let others = total([StreamKey(seed: 209).vector(257)], bound, Self.layers)
      let (sum, whole) = (
        ClippedSum(layers: Self.layers, bound: bound), ClippedSum(layers: Self.layers, bound: bound)
      )
      sum.add(clipping: StreamKey(seed: 209).vector(257))
      #expect(sum.total == others)
      let outcome = sum.add(clipping: update, weight: weight)
      let distance = euclideanDistance(sum.total, others)
      #expect(distance <= 2 * weight)
      #expect(outcome == whole.add(clipping: update))
      let zero = [Double](repeating: 0, count: 257)
      let share = weight * euclideanDistance(whole.total, zero)
      #expect((distance - share).magnitude < 1e-7)
    }
  }

  @Test func withoutABoundAWeightIsAFactor() {
    let sum = ClippedSum(layers: [0..<2], bound: .unbounded)
    sum.add(clipping: [3, -4], weight: 0.25)
    #expect(sum.total == [0.75, -1])
  }

  @Test(arguments: [-0.1, 1.000001]) func weightsBeyondTheBoundAreRefused(weight: Double)
    async
  {
    await #expect(processExitsWith: .failure) { [weight] in
      let sum = ClippedSum(layers: [0..<2], bound: .clipped(toNorm: 1))
      sum.add(clipping: [3, -4], weight: weight)
    }
  }

  // MARK: Rules

  static let layers = [0..<3, 3..<40, 40..<41, 41..<257]

  /// Record and replay under every rule: at most C, and all of C where every layer is longer than its
  /// share, or the whole is much longer than the stability.
  @Test(arguments: clippingNorms, magnitudes)
  func everyRuleKeepsTheClippingNorm(clippingNorm: Double, magnitude: Float) {
    let key = StreamKey(seed: 207)
    let update = key.vector(257).map { $0 * magnitude }
    let others = (0..<4).map { key.child(.client, $0).vector(257) }
    for rule in [ClippingRule.perLayer, .automatic(stability: 0.01)] {
      let bound = ContributionBound.clipped(toNorm: clippingNorm, by: rule)
      let distance = euclideanDistance(
        total(others + [update], bound, Self.layers), total(others, bound, Self.layers))
      #expect(distance <= clippingNorm)
      if magnitude >= 1e6 { #expect(distance >= clippingNorm * (1 - 1e-7)) }
    }
  }

  /// Each layer by itself: the short ones pass, the long ones are cut to the norm over the root of
  /// the number of layers.
  @Test func layersAreClippedApart() {
    let sum = ClippedSum(
      layers: [0..<2, 2..<4], bound: .clipped(toNorm: 2.0.squareRoot(), by: .perLayer))
    let outcome = sum.add(clipping: [30, -40, 0.25, 0.5])
    for (value, expected) in zip(sum.total, [0.6, -0.8, 0.25, 0.5]) {
      #expect((value - expected).magnitude < 1e-8)
    }
    #expect(outcome.wasClipped)
    #expect((outcome.norm - 2500.3125.squareRoot()).magnitude < 1e-12)
    #expect(!sum.add(clipping: [0.6, 0.7, 0.5, 0.5]).wasClipped)
  }

  /// g C / (|g| + stability), for small gradients as well: Bu et al. 2023, equation 4.
  @Test(arguments: [Float(1e-3), 1, 1e3]) func automaticClippingScalesEverything(size: Float) {
    let sum = ClippedSum(
      layers: [0..<2], bound: .clipped(toNorm: 2, by: .automatic(stability: 0.01)))
    sum.add(clipping: [3 * size, -4 * size])
    let factor = 2 / (5 * Double(size) + 0.01)
    #expect((sum.total[0] - 3 * Double(size) * factor).magnitude < 1e-7)
    #expect((sum.total[1] + 4 * Double(size) * factor).magnitude < 1e-7)
  }

  /// A zero gradient of AUTO-S stays zero, and one that is not finite counts as zero.
  @Test(arguments: [ClippingRule.perLayer, .automatic(stability: 0.01)])
  func everyRuleLeavesOutWhatIsNotFinite(rule: ClippingRule) {
    let sum = ClippedSum(layers: Self.layers, bound: .clipped(toNorm: 1, by: rule))
    let good = StreamKey(seed: 208).vector(257)
    sum.add(clipping: good)
    let before = sum.total
    for (place, value) in [(0, Float.nan), (39, .infinity), (256, -.infinity)] {
      var bad = good
      bad[place] = value
      #expect(sum.add(clipping: bad).wasClipped)
    }
    sum.add(clipping: [Float](repeating: 0, count: 257))
    #expect(sum.total == before)
  }

  // MARK: Parts

  /// Contributions collected apart make the same sum, to the bit, and leave the parts empty.
  @Test(arguments: [ContributionBound.clipped(toNorm: 0.3), .clipped(toNorm: 2, by: .perLayer)])
  func partsMakeTheWhole(bound: ContributionBound) {
    let updates = (0..<30).map { StreamKey(seed: 209).child(.client, $0).vector(257) }
    let whole = total(updates, bound, Self.layers)
    let sum = ClippedSum(layers: Self.layers, bound: bound)
    let parts = (0..<3).map { _ in sum.makePart() }
    for round in 0..<2 {
      for (index, update) in updates.enumerated() { parts[index % 3].add(clipping: update) }
      for part in parts.reversed() { sum.add(part) }
      #expect(sum.total == whole)
      #expect(sum.contributionCount == 30)
      if round == 0 {
        sum.empty()
        for part in parts { part.prepare(for: sum) }
      }
    }
  }

  @Test func aPartOfAnotherSumIsRefused() async {
    await #expect(processExitsWith: .failure) {
      let sum = ClippedSum(layers: [0..<1], bound: .clipped(toNorm: 1))
      sum.add(ClippedSum(layers: [0..<1], bound: .clipped(toNorm: 2)))
    }
  }

  @Test func layersWithAGapAreRefused() async {
    await #expect(processExitsWith: .failure) {
      _ = ClippedSum(layers: [0..<2, 3..<4], bound: .unbounded)
    }
  }

  // MARK: Exactness

  @Test func theOrderChangesNoBit() {
    let (clippingNorm, dimension) = (1.7, 501)
    var updates = (0..<64).map { index in
      let size = Self.magnitudes[index % Self.magnitudes.count]
      return StreamKey(seed: 204).child(.client, UInt64(index)).vector(dimension).map { $0 * size }
    }
    let first = total(updates, clippingNorm, dimension)
    var stream = RandomStream(StreamKey(seed: 205))
    for _ in 0..<5 {
      stream.shuffle(&updates)
      let again = total(updates, clippingNorm, dimension)
      #expect(again.map(\.bitPattern) == first.map(\.bitPattern))
    }
  }

  /// No contribution changes how another is rounded: what one adds does not depend on the others.
  @Test func aContributionAddsTheSameToEverySum() {
    let (clippingNorm, dimension) = (0.3, 257)
    let updates = (0..<200).map { index in
      StreamKey(seed: 206).child(.client, UInt64(index)).vector(dimension)
    }
    let all = total(updates, clippingNorm, dimension)
    for index in [0, 57, 199] {
      let alone = total([updates[index]], clippingNorm, dimension)
      let others = total(
        updates[..<index] + updates[(index + 1)...], clippingNorm, dimension)
      #expect(zip(all, others).map { $0 - $1 } == alone)
    }
  }

  // MARK: Clipping

  @Test func smallUpdatesPassUnscaled() {
    let sum = ClippedSum(layers: [0..<3], bound: .clipped(toNorm: 10))
    let outcome = sum.add(clipping: [3, -4, 0])
    #expect(outcome == ClipOutcome(norm: 5, wasClipped: false))
    #expect(sum.total == [3, -4, 0])
  }

  @Test func largeUpdatesKeepTheirDirection() {
    let sum = ClippedSum(layers: [0..<2], bound: .clipped(toNorm: 1))
    let outcome = sum.add(clipping: [30, -40])
    #expect(outcome == ClipOutcome(norm: 50, wasClipped: true))
    #expect((sum.total[0] - 0.6).magnitude < 1e-8)
    #expect((sum.total[1] + 0.8).magnitude < 1e-8)
  }

  @Test func anUnboundedSumTakesEverything() {
    let sum = ClippedSum(layers: [0..<2], bound: .unbounded)
    #expect(sum.add(clipping: [3e5, 4e5]) == ClipOutcome(norm: 5e5, wasClipped: false))
    sum.add(clipping: [-1, 1e-9])
    #expect(sum.total == [299_999, 4e5 + Double(Float(1e-9))])
  }

  @Test func dimensionsBeyondTheProofAreRefused() async {
    await #expect(processExitsWith: .failure) {
      _ = ClippedSum(layers: [0..<(ClippedSum.largestDimension + 1)], bound: .unbounded)
    }
  }

  private func total(
    _ updates: some Sequence<[Float]>, _ clippingNorm: Double, _ dimension: Int
  ) -> [Double] {
    total(updates, .clipped(toNorm: clippingNorm), [0..<dimension])
  }

  private func total(
    _ updates: some Sequence<[Float]>, _ bound: ContributionBound, _ layers: [Range<Int>]
  ) -> [Double] {
    let sum = ClippedSum(layers: layers, bound: bound)
    for update in updates { sum.add(clipping: update) }
    return sum.total
  }
}
