import Randomness

/// Standard normal numbers that depend on the seed alone.
///
/// They come from GSL's distributions, so that this test process links GSL beside OpenBLAS.
func samples(_ count: Int, seed: UInt64) -> [Float] {
  var stream = RandomStream(StreamKey(seed: seed))
  return (0..<count).map { _ in Float(stream.gaussian(standardDeviation: 1)) }
}

/// Buffer lengths on both sides of every vector width.
let awkwardLengths = [0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 33, 63, 65, 127, 1023]

extension [Float] {
  /// Distinguishes zeros by sign and equates not-a-number with itself.
  var bits: [UInt32] { map(\.bitPattern) }
}

extension [Double] {
  var bits: [UInt64] { map(\.bitPattern) }
}
