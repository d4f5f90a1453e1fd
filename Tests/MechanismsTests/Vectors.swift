import Accounting
import LinearAlgebra
import Mechanisms
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

extension NoiseMechanism {
  /// A sum of one layer.
  func makeSum(dimension: Int) -> ClippedSum { makeSum(layers: [0..<dimension]) }

  /// What leaves of some contributions, with the noise of a key.
  func released(
    _ updates: [[Float]], expectedCohortSize: Double, dimension: Int, noise key: StreamKey,
    workers: Workers = .one, charging ledger: inout Ledger
  ) throws -> Release {
    let sum = makeSum(dimension: dimension)
    prepare(sum, noise: key)
    for (unit, update) in updates.enumerated() { sum.add(clipping: update, from: unit) }
    return try release(
      sum, expectedCohortSize: expectedCohortSize, noise: key, workers: workers
    ).charge(&ledger) { $0 }
  }
}
