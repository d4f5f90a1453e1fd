import LinearAlgebra
import Testing

@Suite struct PoolingTests {
  static let geometries = [
    PoolGeometry(height: 1, width: 1, channels: 1, size: 1, stride: 1),
    PoolGeometry(height: 6, width: 5, channels: 16, size: 2, stride: 1),
    PoolGeometry(height: 8, width: 8, channels: 32, size: 2, stride: 2),
    PoolGeometry(height: 9, width: 7, channels: 19, size: 3, stride: 2),
    PoolGeometry(height: 17, width: 16, channels: 3, size: 16, stride: 1),
  ]

  /// The elements of the window behind an output element, by rows; indices in the batch.
  static func window(of index: Int, _ geometry: PoolGeometry) -> [Int] {
    let channel = index % geometry.channels
    let column = index / geometry.channels % geometry.outputWidth * geometry.stride
    let line = index / geometry.channels / geometry.outputWidth
    let row = line % geometry.outputHeight * geometry.stride
    let top = line / geometry.outputHeight * geometry.height + row
    return (0..<geometry.size * geometry.size).map { place in
      let pixel = (top + place / geometry.size) * geometry.width + column + place % geometry.size
      return pixel * geometry.channels + channel
    }
  }

  @Test(arguments: geometries, [0, 1, 3])
  func theLargestOfEachWindowWins(geometry: PoolGeometry, examples: Int) {
    // Few distinct values, so that many windows have several largest.
    let input = samples(examples * geometry.inputLength, seed: 1).map { $0.rounded() }
    let count = examples * geometry.outputLength
    var output = [Float](repeating: 5, count: count + 1)
    var places = [UInt8](repeating: 255, count: count + 1)
    maxPool(input, examples: examples, geometry, into: &output, places: &places)
    for index in 0..<count {
      let values = Self.window(of: index, geometry).map { input[$0] }
      #expect(output[index] == values.max()!)
      #expect(Int(places[index]) == values.firstIndex(of: values.max()!))
    }
    #expect(output.last == 5)
    #expect(places.last == 255)
  }

  @Test(arguments: geometries) func notANumberWinsOverAll(geometry: PoolGeometry) {
    var input = samples(geometry.inputLength, seed: 2)
    for index in stride(from: 0, to: input.count, by: 5) { input[index] = .infinity }
    for index in stride(from: 0, to: input.count, by: 7) { input[index] = .nan }
    var output = [Float](repeating: 0, count: geometry.outputLength)
    var places = [UInt8](repeating: 0, count: geometry.outputLength)
    maxPool(input, examples: 1, geometry, into: &output, places: &places)
    for index in output.indices {
      let values = Self.window(of: index, geometry).map { input[$0] }
      if let first = values.firstIndex(where: \.isNaN) {
        #expect(output[index].isNaN)
        #expect(Int(places[index]) == first)
      } else {
        #expect(output[index] == values.max()!)
      }
    }
  }

  @Test(arguments: geometries, [0, 1, 3])
  func gradientsGoToTheLargest(geometry: PoolGeometry, examples: Int) {
    let input = samples(examples * geometry.inputLength, seed: 3)
    let count = examples * geometry.outputLength
    let gradient = samples(count, seed: 4)
    var output = gradient
    var places = [UInt8](repeating: 0, count: count)
    maxPool(input, examples: examples, geometry, into: &output, places: &places)
    var inputGradient = [Float](repeating: 5, count: input.count + 1)
    maxPoolGradient(gradient, places: places, examples: examples, geometry, into: &inputGradient)
    var expected = [Double](repeating: 0, count: input.count) + [5]
    for index in 0..<count {
      let window = Self.window(of: index, geometry)
      expected[window.max { input[$0] < input[$1] }!] += Double(gradient[index])
    }
    for (value, sum) in zip(inputGradient, expected) {
      #expect((Double(value) - sum).magnitude <= 1e-5)
    }
  }

  @Test(arguments: geometries, [0, 1, 3])
  func averagesAreThoseOfPlainLoops(geometry: PoolGeometry, examples: Int) {
    let input = samples(examples * geometry.inputLength, seed: 5)
    let count = examples * geometry.outputLength
    let gradient = samples(count, seed: 6)
    var output = [Float](repeating: 5, count: count + 1)
    averagePool(input, examples: examples, geometry, into: &output)
    var inputGradient = [Float](repeating: 5, count: input.count + 1)
    averagePoolGradient(gradient, examples: examples, geometry, into: &inputGradient)
    let elements = Double(geometry.size * geometry.size)
    var expected = [Double](repeating: 0, count: input.count) + [5]
    for index in 0..<count {
      let window = Self.window(of: index, geometry)
      let mean = window.reduce(0) { $0 + Double(input[$1]) } / elements
      #expect((Double(output[index]) - mean).magnitude <= 1e-5)
      for source in window { expected[source] += Double(gradient[index]) / elements }
    }
    for (value, sum) in zip(inputGradient, expected) {
      #expect((Double(value) - sum).magnitude <= 1e-5)
    }
    #expect(output.last == 5)
  }
}
