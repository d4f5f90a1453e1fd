import LinearAlgebra
import Testing

@Suite struct MatrixProductTests {
  struct Shape: CustomTestStringConvertible {
    let rows: Int
    let inner: Int
    let columns: Int
    var testDescription: String { "[\(rows), \(inner)] x [\(inner), \(columns)]" }
  }

  static let shapes = [
    Shape(rows: 1, inner: 1, columns: 1), Shape(rows: 1, inner: 17, columns: 1),
    Shape(rows: 3, inner: 2, columns: 5), Shape(rows: 17, inner: 33, columns: 9),
    Shape(rows: 10, inner: 128, columns: 65), Shape(rows: 64, inner: 10, columns: 31),
    Shape(rows: 0, inner: 3, columns: 4), Shape(rows: 4, inner: 3, columns: 0),
    Shape(rows: 5, inner: 0, columns: 4), Shape(rows: 0, inner: 0, columns: 0),
  ]

  static let scales: [(scale: Float, resultScale: Float)] = [
    (1, 0), (1, 1), (-0.125, 1), (2.5, -0.75), (0, 0.5),
  ]

  @Test(arguments: shapes, scales)
  func productsAgreeWithThreeLoops(shape: Shape, scales: (scale: Float, resultScale: Float)) {
    for (leftTransposed, rightTransposed) in [
      (false, false), (false, true), (true, false), (true, true),
    ] {
      for offset in [0, 1, 3] {
        expectProduct(
          shape, leftTransposed: leftTransposed, rightTransposed: rightTransposed, offset: offset,
          scale: scales.scale, resultScale: scales.resultScale)
      }
    }
  }

  /// Shapes of the engine that are cut into blocks where the library has a direct way: forward,
  /// backward, weight gradient and unfolded images.
  static let blocked = [
    Shape(rows: 300, inner: 784, columns: 10), Shape(rows: 64, inner: 784, columns: 128),
    Shape(rows: 10, inner: 300, columns: 784), Shape(rows: 128, inner: 64, columns: 784),
    Shape(rows: 300, inner: 10, columns: 784), Shape(rows: 257, inner: 128, columns: 64),
    Shape(rows: 1, inner: 1024, columns: 1100), Shape(rows: 1352, inner: 64, columns: 16),
  ]

  @Test(arguments: blocked) func blockedProductsAgreeWithThreeLoops(shape: Shape) {
    for (leftTransposed, rightTransposed) in [(false, false), (false, true), (true, false)] {
      expectProduct(
        shape, leftTransposed: leftTransposed, rightTransposed: rightTransposed, offset: 3,
        scale: -0.125, resultScale: 1)
    }
  }

  // MARK: Rows

  @Test(arguments: [0, 1, 3, 17], [0, 1, 5, 40])
  func weightedRowsAgreeWithTwoLoops(rows: Int, columns: Int) {
    let view = MatrixView(offset: 2, rows: rows, columns: columns)
    let values = samples(view.range.upperBound + 1, seed: 4)
    let weights = samples(rows + 1, seed: 5)
    let before = samples(columns + 7, seed: 6)
    let range = 3..<(3 + columns)
    var total = before
    addWeightedRows(of: values, view, weights: weights, to: &total, at: range)
    for index in before.indices {
      guard range.contains(index) else {
        #expect(total[index].bitPattern == before[index].bitPattern)
        continue
      }
      var (exact, magnitude) = (Double(before[index]), Double(before[index].magnitude))
      for row in 0..<rows {
        let term =
          Double(weights[row]) * Double(values[view.offset + row * columns + index - 3])
        exact += term
        magnitude += term.magnitude
      }
      #expect((Double(total[index]) - exact).magnitude <= Double(rows + 2) * 0x1p-24 * magnitude)
    }
  }

