/// How a product is cut so that each piece stays within the size that the library multiplies without
/// packing its factors first.
///
/// With AVX-512 OpenBLAS does so up to 10^6 multiplications, and reaches 70 to 105 % of what it reaches
/// on large matrices, where the packed way reaches 25 to 90 % on products with 10 to 128 columns.
struct ProductBlocks: Hashable {
  let rows: Int
  let columns: Int

  private static let vector = 16
  private static let mostRows = 128
  /// Blocks of this many columns keep the vectors busy with the fewest passes over the factors.
  private static let wantedColumns = 64
  /// Longer inner products leave blocks too narrow to be worth it.
  private static let longestInner = 1024

  /// - Parameter bound: the most multiplications of a direct product; nil where the library has none.
  init(rows: Int, columns: Int, inner: Int, bound: Int?) {
    guard let bound, inner <= Self.longestInner, rows * columns * inner > bound else {
      self.rows = max(1, rows)
      self.columns = max(1, columns)
      return
    }
    let width = max(Self.vector, min(columns, Self.wantedColumns))
    let tallest = Self.wholeVectors(max(1, bound / (inner * width)))
    self.rows = min(rows, Self.mostRows, tallest)
    self.columns = Self.wholeVectors(bound / (inner * self.rows))
  }

  private static func wholeVectors(_ count: Int) -> Int {
    count < vector ? count : count / vector * vector
  }
}
