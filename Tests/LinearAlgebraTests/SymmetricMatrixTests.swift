import Foundation
import LinearAlgebra
import Testing

@Suite struct SymmetricMatrixTests {
  /// The second difference of order n has eigenvalues `2 - 2 cos(k pi / (n + 1))`, k = 1 ... n.
  @Test func secondDifferencesHaveTheirKnownEigenvalues() {
    let order = 40
    var elements = [Double](repeating: 0, count: order * order)
    for row in 0..<order {
      elements[row * order + row] = 2
      if row > 0 { elements[row * order + row - 1] = -1 }
      if row + 1 < order { elements[row * order + row + 1] = -1 }
    }
    let matrix = SymmetricMatrix(order: order, elements: elements)
    let (values, vectors) = matrix.largestEigenvectors(7)
    for place in 0..<7 {
      let expected = 2 - 2 * cos(Double(order - place) * .pi / Double(order + 1))
      #expect(abs(values[place] - expected) < 1e-12)
      let vector = Array(vectors[place * order..<(place + 1) * order])
      #expect(abs(vector.reduce(0) { $0 + $1 * $1 } - 1) < 1e-12)
      for row in 0..<order {
        let image = (0..<order).reduce(0) { $0 + elements[row * order + $1] * vector[$1] }
        #expect(abs(image - values[place] * vector[row]) < 1e-12)
      }
      #expect(vector.max { abs($0) < abs($1) }! > 0)
    }
  }
}
