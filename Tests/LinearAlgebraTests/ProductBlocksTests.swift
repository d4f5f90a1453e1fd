import Testing

@testable import LinearAlgebra

@Suite struct ProductBlocksTests {
  static let bounds: [Int?] = [nil, 20_000, 1_000_000]
  static let inners = [0, 1, 10, 17, 256, 784, 1024, 1025, 4096]

  @Test(arguments: bounds, inners) func blocksCoverTheProductAndKeepTheBound(
    bound: Int?, inner: Int
  ) {
    for rows in [0, 1, 15, 16, 17, 128, 256, 300, 5000] {
      for columns in [0, 1, 10, 16, 64, 100, 128, 784] {
        let blocks = ProductBlocks(rows: rows, columns: columns, inner: inner, bound: bound)
        let heights = stride(from: 0, to: rows, by: blocks.rows)
          .map { min(blocks.rows, rows - $0) }
        let widths = stride(from: 0, to: columns, by: blocks.columns)
          .map { min(blocks.columns, columns - $0) }
        #expect(heights.reduce(0, +) == rows && widths.reduce(0, +) == columns)
        guard let bound, inner <= 1024 else { continue }
        let largest = (heights.max() ?? 0) * (widths.max() ?? 0) * inner
        #expect(largest <= bound, "\(rows) x \(columns): \(blocks)")
      }
    }
  }

  @Test func aProductWithinTheBoundIsOneBlock() {
    let blocks = ProductBlocks(rows: 127, columns: 10, inner: 784, bound: 1_000_000)
    #expect(blocks.rows >= 127 && blocks.columns >= 10)
  }

  @Test(arguments: [(bound: nil as Int?, inner: 784), (bound: 1_000_000, inner: 1025)])
  func whereTheLibraryHasNoDirectWayNothingIsCut(bound: Int?, inner: Int) {
    let blocks = ProductBlocks(rows: 3000, columns: 128, inner: inner, bound: bound)
    #expect(blocks.rows == 3000 && blocks.columns == 128)
  }

  /// Whole vectors, so that no block but the last has a remainder.
  @Test(arguments: [10, 64, 128, 784]) func blocksAreCutAtWholeVectors(columns: Int) {
    let blocks = ProductBlocks(rows: 2048, columns: columns, inner: 784, bound: 1_000_000)
    #expect(blocks.rows.isMultiple(of: 16))
    #expect(blocks.columns.isMultiple(of: 16))
  }
}
