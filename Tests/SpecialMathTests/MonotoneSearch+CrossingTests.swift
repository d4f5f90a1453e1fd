import Foundation
import SpecialMath
import Testing

@Suite struct MonotoneSearchCrossingTests {
  private typealias Sample = MonotoneSearch.Sample

  private struct Shape: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// The most evaluations that a bracket of a factor of 8 may take.
    let evaluations: Int
    /// Falls through 0 at the root.
    let value: @Sendable (_ x: Double, _ root: Double) -> Double
  }

  private static let shapes = [
    Shape(testDescription: "power", evaluations: 9) { x, root in -1.7 * log(x / root) },
    Shape(testDescription: "smooth", evaluations: 10) { x, root in root * root / x / x - x / root },
    Shape(testDescription: "steep below", evaluations: 18) { x, root in
      exp(20 * (root - x) / root) - 1
    },
    Shape(testDescription: "kink", evaluations: 18) { x, root in
      x < root ? 1000 * (root - x) : root - x
    },
    Shape(testDescription: "step", evaluations: 26) { x, root in x < root ? 1 : -1 },
    Shape(testDescription: "no number tells", evaluations: 26) { x, root in
      x < root ? .infinity : -.infinity
    },
    Shape(testDescription: "flat touch", evaluations: 60) { x, root in pow(root - x, 9) },
  ]

  @Test(arguments: shapes, [1e-9, 0.954, 1.234567, 3.9e11])
  private func theRootIsBetweenNeighbors(shape: Shape, root: Double) {
    var evaluations = 0
    func value(_ x: Double) -> Double {
      evaluations += 1
      return shape.value(x, root)
    }
    let grid = SearchGrid.millionths
    let left = grid.point(atOrAbove: root / 5)
    let right = grid.point(atOrAbove: root * 1.6)
    let (below, above) = MonotoneSearch.crossing(
      between: Sample(x: left, value: shape.value(left, root)),
      and: Sample(x: right, value: shape.value(right, root)), on: grid, value: value)
    #expect(below.value > 0 && above.value <= 0)
    #expect(shape.value(below.x, root) == below.value)
    #expect(shape.value(above.x, root) == above.value)
    #expect(above.x == grid.point(after: below.x))
    #expect(evaluations <= shape.evaluations, "\(evaluations) evaluations")
  }

  /// Rising functions, and ends in either order.
  @Test(arguments: [1.0, 2, 3, 1000, 123_456_789, 0x1p53 - 2], [false, true])
  func wholeNumbersAreFoundExactly(last: Double, isReversed: Bool) {
    func value(_ x: Double) -> Double { log(x) - log(last + 0.5) }
    let ends = [1, 0x1p53].map { Sample(x: $0, value: $0 <= last ? -1 : 1) }
    let (one, other) = MonotoneSearch.crossing(
      between: ends[isReversed ? 1 : 0], and: ends[isReversed ? 0 : 1], on: .wholeNumbers,
      value: { $0 <= last ? min(value($0), 0) : max(value($0), .leastNonzeroMagnitude) })
    #expect(Set([one.x, other.x]) == [last, last + 1])
    #expect((one.x == last) == !isReversed)
  }

  @Test func errorsPassThrough() {
    struct Refusal: Error {}
    #expect(throws: Refusal.self) {
      try MonotoneSearch.crossing(
        between: Sample(x: 1, value: 1), and: Sample(x: 2, value: -1), on: .millionths
      ) { _ throws(Refusal) in throw Refusal() }
    }
  }
}
