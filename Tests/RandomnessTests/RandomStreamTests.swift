import CGSL
import Randomness
import Testing
import _TestSupport

@Suite struct RandomStreamTests {
  /// Bytes from OpenSSL as in ChaCha20GeneratorTests, two words to a number, the top 53 bits kept.
  @Test func firstUniformsOfSeed42() {
    var stream = RandomStream(StreamKey(seed: 42))
    let integers = (0..<4).map { _ in stream.uniform() * 0x1p53 }
    #expect(
      integers == [
        0x14_2389_a294_c5fb, 0x13_6130_eb87_3d7a, 0x15_6993_54c6_8169, 0x7_4607_b726_fe36,
      ])
  }

  @Test func uniformsAreUniform() {
    var stream = RandomStream(StreamKey(seed: 11))
    let sample = (0..<100_000).map { _ in stream.uniform() }
    #expect(sample.allSatisfy { (0..<1).contains($0) })
    #expect(GoodnessOfFit.kolmogorovSmirnov(sample) { $0 } > AlarmBudget.perCheck)
  }

  @Test(arguments: [2, 3, 10, 1000]) func integersAreUniform(bound: Int) {
    var stream = RandomStream(StreamKey(seed: 12))
    var counts = [Int](repeating: 0, count: bound)
    for _ in 0..<100_000 { counts[stream.uniformInteger(below: bound)] += 1 }
    let expected = [Double](repeating: 100_000 / Double(bound), count: bound)
    #expect(
      GoodnessOfFit.chiSquare(observed: counts, expected: expected) > AlarmBudget.perCheck)
  }

  /// Each three values belong to eight words: without rejection they would fall 3 : 3 : 2.
  @Test func hugeBoundsAreUnbiased() {
    var stream = RandomStream(StreamKey(seed: 13))
    var counts = [0, 0, 0]
    for _ in 0..<60_000 { counts[stream.uniformInteger(below: 3 << 61) % 3] += 1 }
    let p = GoodnessOfFit.chiSquare(observed: counts, expected: [20_000, 20_000, 20_000])
    #expect(p > AlarmBudget.perCheck)
  }

  @Test func extremeBounds() {
    var stream = RandomStream(StreamKey(seed: 14))
    for _ in 0..<1000 {
      let zero = stream.uniformInteger(below: 1)
      #expect(zero == 0)
      let any = stream.uniformInteger(below: .max)
      #expect((0..<Int.max).contains(any))
    }
  }

  @Test(arguments: [1e-3, 0.3, 0.5, 0.999]) func bernoulliHasItsProbability(probability: Double) {
    var stream = RandomStream(StreamKey(seed: 15))
    let successes = (0..<100_000).count { _ in stream.bernoulli(probability) }
    let p = GoodnessOfFit.binomial(
      successes: successes, trials: 100_000, probability: probability)
    #expect(p > AlarmBudget.perCheck)
  }

  @Test func bernoulliIsCertainAtTheEnds() {
    var stream = RandomStream(StreamKey(seed: 16))
    for _ in 0..<1000 {
      let never = stream.bernoulli(0)
      #expect(!never)
      let always = stream.bernoulli(1)
      #expect(always)
    }
  }

  /// Neighbors in the tree, which a weak derivation would relate.
  @Test func streamsOfDifferentKeysAreUncorrelated() {
    let root = StreamKey(seed: 17)
    let parent = root.child(.round, 1)
    let reference = uniforms(parent)
    let others = [
      root, parent.child(.noise), root.child(.round, 2), root.child(.round, 1 << 32 + 1),
      root.child(.client, 1), StreamKey(seed: 18).child(.round, 1),
      StreamKey(seed: 17 + 1 << 32).child(.round, 1),
    ]
    for other in others {
      let correlation = gsl_stats_correlation(reference, 1, uniforms(other), 1, reference.count)
      let z = correlation * Double(reference.count).squareRoot()
      #expect(GoodnessOfFit.standardNormal(z) > AlarmBudget.perCheck)
    }
  }

  private func uniforms(_ key: StreamKey) -> [Double] {
    var stream = RandomStream(key)
    return (0..<50_000).map { _ in stream.uniform() }
  }
}
