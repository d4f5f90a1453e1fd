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

  private func filled(from block: UInt64, count: Int) -> [Int] {
    var stream = RandomStream(Self.key)
    tradeoff_chacha20_stream_seek(stream.state, block)
    var values = [Int](repeating: .max, count: count)
    Self.noise.fill(&values, from: &stream)
    return values
  }
}
