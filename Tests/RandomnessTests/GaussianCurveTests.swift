import Foundation
import Testing
import _TestSupport

@testable import Randomness

@Suite struct GaussianCurveTests {
  struct Point: Sendable {
    let variance: RationalVariance
    let y: UInt64
    /// Of 2^384 f(y), rounded down.
    let words: [UInt64]
  }

  /// mpmath 1.3.0 with mp.prec = 2000: floor(exp(-mpf(y) * y * q / (2 * p)) * 2 ** 384).
  static let points = [
    Point(
      variance: RationalVariance(1), y: 1,
      words: [
        0x9b45_97e3_7cb0_4ff3, 0xd675_a355_30cd_d767, 0xe347_bf8a_d0e8_0abb,
        0xce4a_e958_6101_4318, 0x7944_cf10_32e9_a4b0, 0x9167_a9a5_7024_02ad,
      ]),
    Point(
      variance: RationalVariance(1, over: 4), y: 1,
      words: [
        0x22a5_5547_7f03_973f, 0xb6ed_d5c2_5a05_2ae3, 0xf0dd_961d_a28a_c995,
        0x9e13_29cd_bcb2_1c09, 0x4d7b_ca60_2550_21aa, 0x3595_a5cd_0912_898c,
      ]),
    Point(
      variance: RationalVariance(7, over: 3), y: 2,
      words: [
        0x6ca3_b2e5_7e32_4d22, 0x1fd4_91ae_6fb4_08f7, 0x2cb8_1d10_e7ba_ab88,
        0xaf99_b7a3_c9b0_b689, 0x2f25_1064_b4f2_fd18, 0x5c2f_4ff0_fe9b_5d13,
      ]),
    Point(
      variance: RationalVariance(25), y: 13,
      words: [
        0x08b7_5580_98de_76d2, 0x9a4a_82c5_96f1_5347, 0xd3fb_3f54_f451_c1a2,
        0x18e3_258b_cf41_0c9c, 0x7d13_83ba_c97e_7f8c, 0xd57c_3c57_10b8_c254,
      ]),
    Point(
      variance: RationalVariance(squareOf: 1 << 36), y: 3 << 36 + 12345,
      words: [
        0x02d8_09ef_1bf9_af95, 0xfb93_c0bc_97b1_b8c8, 0xa94a_b10f_223f_b479,
        0xa20b_2414_e763_394a, 0x9903_c8ac_7b6b_cdf2, 0x3bbf_95ed_4df3_bb3c,
      ]),
    Point(
      variance: RationalVariance(1 << 52, over: 1 << 32 - 1), y: 1025,
      words: [
        0x9b1e_c67e_a081_d671, 0x02a0_980e_8997_5693, 0xc836_ef50_93ae_b755,
        0x2351_d59f_6ee4_527c, 0x13b1_b54a_e416_0906, 0x2e98_599d_23ac_f6b2,
      ]),
    Point(
      variance: RationalVariance(1_000_000_000, over: 7), y: 50_000,
      words: [
        0x000a_628a_3584_7eea, 0xe825_f9e8_a3bb_b4b3, 0xb0c8_7881_9666_04ea,
        0xcbe7_9db5_a057_6011, 0x758c_dd0e_b1dc_158c, 0x663f_d1df_3505_a93f,
      ]),
    Point(
      variance: RationalVariance(1), y: 6,
      words: [
        0x0000_0041_698a_31a6, 0x7e83_2211_c55e_95af, 0xd5b8_6789_e02e_85a6,
        0xe350_9c9c_7166_80e1, 0xe9f9_43ee_6a5c_018a, 0xdce7_6e16_b6c0_341a,
      ]),
    Point(
      variance: RationalVariance(squareOf: 1 << 30), y: 1,
      words: [
        0xffff_ffff_ffff_fff8, 0x0000_0000_0000_001f, 0xffff_ffff_ffff_ffaa,
        0xaaaa_aaaa_aaaa_ab55, 0x5555_5555_5555_5444, 0x4444_4444_4444_45b0,
      ]),
  ]

  @Test(arguments: points) func boundsEncloseTheCurve(point: Point) {
    let bounds = GaussianCurve(point.variance).bounds(at: point.y)
    #expect(bounds.lower <= point.words[0])
    if let upper = bounds.upper { #expect(upper > point.words[0]) }
    let square = UInt128(point.y) * UInt128(point.y) * point.variance.denominator
    if square < 32 * point.variance.numerator {
      #expect((bounds.upper ?? .max) - bounds.lower <= 2 * GaussianCurve.leastSlack)
    }
  }

  @Test(arguments: points, 1...6) func moreWordsEncloseItCloser(point: Point, words: Int) {
    let bounds = ExponentialBounds(
      expMinus: UInt128(point.y) * UInt128(point.y) * point.variance.denominator,
      over: 2 * point.variance.numerator, words: words)
    let truth = point.words.prefix(words)
    #expect(!truth.lexicographicallyPrecedes(bounds.lower))
    #expect(truth.lexicographicallyPrecedes(bounds.upper) || bounds.upper.allSatisfy { $0 == .max })
    // Less than 3 x 30 x 2^6 ulps apart where there is a curve to speak of.
    #expect(zip(bounds.lower, bounds.upper).dropLast().allSatisfy { $1 &- $0 <= 1 })
  }

  /// Numbers that agree with f(y) in one to five words: the next one decides.
  @Test(arguments: points, 1...5) func closeNumbersAreToldApart(point: Point, common: Int) {
    let curve = GaussianCurve(point.variance)
    for (isBelow, step) in [(true, 0 &- 1), (false, 1)] as [(Bool, UInt64)] {
      let next = point.words[common] &+ step
      guard (next < point.words[common]) == isBelow else { continue }
      // The word behind the one that differs is such that it takes no further one to tell.
      var rest = Array(point.words[1..<common]) + [next, isBelow ? 0 : .max]
      let drawn = curve.exceeds([point.words[0]], at: point.y) { rest.removeFirst() }
      #expect(drawn == isBelow)
    }
  }

  /// f(0) = 1 exceeds every number below 1, and no number exceeds 0.
  @Test func theEndsOfTheCurve() {
    let curve = GaussianCurve(RationalVariance(1, over: 1 << 20))
    var words: [UInt64] = [.max, .max, .max, 5]
    let isBelowOne = curve.exceeds([.max], at: 0) { words.removeFirst() }
    #expect(isBelowOne && words.isEmpty)
    #expect(!curve.exceeds([1], at: 1000) { 0 })
    // A number of as many zeros as e^-256 = 2^-369.3 begins with is below it.
    var zeros = 0
    let isBelow = GaussianCurve(RationalVariance(1, over: 128)).exceeds([0], at: 2) {
      zeros += 1
      return 0
    }
    #expect(isBelow && zeros == 5)
  }

  @Test(arguments: [(0, 0), (1, 1), (2, 2), (77, 7)] as [(UInt64, Int)])
  func decisionsHaveTheirProbability(level: UInt64, exponent: Int) {
    let curve = GaussianCurve(RationalVariance(1))
    var stream = RandomStream(StreamKey(seed: 411))
    let trials = 100_000
    let successes = (0..<trials).count { _ in
      curve.exceeds(level, over: exponent, at: 1, more: &stream)
    }
    let height = exp(-0.5) * Double(1 << exponent) - Double(level)
    let p = GoodnessOfFit.binomial(
      successes: successes, trials: trials, probability: min(max(height, 0), 1))
    #expect(p > AlarmBudget.perCheck)
  }
}
