import Randomness
import SecureAggregation

/// A whole secure sum of vectors so long that masks are nearly all of its work: every client adds one
/// for each, and the server removes one of each.
func secureSumBenchmarks() throws -> [Benchmark] {
  let clients = 8
  let dimension = 1 << 18
  let vector = RingVector(dimension: dimension, in: try Ring(bits: 32))
  let vectors = Dictionary(
    uniqueKeysWithValues: (0..<UInt32(clients)).map { (ClientID($0), vector) })
  return [
    Benchmark(
      name: "secure-sum-32-bit", unit: "mask element",
      unitsPerRun: Double((clients + 1) * clients * dimension)
    ) {
      _ = try SecureSum(
        of: vectors, threshold: 6, entropy: .simulated(StreamKey(seed: 1)))
    }
  ]
}
