import Accounting
import Foundation
import LinearAlgebra
import Randomness
import Testing
import _TestSupport

@testable import Mechanisms

/// What the low bits of a release tell: published attacks, on the research mechanism and the hardened one.
@Suite struct LowBitsTests {
  static let key = StreamKey(seed: 831)

  // MARK: Patterns of the last bits

  /// Haney et al., Precision-based attacks and interval refining, 2022: of double-precision Gaussian
  /// noise of deviation 1 about 53 % are multiples of 2^-52, and of its sum with 10^6 all are. This is
  /// the sum before it becomes a Float.
  @Test func researchSumsShowTheirSize() {
    let shares = [0, 1e6].map { value in
      var sums = [Double](repeating: value, count: 20_000)
      GaussianSampler.gsl.addNoise(to: &sums, standardDeviation: 1, key: Self.key)
      return Self.share(of: sums.map { $0 * 0x1p52 }) { $0 == $0.rounded() }
    }
    #expect((0.51...0.55).contains(shares[0]))
    #expect(shares[1] == 1)
  }

  /// What leaves, near 0, for a sum of 0 and one of 1. Noise near -1 is a multiple of 2^-24 in single
  /// precision, and so is 1 more; noise near 0 is finer.
  @Test func bulkResearchReleasesShowWhatTheyHide() throws {
    let mechanism = GaussianMechanism(
      clippingNorm: 512, noiseMultiplier: 0x1p-9, sampler: .bulk)
    let shares = try ([0, 1] as [Float]).map { value in
      let nearZero = try Self.outputs(mechanism, value).filter { $0.magnitude < 0x1p-8 }
      return Self.share(of: nearZero) { ($0 * 0x1p24) == ($0 * 0x1p24).rounded() }
    }
    #expect(shares[0] < 0.02)
    #expect(shares[1] == 1)
  }

  /// Whatever the sum was, every 64th output is a multiple of 64 steps: one check each. Steps are 2^-21, so that
  /// outputs up to 8 standard deviations are Floats without rounding.
  @Test(arguments: [0, 1] as [Float]) func hardenedReleasesShowNothing(value: Float) throws {
    let mechanism = try DiscreteGaussianMechanism(clippingNorm: 512, noiseMultiplier: 0x1p-9)
    let step = try #require(mechanism.step)
    let steps = try Self.outputs(mechanism, value).map { $0 / step }
    #expect(steps.allSatisfy { $0 == $0.rounded() })
    let p = GoodnessOfFit.binomial(
      successes: steps.count { $0.truncatingRemainder(dividingBy: 64) == 0 },
      trials: steps.count, probability: 1.0 / 64)
    #expect(p > AlarmBudget.perCheck)
  }

  // MARK: Holes

  /// Mironov, CCS 2012: of outputs of a Laplace mechanism that inverts the distribution function (b = 1),
  /// 80 % under 0 cannot come about under 1. No release of this package draws so; this is the formula of
  /// gsl_ran_laplace over the same uniform numbers.
  @Test func inverseLaplaceHasHoles() {
    func laplace(_ u: Double) -> Double { u < 0 ? log(-u) : -log(u) }
    func isPossible(_ output: Double, under value: Double) -> Bool {
      let noise = output - value
      let u = (noise < 0 ? -1 : 1) * exp(-noise.magnitude)
      let place = (u * 0x1p52).rounded()
      return (-40...40).contains { value + laplace((place + Double($0)) * 0x1p-52) == output }
    }
    var stream = RandomStream(Self.key)
    let outputs = (0..<4000).compactMap { _ -> Double? in
      let u = 2 * stream.uniform() - 1
      return u == 0 ? nil : laplace(u)
    }
    let impossible = Self.share(of: outputs) { !isPossible($0, under: 1) }
    #expect(outputs.allSatisfy { isPossible($0, under: 0) })
    #expect((0.75...0.85).contains(impossible))
  }

