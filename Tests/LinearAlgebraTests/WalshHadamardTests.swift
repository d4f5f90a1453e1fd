import LinearAlgebra
import Testing

@Suite struct WalshHadamardTests {
  /// Against the matrix, whose element is -1 to the number of bits that both indices have.
  @Test(arguments: [1, 2, 4, 8, 16, 64, 256])
  func transformsAreProductsWithTheMatrix(count: Int) {
    let values = samples(count, seed: 501)
    var transformed = values
    walshHadamardTransform(&transformed)
    for row in 0..<count {
      var sum = 0.0
      for column in 0..<count {
        let sign = (row & column).nonzeroBitCount.isMultiple(of: 2) ? 1.0 : -1
        sum += sign * Double(values[column])
      }
      #expect(abs(Double(transformed[row]) - sum / Double(count).squareRoot()) < 1e-5)
    }
  }

  @Test(arguments: [1, 2, 1024, 65536])
  func itIsItsOwnInverseAndKeepsNorms(count: Int) {
    let values = samples(count, seed: 502)
    var transformed = values
    walshHadamardTransform(&transformed)
    #expect(abs(euclideanNorm(transformed) / euclideanNorm(values) - 1) < 1e-5)
    walshHadamardTransform(&transformed)
    for (value, back) in zip(values, transformed) { #expect(abs(value - back) < 1e-5) }
  }

  @Test func otherLengthsAreRefused() async {
    await #expect(processExitsWith: .failure) {
      var values = [Float](repeating: 0, count: 12)
      walshHadamardTransform(&values)
    }
  }
}
