import CGSL
import CKernels
import Testing
import _TestSupport

@testable import Randomness

@Suite struct DiscreteGaussianFillTests {
  static let key = StreamKey(seed: 43)
  static let noise = DiscreteGaussian(variance: RationalVariance(squareOf: 1 << 30))

  // MARK: Position

  @Test(arguments: [0, 1, 15, 16, 17, 255, 256, 257], [0, 1, 256, 257, 600])
  func fillsTakeWholeBlocks(scalars: Int, count: Int) {
    var stream = RandomStream(Self.key)
    for _ in 0..<scalars { _ = gsl_rng_get(stream.generator) }
    var values = [Int](repeating: 0, count: count)
    Self.noise.fill(&values, from: &stream)
    let start = UInt64((scalars + 15) / 16)
    let end = start + 32 * UInt64((count + 255) / 256)
    #expect(tradeoff_chacha20_stream_untouched_block(stream.state) == end)
    #expect(values == filled(from: start, count: count))
  }

  @Test func fillsJoinAtWholeBatches() {
    var parts = RandomStream(Self.key)
    var (head, tail) = ([Int](repeating: 0, count: 512), [Int](repeating: 0, count: 100))
    Self.noise.fill(&head, from: &parts)
    Self.noise.fill(&tail, from: &parts)
    #expect(filled(from: 0, count: 612) == head + tail)
  }

  /// Every part by a stream of its own, the last part first.
  @Test(arguments: [0, 1, 256, 1000, 2048]) func partsMakeTheWhole(count: Int) {
    var values = [Int](repeating: .max, count: count)
    for start in Swift.stride(from: 0, through: count, by: 512).reversed() {
      var stream = RandomStream(Self.key)
      let range = start..<min(start + 512, count)
      Self.noise.fill(&values, range: range, from: &stream)
      #expect(
        tradeoff_chacha20_stream_untouched_block(stream.state)
          == 32 * UInt64((count + 255) / 256))
    }
    #expect(values == filled(from: 0, count: count))
  }

  @Test func aPartLeavesTheRestAlone() {
    var values = [Int](repeating: .max, count: 1000)
    var stream = RandomStream(Self.key)
    Self.noise.fill(&values, range: 256..<700, from: &stream)
    #expect(values[..<256].allSatisfy { $0 == .max } && values[700...].allSatisfy { $0 == .max })
    #expect(Array(values[256..<700]) == Array(filled(from: 0, count: 700)[256...]))
  }

  @Test func aShorterFillIsABeginning() {
    let long = filled(from: 0, count: 1000)
    for count in [0, 1, 255, 256, 257, 999] {
      #expect(filled(from: 0, count: count) == Array(long.prefix(count)))
    }
  }

  @Test func noValueComesTwice() {
    // 20,000 values of a Gaussian with deviation 2^30 hold 1e8 x 2^-31 / sqrt(4 pi) x 2 = 0.05 equal
    // pairs in the mean; a batch drawn twice would hold 256.
    let values = filled(from: 0, count: 20_000)
    #expect(values.count - Set(values).count < 10)
  }

  // MARK: Values

  /// 5,000 values each, by a program of its own in Python 3.11 with mpmath 1.3.0: ChaCha20 from RFC 8439,
  /// cells from 2,000 bits of e^-x, and every height compared with 2,000 bits. The last number is
  /// h of the values, h <- 6364136223846793005 h + value + 1442695040888963407 modulo 2^64 from 0 on.
  @Test(
    arguments: [
      (RationalVariance(1, over: 4), [0, 0, 0, 0, -1, 1], 0x1e5e_23b9_5a38_afec),
      (RationalVariance(25), [0, -1, 3, 1, -2, 14], 0xf23e_7cd4_c541_2eda),
      (
        RationalVariance(100_000, over: 3), [11, -61, 110, 40, -91, 567], 0xd3f5_bdf9_4aa7_eabe
      ),
      (
        RationalVariance(squareOf: 1 << 30),
        [58_640_187, -359_237_481, 667_610_538, 268_408_620, -507_545_039, -1_113_220_504],
        0xa474_7ca3_6a80_bc2f
      ),
      (
        RationalVariance(squareOf: 1 << 36),
        [
          2_373_895_995, -21_867_628_393, 41_234_918_826, 15_502_120_748, -33_726_432_719,
          -71_241_983_384,
        ], 0x389f_ad02_e3c1_34ea
      ),
    ] as [(RationalVariance, [Int], UInt64)])
  func valuesAreThoseOfAnotherProgram(variance: RationalVariance, first: [Int], hash: UInt64) {
    var stream = RandomStream(Self.key)
    var values = [Int](repeating: 0, count: 5000)
    DiscreteGaussian(variance: variance).fill(&values, from: &stream)
    #expect(Array(values.prefix(6)) == first)
    let actual = values.reduce(UInt64(0)) {
      6_364_136_223_846_793_005 &* $0 &+ UInt64(bitPattern: Int64($1)) &+ 1_442_695_040_888_963_407
    }
    #expect(actual == hash)
  }

  /// With bounds so wide that they decide nothing, every open cell is decided by bounds of growing
  /// precision: the same values must come out.
  @Test(
    arguments: [
      RationalVariance(1, over: 4), RationalVariance(100_000, over: 3),
      RationalVariance(squareOf: 1 << 36),
    ])
  func slowDecisionsAreTheFastOnes(variance: RationalVariance) {
    var fast = RandomStream(Self.key)
    var slow = RandomStream(Self.key)
    var (one, other) = ([Int](repeating: 0, count: 1000), [Int](repeating: 0, count: 1000))
    DiscreteGaussian(variance: variance).fill(&one, from: &fast)
    DiscreteGaussian(
      variance: variance,
      cells: GaussianCells(variance, deciding: GaussianCurve(variance, slack: 1 << 63))
    ).fill(&other, from: &slow)
    #expect(one == other)
  }

  private func filled(from block: UInt64, count: Int) -> [Int] {
    var stream = RandomStream(Self.key)
    tradeoff_chacha20_stream_seek(stream.state, block)
    var values = [Int](repeating: .max, count: count)
    Self.noise.fill(&values, from: &stream)
    return values
  }
}
