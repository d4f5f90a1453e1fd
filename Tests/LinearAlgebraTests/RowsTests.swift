import LinearAlgebra
import Testing

@Suite struct RowsTests {
  static let shapes = [(0, 4), (1, 1), (3, 17), (5, 0), (20, 33), (4, 200)]

  @Test(arguments: shapes, [0, 3])
  func sumsOfSquaresAreThoseOfAPlainLoop(shape: (rows: Int, columns: Int), offset: Int) {
    let view = MatrixView(offset: offset, rows: shape.rows, columns: shape.columns)
    let values = samples(view.range.upperBound + 1, seed: 1)
    var sums = [Double](repeating: -1, count: shape.rows + 1)
    rowSumsOfSquares(of: values, view, into: &sums)
    for row in 0..<shape.rows {
      let line = values[(offset + row * shape.columns)...].prefix(shape.columns)
      let expected = line.reduce(0.0) { $0 + Double($1) * Double($1) }
      #expect((sums[row] - expected).magnitude <= Double(shape.columns) * 0x1p-53 * expected)
    }
    #expect(sums.last == -1)
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity], [50, 84, 99])
  func onlyTheRowOfWhatIsNotFiniteShowsIt(value: Float, place: Int) {
    var values = samples(150, seed: 2)
    values[place] = value
    var sums = [Double](repeating: 0, count: 3)
    rowSumsOfSquares(of: values, MatrixView(rows: 3, columns: 50), into: &sums)
    #expect(sums.map(\.isFinite) == [true, false, true])
  }

  /// Squares of single precision fit in double precision at both ends.
  @Test(arguments: [Float.greatestFiniteMagnitude, .leastNonzeroMagnitude])
  func extremeSquaresNeitherOverflowNorVanish(magnitude: Float) {
    var sums = [0.0]
    rowSumsOfSquares(
      of: [Float](repeating: -magnitude, count: 64), MatrixView(rows: 1, columns: 64), into: &sums)
    #expect(sums[0] == 64 * Double(magnitude) * Double(magnitude))
  }

  @Test(arguments: shapes, [0, 3])
  func factorsScaleTheirRows(shape: (rows: Int, columns: Int), offset: Int) {
    let view = MatrixView(offset: offset, rows: shape.rows, columns: shape.columns)
    let before = samples(view.range.upperBound + 2, seed: 3)
    let factors = samples(shape.rows + 1, seed: 4)
    var values = before
    scaleRows(&values, view, by: factors)
    for index in before.indices {
      let expected =
        view.range.contains(index)
        ? before[index] * factors[(index - offset) / shape.columns] : before[index]
      #expect(values[index].bitPattern == expected.bitPattern)
    }
  }
}
