/// The array of a NumPy file, versions 1 to 3, in memory.
struct NumPyArray {
  let type: NumPyType
  let shape: [Int]
  /// Of the elements, the last index changing fastest.
  private let bytes: [UInt8]

  var elementCount: Int { bytes.count / type.byteCount }

  /// Reads the bytes of a `.npy` file.
  init(_ file: [UInt8]) throws(ArrayError.Fault) {
    let (header, start) = try NumPyHeader.read(file)
    type = header.type
    shape = header.shape
    var byteCount = type.byteCount
    for side in shape {
      let (product, overflows) = byteCount.multipliedReportingOverflow(by: side)
      guard !overflows else { throw .init(.header(reason: "its shape is too large")) }
      byteCount = product
    }
    guard file.count - start == byteCount else {
      throw .init(.byteCount(expected: byteCount, found: file.count - start))
    }
    bytes =
      header.isFortranOrder && shape.count > 1 && byteCount > 0
      ? Self.lastIndexFastest(file[start...], shape: shape, width: type.byteCount)
      : Array(file[start...])
  }

  /// All elements, where each is one byte without a sign.
  var unsignedBytes: [UInt8]? { type.kind == .unsigned && type.byteCount == 1 ? bytes : nil }

  /// Whether the elements are whole numbers by their type.
  var isWhole: Bool { type.kind != .floating }

  /// An element as a number; whole ones of more than 53 bits are rounded.
  func number(at position: Int) -> Double {
    switch type.kind {
    case .floating where type.byteCount == 4:
      Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits(at: position))))
    case .floating: Double(bitPattern: bits(at: position))
    case .signed: Double(signed(at: position))
    case .truth, .unsigned: Double(bits(at: position))
    }
  }

  /// An element as a whole number; nil where it is none of 64 bits with a sign.
  func whole(at position: Int) -> Int64? {
    switch type.kind {
    case .floating: nil
    case .signed: signed(at: position)
    case .truth, .unsigned: Int64(exactly: bits(at: position))
    }
  }

  /// The indices of an element.
  func index(at position: Int) -> [Int] {
    var rest = position
    return shape.reversed().map { side in
      defer { rest /= side }
      return rest % side
    }.reversed()
  }

  private func signed(at position: Int) -> Int64 {
    let unused = 64 - 8 * type.byteCount
    return Int64(bitPattern: bits(at: position) << UInt64(unused)) >> Int64(unused)
  }

  private func bits(at position: Int) -> UInt64 {
    let start = position * type.byteCount
    var bits: UInt64 = 0
    for place in 0..<type.byteCount {
      let byte = bytes[start + (type.isBigEndian ? place : type.byteCount - 1 - place)]
      bits = bits << 8 | UInt64(byte)
    }
    return bits
  }

  /// Elements whose first index changes fastest, in the other order.
  private static func lastIndexFastest(
    _ elements: ArraySlice<UInt8>, shape: [Int], width: Int
  ) -> [UInt8] {
    var steps = [width]
    for side in shape.dropLast() { steps.append(steps[steps.count - 1] * side) }
    var ordered: [UInt8] = []
    ordered.reserveCapacity(elements.count)
    var index = [Int](repeating: 0, count: shape.count)
    var source = elements.startIndex
    while ordered.count < elements.count {
      ordered += elements[source..<source + width]
      var axis = shape.count - 1
      while axis >= 0 {
        index[axis] += 1
        source += steps[axis]
        if index[axis] < shape[axis] { break }
        source -= index[axis] * steps[axis]
        index[axis] = 0
        axis -= 1
      }
    }
    return ordered
  }
}
