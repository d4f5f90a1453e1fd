internal import COpenBLAS

/// A symmetric matrix, all of its `[row, column]` stored.
public struct SymmetricMatrix {
  public let order: Int
  public let elements: [Double]

  public init(order: Int, elements: [Double]) {
    precondition(order > 0 && elements.count == order * order, "a square of elements")
    self.order = order
    self.elements = elements
  }

  /// The largest eigenvalues and their unit eigenvectors, the largest first, by LAPACK's `dsyevr`.
  ///
  /// Of a vector and its opposite, the one whose element of largest size is positive. The vectors are
  /// `[eigenvalue, element]`. Uses up the matrix.
  ///
  /// - Parameter count: 1 to ``order``.
  public consuming func largestEigenvectors(
    _ count: Int
  ) -> (values: [Double], vectors: [Double]) {
    precondition((1...order).contains(count), "1 to \(order) eigenvectors")
    var matrix = elements
    var values = [Double](repeating: 0, count: order)
    var vectors = [Double](repeating: 0, count: order * count)
    var support = [Int32](repeating: 0, count: 2 * count)
    var (order32, first, last) = (Int32(order), Int32(order - count + 1), Int32(order))
    var (found, outcome, unused, tolerance) = (Int32(0), Int32(0), 0.0, 0.0)
    func solve(_ work: inout [Double], _ size: Int32, _ whole: inout [Int32], _ wholeSize: Int32) {
      var (size, wholeSize) = (size, wholeSize)
      dsyevr_(
        "V", "I", "U", &order32, &matrix, &order32, &unused, &unused, &first, &last, &tolerance,
        &found, &values, &vectors, &order32, &support, &work, &size, &whole, &wholeSize, &outcome)
    }
    var work = [0.0]
    var whole = [Int32(0)]
    solve(&work, -1, &whole, -1)
    let (size, wholeSize) = (Int(work[0]), Int(whole[0]))
    work = [Double](repeating: 0, count: size)
    whole = [Int32](repeating: 0, count: wholeSize)
    solve(&work, Int32(size), &whole, Int32(wholeSize))
    precondition(
      outcome == 0 && Int(found) == count, "a finite symmetric matrix has its eigenvectors")
    var ordered = [Double]()
    ordered.reserveCapacity(vectors.count)
    for place in (0..<count).reversed() {
      let vector = vectors[place * order..<(place + 1) * order]
      let largest = vector.max { abs($0) < abs($1) }!
      ordered += largest < 0 ? vector.map { -$0 } : Array(vector)
    }
    return (values[..<count].reversed(), ordered)
  }
}
