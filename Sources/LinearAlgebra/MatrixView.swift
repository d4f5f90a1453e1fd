/// Where a row-major matrix lies in a flat buffer: element `(row, column)` is at
/// `offset + row * columns + column`.
public struct MatrixView: Hashable, Sendable {
  public let offset: Int
  public let rows: Int
  public let columns: Int

  public init(offset: Int = 0, rows: Int, columns: Int) {
    precondition(offset >= 0 && rows >= 0 && columns >= 0, "a matrix view has no negative part")
    self.offset = offset
    self.rows = rows
    self.columns = columns
  }

  public var count: Int { rows * columns }
  public var range: Range<Int> { offset..<(offset + count) }

  /// The same place, read as its first `count` rows.
  public func firstRows(_ count: Int) -> MatrixView {
    precondition(count <= rows, "a view cannot grow")
    return MatrixView(offset: offset, rows: count, columns: columns)
  }
}
