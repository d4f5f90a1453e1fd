/// Inputs of examples in one flat buffer, `[example, feature]`, row-major.
public enum FeatureRows: Hashable, Sendable {
  /// 0 ... 255, read as 0 ... 1.
  case bytes([UInt8])
  /// Finite.
  case floats([Float])

  public var elementCount: Int {
    switch self {
    case .bytes(let bytes): bytes.count
    case .floats(let floats): floats.count
    }
  }

  /// The element at a place, as it is read.
  public func element(_ place: Int) -> Float {
    switch self {
    case .bytes(let bytes): Float(bytes[place]) / 255
    case .floats(let floats): floats[place]
    }
  }

  /// A copy of some rows, in the order given.
  ///
  /// - Precondition: every row lies within the buffer.
  public func selecting(_ rows: [Int32], rowLength: Int) -> FeatureRows {
    switch self {
    case .bytes(let bytes): .bytes(Self.selecting(rows, of: bytes, rowLength: rowLength))
    case .floats(let floats): .floats(Self.selecting(rows, of: floats, rowLength: rowLength))
    }
  }

  private static func selecting<Element>(
    _ rows: [Int32], of elements: [Element], rowLength: Int
  ) -> [Element] {
    var chosen: [Element] = []
    chosen.reserveCapacity(rows.count * rowLength)
    for row in rows {
      let start = Int(row) * rowLength
      chosen += elements[start..<start + rowLength]
    }
    return chosen
  }
}