  /// Every output of the hardened release under 0 is the output under 1 of noise that has probability
  /// above 0, as all whole numbers do.
  @Test func hardenedReleasesHaveNoHoles() throws {
    let mechanism = try DiscreteGaussianMechanism(clippingNorm: 1, noiseMultiplier: 1)
    let sum = mechanism.makeSum(dimension: 1)
    sum.add(clipping: [1])
    let contribution = wholeSteps(sum.total[0], of: 0x1p-30)
    #expect(contribution > 0)
    let noise = try GridNoise(clippingNorm: 1, noiseMultiplier: 1)
    var drawn = [Int](repeating: 0, count: 10_000)
    var stream = RandomStream(Self.key)
    noise.law.fill(&drawn, from: &stream)
    for steps in drawn { #expect(saturatingSum(contribution, steps - contribution) == steps) }
  }

  // MARK: Sums

  /// Casacuberta et al., Widespread underestimation of sensitivity in differentially private libraries and
  /// how to fix it, CCS 2022: one record that changes how all others are rounded. To 1, whose neighbor in
  /// single precision is 2^-23 away, each small record adds nearly twice itself.
  static func records(_ count: Int) -> (one: [Float], others: [[Float]]) {
    ([1], [[Float]](repeating: [0x1.000002p-24], count: count))
  }

  @Test func plainFloatSumsAreMoreSensitive() {
    let (one, others) = Self.records(1 << 20)
    let without = others.reduce(Float(0)) { $0 + $1[0] }
    let with = others.reduce(one[0]) { $0 + $1[0] }
    #expect(Double(with) - Double(without) > 1.06)
  }

  @Test func clippedSumsAreNot() throws {
    let mechanism = GaussianMechanism(clippingNorm: 1, noiseMultiplier: 1)
    let hardened = try DiscreteGaussianMechanism(clippingNorm: 1, noiseMultiplier: 1)
    let (one, others) = Self.records(1 << 16)
    for make in [{ mechanism.makeSum(dimension: 1) }, { hardened.makeSum(dimension: 1) }] {
      let (without, with, reordered) = (make(), make(), make())
      with.add(clipping: one)
      for other in others {
        without.add(clipping: other)
        with.add(clipping: other)
        reordered.add(clipping: other)
      }
      reordered.add(clipping: one)
      #expect(with.total[0] - without.total[0] <= 1)
      #expect(with.total[0] - without.total[0] > 1 - 0x1p-28)
      #expect(reordered.total == with.total)
    }
  }

  /// The same in a full shard, whose sums are in Float: more than the one contribution's norm, and within the
  /// room that is left for it.
  @Test func shardsStayWithinTheirRoom() {
    let limit = Float(ContributionBound.shardLimit(1))
    let others = [Float](repeating: 0x1.000002p-25, count: ClippedSum.largestShard - 1)
    let moved = Double(others.reduce(limit, +)) - Double(others.reduce(0, +))
    #expect(moved > Double(limit) * (1 + 1e-5))
    #expect(moved <= 1)
  }

  // MARK: Averages

  /// A mean of several floating-point Gaussians is no defense (Opacus issue 616, diffprivlib issue 94), and
  /// no sampler makes one.
  @Test func noSamplerAveragesGaussians() {
    #expect(GaussianSampler.allCases == [.gsl, .bulk])
  }

  // MARK: -

  private static func share(of values: [Double], _ condition: (Double) -> Bool) -> Double {
    precondition(values.count >= 100, "too few to tell")
    return Double(values.count(where: condition)) / Double(values.count)
  }

  /// Of a release with noise of deviation 1, for a sum of `value` everywhere.
  private static func outputs(
    _ mechanism: some NoiseMechanism, _ value: Float
  ) throws -> [Double] {
    let dimension = 1 << 17
    var ledger = Ledger()
    let release = try mechanism.released(
      [[Float](repeating: value, count: dimension)], expectedCohortSize: 1, dimension: dimension,
      noise: key, charging: &ledger)
    return release.mean.map(Double.init)
  }
}
