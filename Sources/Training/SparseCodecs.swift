internal import Randomness

/// The elements that are greatest in magnitude; of equals, the first. The gaps between their places,
/// then their values.
struct TopCodec: UpdateCodec {
  private let dimension: Int
  private let count: Int

  init(fraction: Double, dimension: Int) {
    self.dimension = dimension
    count = keptCount(fraction: fraction, of: dimension)
  }

  /// Gaps below `2^riceWidth` take one bit more than this. The mean gap is `n/k - 1`; both sides know
  /// it.
  private var riceWidth: Int {
    (dimension / count).bitWidth - (dimension / count).leadingZeroBitCount - 1
  }

  func encode(_ update: [Float], to bits: inout BitWriter, key: StreamKey) {
    let places = places(in: update)
    var next = 0
    for place in places {
      let gap = place - next
      for _ in 0..<gap >> riceWidth { bits.write(1, width: 1) }
      bits.write(0, width: 1)
      bits.write(UInt32(gap & (1 << riceWidth - 1)), width: riceWidth)
      next = place + 1
    }
    for place in places { bits.write(update[place]) }
  }

  func decode(_ bits: inout BitReader, key: StreamKey) -> [Float] {
    var places: [Int] = []
    var next = 0
    for _ in 0..<count {
      var whole = 0
      while bits.read(width: 1) == 1 { whole += 1 }
      let place = next + whole << riceWidth + Int(bits.read(width: riceWidth))
      places.append(place)
      next = place + 1
    }
    var update = [Float](repeating: 0, count: dimension)
    for place in places { update[place] = bits.readFloat() }
    return update
  }

  /// Ascending. The bits of a magnitude, read as a whole number, are in the order of the magnitudes,
  /// and not-a-number is above all of them.
  private func places(in update: [Float]) -> [Int] {
    let magnitudes = update.map(\.magnitude.bitPattern)
    let (least, aboveCount) = greatest(count, of: magnitudes)
    var equalCount = count - aboveCount
    return magnitudes.indices.filter { place in
      guard magnitudes[place] == least else { return magnitudes[place] > least }
      equalCount -= 1
      return equalCount >= 0
    }
  }
}

/// The elements at random places, which the key decides. Their values alone are sent.
struct RandomCodec: UpdateCodec {
  private let dimension: Int
  private let count: Int
  private let scale: Double

  init(fraction: Double, dimension: Int, isUnbiased: Bool) {
    self.dimension = dimension
    count = keptCount(fraction: fraction, of: dimension)
    scale = isUnbiased ? Double(dimension) / Double(count) : 1
  }

  func encode(_ update: [Float], to bits: inout BitWriter, key: StreamKey) {
    for place in places(key) { bits.write(update[place]) }
  }

  func decode(_ bits: inout BitReader, key: StreamKey) -> [Float] {
    var update = [Float](repeating: 0, count: dimension)
    for place in places(key) { update[place] = Float(scale * Double(bits.readFloat())) }
    return update
  }

  private func places(_ key: StreamKey) -> [Int] {
    var stream = RandomStream(key)
    return stream.sampleWithoutReplacement(count, outOf: dimension)
  }
}

private func keptCount(fraction: Double, of dimension: Int) -> Int {
  precondition(fraction > 0 && fraction <= 1, "a fraction is above 0 and at most 1")
  precondition(dimension > 0, "there is something to keep")
  return max(1, Int((fraction * Double(dimension)).rounded()))
}

/// The value of this rank, from 1, among values in descending order, and how many are above it
/// (quickselect, Hoare 1961).
private func greatest(_ rank: Int, of values: [UInt32]) -> (value: UInt32, aboveCount: Int) {
  var values = values
  var range = values.indices
  while true {
    let ends = [values[range.lowerBound], values[range.upperBound - 1]]
    let pivot = (ends + [values[range.lowerBound + range.count / 2]]).sorted()[1]
    let equals = values[range].partition { $0 <= pivot }
    let below = values[equals..<range.upperBound].partition { $0 < pivot }
    if rank <= equals {
      range = range.lowerBound..<equals
    } else if rank <= below {
      return (pivot, equals)
    } else {
      range = below..<range.upperBound
    }
  }
}