  /// On several workers, up to a matrix that is cut into parts.
  @Test(arguments: [0, 1, 3, 17, 64, 300], [0, 1, 5, 40, 130])
  func transposingMovesEveryElement(rows: Int, columns: Int) {
    let view = MatrixView(offset: 2, rows: rows, columns: columns)
    let values = samples(view.range.upperBound + 1, seed: 7)
    let expected = (0..<columns).flatMap { column in
      (0..<rows).map { values[2 + $0 * columns + column] }
    }
    for workerCount in [1, 3] {
      var result = AlignedFloats(count: view.count + 1)
      result.values[result.offset + view.count] = 5
      transpose(values, view, into: &result, workers: Workers(count: workerCount))
      #expect(Array(result.values[result.offset...].prefix(view.count + 1)) == expected + [5])
    }
  }

  @Test func aResultScaleOfZeroOverwritesWhateverWasThere() {
    for (size, inner) in [(3, 2), (40, 50), (3, 0)] {
      let view = MatrixView(rows: size, columns: size)
      var result = [Float](repeating: .nan, count: view.count)
      multiply(
        MatrixOperand(
          [Float](repeating: 2, count: size * inner), MatrixView(rows: size, columns: inner)),
        MatrixOperand(
          [Float](repeating: 3, count: size * inner), MatrixView(rows: inner, columns: size)),
        into: &result, at: view)
      #expect(result == [Float](repeating: 6 * Float(inner), count: view.count))
    }
  }

  @Test func transposingTwiceChangesNothing() {
    let view = MatrixView(rows: 2, columns: 3)
    let left = MatrixOperand([1, 2, 3, 4, 5, 6], view)
    let right = MatrixOperand([1, 0, 0, 1, 1, 1], MatrixView(rows: 3, columns: 2))
    var result: [Float] = [0, 0, 0, 0]
    multiply(left.transposed.transposed, right, into: &result, at: MatrixView(rows: 2, columns: 2))
    #expect(result == [4, 5, 10, 11])
  }

  /// Rounding of a sum of k products in any order, with or without fused additions, stays within
  /// (k + 2) units of the sum of magnitudes (Higham, Accuracy and Stability of Numerical Algorithms,
  /// 2002, section 3.5).
  private func expectProduct(
    _ shape: Shape, leftTransposed: Bool, rightTransposed: Bool, offset: Int, scale: Float,
    resultScale: Float
  ) {
    let (m, k, n) = (shape.rows, shape.inner, shape.columns)
    let leftView = MatrixView(
      offset: offset, rows: leftTransposed ? k : m, columns: leftTransposed ? m : k)
    let rightView = MatrixView(
      offset: 2 * offset, rows: rightTransposed ? n : k, columns: rightTransposed ? k : n)
    let view = MatrixView(offset: 3 * offset, rows: m, columns: n)
    let left = samples(leftView.range.upperBound + offset, seed: 1)
    let right = samples(rightView.range.upperBound + offset, seed: 2)
    let before = samples(view.range.upperBound + offset, seed: 3)

    var result = before
    let leftOperand = MatrixOperand(left, leftView)
    let rightOperand = MatrixOperand(right, rightView)
    multiply(
      leftTransposed ? leftOperand.transposed : leftOperand,
      rightTransposed ? rightOperand.transposed : rightOperand,
      scale: scale, into: &result, at: view, resultScale: resultScale)

    var worst = 0.0
    for row in 0..<m {
      for column in 0..<n {
        let place = view.offset + row * n + column
        var exact = Double(resultScale) * Double(before[place])
        var magnitude = exact.magnitude
        for index in 0..<k {
          let a = left[leftView.offset + (leftTransposed ? index * m + row : row * k + index)]
          let b = right[
            rightView.offset + (rightTransposed ? column * k + index : index * n + column)]
          exact += Double(scale) * Double(a) * Double(b)
          magnitude += (Double(scale) * Double(a) * Double(b)).magnitude
        }
        let allowed = Double(k + 2) * 0x1p-24 * magnitude
        if magnitude > 0 { worst = max(worst, (Double(result[place]) - exact).magnitude / allowed) }
      }
    }
    #expect(worst <= 1)
    #expect(result[..<view.offset] == before[..<view.offset], "elements before the result changed")
    #expect(
      result[view.range.upperBound...] == before[view.range.upperBound...],
      "elements after the result changed")
  }
}
