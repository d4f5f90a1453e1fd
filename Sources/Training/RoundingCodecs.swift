internal import Randomness

/// Whole multiples of `10^-decimals`.
///
/// A layer is 6 bits that say how wide its numbers are, and the numbers in two's complement. Width 32
/// stands for Floats as they are: of a layer whose multiples would need as much.
struct DecimalCodec: UpdateCodec {
  let layers: [Range<Int>]
  private let scale: Double

  private static let widthOfWidth = 6
  private static let plain = 32

  init(decimals: Int, layers: [Range<Int>]) {
    precondition((0...9).contains(decimals), "from 0 to 9 decimals")
    self.layers = layers
    scale = (0..<decimals).reduce(1) { power, _ in 10 * power }
  }

  func encode(_ update: [Float], to bits: inout BitWriter, key: StreamKey) {
    for layer in layers {
      let multiples = update[layer].map { (Double($0) * scale).rounded(.toNearestOrEven) }
      let width = Self.width(of: multiples)
      bits.write(UInt32(width), width: Self.widthOfWidth)
      if width == Self.plain {
        for value in update[layer] { bits.write(value) }
      } else {
        let mask = UInt32(1) << UInt32(width) - 1
        for multiple in multiples {
          bits.write(UInt32(bitPattern: Int32(multiple)) & mask, width: width)
        }
      }
    }
  }

  func decode(_ bits: inout BitReader, key: StreamKey) -> [Float] {
    var update: [Float] = []
    for layer in layers {
      let width = Int(bits.read(width: Self.widthOfWidth))
      let unused = 32 - width
      for _ in layer {
        if width == Self.plain {
          update.append(bits.readFloat())
        } else {
          let multiple = Int32(bitPattern: bits.read(width: width) << unused) >> unused
          update.append(Float(Double(multiple) / scale))
        }
      }
    }
    return update
  }

  /// The fewest bits that hold all of these whole numbers in two's complement; none for zeros.
  private static func width(of multiples: [Double]) -> Int {
    var greatest = 0.0
    for multiple in multiples {
      guard multiple.isFinite else { return plain }
      greatest = max(greatest, multiple.magnitude)
    }
    guard greatest < 0x1p30 else { return plain }
    return greatest == 0 ? 0 : Int(greatest).bitWidth - Int(greatest).leadingZeroBitCount + 1
  }
}

/// Even levels from the least to the greatest element of a layer. A layer is these two as Floats, and a
/// number for each element.
struct UniformCodec: UpdateCodec {
  let bits: Int
  let layers: [Range<Int>]

  init(bits: Int, layers: [Range<Int>]) {
    precondition((1...16).contains(bits), "from 1 to 16 bits")
    self.bits = bits
    self.layers = layers
  }

  private var steps: Double { Double(1 << bits - 1) }

  func encode(_ update: [Float], to writer: inout BitWriter, key: StreamKey) {
    for layer in layers {
      let (least, greatest) = Self.range(of: update[layer])
      writer.write(least)
      writer.write(greatest)
      let range = Double(greatest) - Double(least)
      for value in update[layer] {
        let level = range > 0 ? (Double(value) - Double(least)) / range * steps : 0
        writer.write(UInt32(level.rounded(.toNearestOrEven)), width: bits)
      }
    }
  }

  func decode(_ reader: inout BitReader, key: StreamKey) -> [Float] {
    var update: [Float] = []
    for layer in layers {
      let (least, greatest) = (Double(reader.readFloat()), Double(reader.readFloat()))
      for _ in layer {
        let level = Double(reader.read(width: bits))
        update.append(Float(least + (greatest - least) * level / steps))
      }
    }
    return update
  }

  /// Not a number for both where an element is not finite.
  private static func range(of values: ArraySlice<Float>) -> (least: Float, greatest: Float) {
    var range = (least: Float.infinity, greatest: -Float.infinity)
    for value in values {
      guard value.isFinite else { return (.nan, .nan) }
      range = (min(range.least, value), max(range.greatest, value))
    }
    return range
  }
}

/// Levels from minus to plus the greatest magnitude of a layer, drawn at random. A layer is that
/// magnitude as a Float, and a number for each element.
struct StochasticCodec: UpdateCodec {
  let bits: Int
  let layers: [Range<Int>]

  init(bits: Int, layers: [Range<Int>]) {
    precondition((2...16).contains(bits), "from 2 to 16 bits")
    self.bits = bits
    self.layers = layers
  }

  private var steps: Int { 1 << (bits - 1) - 1 }

  func encode(_ update: [Float], to writer: inout BitWriter, key: StreamKey) {
    var stream = RandomStream(key)
    for layer in layers {
      let scale = Self.greatestMagnitude(in: update[layer])
      writer.write(scale)
      for value in update[layer] {
        let exact = scale > 0 ? Double(value) / Double(scale) * Double(steps) : 0
        let below = exact.rounded(.down)
        let level = Int(below) + (stream.uniform() < exact - below ? 1 : 0)
        writer.write(UInt32(level + steps), width: bits)
      }
    }
  }

  func decode(_ reader: inout BitReader, key: StreamKey) -> [Float] {
    var update: [Float] = []
    for layer in layers {
      let scale = Double(reader.readFloat())
      for _ in layer {
        let level = Int(reader.read(width: bits)) - steps
        update.append(Float(scale * Double(level) / Double(steps)))
      }
    }
    return update
  }

  /// Not a number where an element is not finite.
  private static func greatestMagnitude(in values: ArraySlice<Float>) -> Float {
    var greatest: Float = 0
    for value in values {
      guard value.isFinite else { return .nan }
      greatest = max(greatest, value.magnitude)
    }
    return greatest
  }
}
