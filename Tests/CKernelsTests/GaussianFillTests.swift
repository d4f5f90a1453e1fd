import CKernels
import Testing
import _TestSupport

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

  /// Radii whose 38 bits begin with 24 zeros take 48 more, from the block under the nonce 2^32.
  @Test(arguments: supportedLevels, [0, 1, 200, 255, 256] as [UInt32])
  func smallUniformsAreRefined(level: tradeoff_vector_level, small: UInt32) {
    let key = (0..<8).map { UInt32($0) &* 0x9e37_79b9 }
    let start: UInt64 = 0xffff_fff8
    let before = batchBlocks(level: .portable, key: key, from: start)
    var words = (0..<256).map { before[$0 % 16][$0 / 16] }
    for lane in 0..<256 where lane / 16 % 2 == 0 && lane % 3 == 0 { words[lane] = small }
    var values = [Float](repeating: .nan, count: 256)
    tradeoff_gaussian_batch_f32(level, key, start, words, 1, &values)
    for lane in 0..<256 where lane / 16 % 2 == 0 {
      let first = words[lane]
      let second = words[lane + 16]
      var u = (Double(first) + (Double(second & 63) + 0.5) / 64) * 0x1p-32
      if first < 256 {
        let counter = start + UInt64(lane % 16)
        let tail = [UInt32(truncatingIfNeeded: counter), UInt32(counter >> 32), 0, 1]
        let further = block(key: key, tail: tail)
        let high = Double(further[lane / 16]) * 0x1p-32
        let low = Double(further[lane / 16 + 1] >> 16) * 0x1p-48
        u = (Double(first << 6 | second & 63) + high + low) * 0x1p-38
      }
      let odd = (Int32(bitPattern: second << 2) >> 7) | 1
      let (x, y) = boxMuller(
        squaredRadius: -2 * log(u), angle: Double(odd) * 0x1p-24 * (.pi / 4),
        mirrored: second >> 31 == 1, negated: second >> 30 & 1 == 1)
      let tolerance = 4e-7 * (x * x + y * y).squareRoot()
      #expect(abs(Double(values[lane]) - x) <= tolerance)
      #expect(abs(Double(values[lane + 16]) - y) <= tolerance)
    }
  }

  /// Where all 38 bits are 0, exp(-r^2 / 2) 2^38 is uniform, and magnitudes beyond 8.2 occur.
  @Test func theTailGoesOn() {
    var key = [UInt32](repeating: 0, count: 8)
    tradeoff_chacha20_key_from_seed(Self.seed, &key)
    // Direction 0: the second sample is nearly 0, the first nearly the radius.
    let words = [UInt32](repeating: 0, count: 256)
    var uniforms: [Double] = []
    var largest: Float = 0
    for batch in 0..<UInt64(512) {
      var values = [Float](repeating: .nan, count: 256)
      tradeoff_gaussian_batch_f32(
        tradeoff_vector_level_best(), key, 16 * batch, words, 1, &values)
      for lane in 0..<256 where lane / 16 % 2 == 0 {
        let square = Double(values[lane]) * Double(values[lane])
        let other = Double(values[lane + 16]) * Double(values[lane + 16])
        uniforms.append(exp(38 * log(2) - (square + other) / 2))
        largest = max(largest, abs(values[lane]), abs(values[lane + 16]))
      }
    }
    let p = GoodnessOfFit.kolmogorovSmirnov(uniforms) { min(max($0, 0), 1) }
    #expect(p > AlarmBudget.perCheck)
    #expect(largest > 8.2)
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
