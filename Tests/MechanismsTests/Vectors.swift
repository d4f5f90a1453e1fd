import Randomness

extension StreamKey {
  /// A vector of standard normal numbers.
  func vector(_ dimension: Int) -> [Float] {
    var stream = RandomStream(self)
    var values = [Float](repeating: 0, count: dimension)
    stream.fillGaussian(&values, standardDeviation: 1)
    return values
  }
}

/// Independent of the library's norm: a plain sum of squares.
func euclideanDistance(_ left: [Double], _ right: [Double]) -> Double {
  var squares = 0.0
  for index in left.indices {
    let difference = left[index] - right[index]
    squares += difference * difference
  }
  return squares.squareRoot()
}
