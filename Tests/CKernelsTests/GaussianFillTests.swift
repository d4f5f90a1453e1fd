import CKernels
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The kernels against Box-Muller by the system's `log`, `cos` and `sin`, and against each other.
@Suite struct GaussianFillTests {
  static let seed: UInt64 = 0x1958

  @Test(arguments: supportedLevels, [0, 1, 31, 255, 256, 257, 5000])
  func floatsDoNotDependOnTheLevel(level: tradeoff_vector_level, count: Int) {
    let (expected, end) = floats(level: .portable, count: count)
    let (values, position) = floats(level: level, count: count)
    #expect(values.map(\.bitPattern) == expected.map(\.bitPattern))
    #expect(position == end)
  }

  @Test(arguments: supportedLevels, [0, 1, 15, 127, 128, 129, 5000])
  func doublesDoNotDependOnTheLevel(level: tradeoff_vector_level, count: Int) {
    let (expected, end) = doubles(level: .portable, count: count)
    let (values, position) = doubles(level: level, count: count)
    #expect(values.map(\.bitPattern) == expected.map(\.bitPattern))
    #expect(position == end)
  }

  /// The rounding of a sample stays within 4e-7 of its pair's radius: four units in the last place.
  @Test func floatsAreBoxMuller() {
    let values = floats(level: tradeoff_vector_level_best(), count: 256 * 60).values
    for (batch, words) in batches(60).enumerated() {
      for word in stride(from: 0, to: 16, by: 2) {
        for block in 0..<16 {
          let first = words[block][word]
          let second = words[block][word + 1]
          let u = (Double(first) + (Double(second & 63) + 0.5) / 64) * 0x1p-32
          let odd = (Int32(bitPattern: second << 2) >> 7) | 1
          let (x, y) = boxMuller(
            squaredRadius: -2 * log(u), angle: Double(odd) * 0x1p-24 * (.pi / 4),
            mirrored: second >> 31 == 1, negated: second >> 30 & 1 == 1)
          let tolerance = 4e-7 * (x * x + y * y).squareRoot()
          let index = 256 * batch + 16 * word + block
          #expect(abs(Double(values[index]) - x) <= tolerance)
          #expect(abs(Double(values[index + 16]) - y) <= tolerance)
        }
      }
    }
  }

  /// As above; near the center the squared radius is right to 2^-52, the resolution of u.
  @Test func doublesAreBoxMuller() {
    let values = doubles(level: tradeoff_vector_level_best(), count: 128 * 60).values
    for (batch, words) in batches(60).enumerated() {
      for word in stride(from: 0, to: 16, by: 2) {
        for block in stride(from: 0, to: 16, by: 2) {
          let first = UInt64(words[block + 1][word]) << 32 | UInt64(words[block][word])
          let second = UInt64(words[block + 1][word + 1]) << 32 | UInt64(words[block][word + 1])
          let u = Double(first | 1) * 0x1p-64
          let turn = Double((second << 2) >> 12 | 1) * 0x1p-52 - 0.5
          let (x, y) = boxMuller(
            squaredRadius: -2 * log(u), angle: turn * (.pi / 2),
            mirrored: second >> 63 == 1, negated: second >> 62 & 1 == 1)
          let radius = (x * x + y * y).squareRoot()
          let tolerance = 1e-15 * radius + 0x1p-52 / radius
          let index = 128 * batch + 8 * word + block / 2
          #expect(abs(values[index] - x) <= tolerance)
          #expect(abs(values[index + 8] - y) <= tolerance)
        }
      }
    }
  }

  @Test func standardDeviationScales() {
    let unit = floats(level: tradeoff_vector_level_best(), count: 1000).values
    let wide = floats(level: tradeoff_vector_level_best(), count: 1000, deviation: 8).values
    #expect(wide == unit.map { 8 * $0 })
    let flat = doubles(level: tradeoff_vector_level_best(), count: 1000, deviation: 0).values
    #expect(flat.allSatisfy { $0 == 0 })
  }

  private func boxMuller(
    squaredRadius: Double, angle: Double, mirrored: Bool, negated: Bool
  ) -> (Double, Double) {
    let radius = squaredRadius.squareRoot() * (negated ? -1 : 1)
    let x = radius * cos(angle)
    let y = radius * sin(angle)
    return mirrored ? (y, x) : (x, y)
  }

  private var start: tradeoff_chacha20_stream {
    var stream = tradeoff_chacha20_stream()
    tradeoff_chacha20_gsl_set(&stream, UInt(Self.seed))
    return stream
  }

  private func batches(_ count: UInt64) -> [[[UInt32]]] {
    var key = [UInt32](repeating: 0, count: 8)
    tradeoff_chacha20_key_from_seed(Self.seed, &key)
    return (0..<count).map { batchBlocks(level: .portable, key: key, from: 16 * $0) }
  }

  private func floats(
    level: tradeoff_vector_level, count: Int, deviation: Float = 1
  ) -> (values: [Float], end: UInt64) {
    var stream = start
    var values = [Float](repeating: .nan, count: count)
    tradeoff_gaussian_fill_f32(level, &stream, &values, count, deviation)
    return (values, stream.next_block)
  }

  private func doubles(
    level: tradeoff_vector_level, count: Int, deviation: Double = 1
  ) -> (values: [Double], end: UInt64) {
    var stream = start
    var values = [Double](repeating: .nan, count: count)
    tradeoff_gaussian_fill_f64(level, &stream, &values, count, deviation)
    return (values, stream.next_block)
  }
}
