import Foundation
import LinearAlgebra
import Testing

@Suite struct ActivationsTests {
  /// Both signs, every binade from the smallest number to 2^7, 500 values in each.
  static let magnitudes = (-149..<7).flatMap { exponent in
    (0..<500).map { Float(scalbn(1 + Double($0) / 500, exponent)) }
  }

  @Test func tangentsAreWithinFourUnits() {
    let arguments = Self.magnitudes + Self.magnitudes.map { -$0 } + samples(10_000, seed: 1)
    var values = arguments
    hyperbolicTangent(&values, count: values.count)
    for (argument, value) in zip(arguments, values) {
      let exact = tanh(Double(argument))
      #expect((Double(value) - exact).magnitude <= 4 * Double(Float(exact).ulp), "\(argument)")
      #expect(value.magnitude <= 1)
    }
  }

  @Test func tangentsAreOdd() {
    var positive = Self.magnitudes
    var negative = Self.magnitudes.map { -$0 }
    hyperbolicTangent(&positive, count: positive.count)
    hyperbolicTangent(&negative, count: negative.count)
    #expect(negative.bits == positive.map { -$0 }.bits)
  }

  @Test func tangentsAtTheEdges() {
    var values: [Float] = [
      0, -0.0, .infinity, -.infinity, .greatestFiniteMagnitude, 9.02, -9.02, .leastNonzeroMagnitude,
      .nan,
    ]
    hyperbolicTangent(&values, count: values.count)
    #expect(
      values.dropLast().map(\.bitPattern)
        == [0, -0.0, 1, -1, 1, 1, -1, Float.leastNonzeroMagnitude].bits)
    #expect(values.last!.isNaN)
  }

  /// A vector's lanes, and what is left over behind the last whole vector, round alike.
  @Test(arguments: awkwardLengths) func anElementDoesNotDependOnItsNeighbors(count: Int) {
    let arguments = samples(count + 3, seed: 2).map { 2 * $0 }
    let sigmoid = TemperedSigmoid(scale: 1.58, temperature: 3, offset: 0.71)
    var tangents = arguments
    var sigmoids = arguments
    hyperbolicTangent(&tangents, count: count)
    temperedSigmoid(&sigmoids, count: count, sigmoid)
    for index in arguments.indices {
      var tangent = [arguments[index]]
      var value = tangent
      if index < count {
        hyperbolicTangent(&tangent, count: 1)
        temperedSigmoid(&value, count: 1, sigmoid)
      }
      #expect(tangents[index].bitPattern == tangent[0].bitPattern)
      #expect(sigmoids[index].bitPattern == value[0].bitPattern)
    }
  }

  /// The paper's best settings for MNIST, FashionMNIST and CIFAR-10, and others.
  static let sigmoids = [
    TemperedSigmoid(scale: 2, temperature: 2, offset: 1),
    TemperedSigmoid(scale: 1.58, temperature: 3, offset: 0.71),
    TemperedSigmoid(scale: 1, temperature: 1, offset: 0),
    TemperedSigmoid(scale: 5, temperature: 0.25, offset: 3),
  ]

  @Test(arguments: sigmoids) func sigmoidsAreWithinRounding(sigmoid: TemperedSigmoid) {
    let arguments =
      samples(5000, seed: 3).map { 6 * $0 } + [0, -0.0, 1e9, -1e9, .infinity, -.infinity]
    var values = arguments
    temperedSigmoid(&values, count: values.count, sigmoid)
    let tolerance = 0x1p-22 * Double(sigmoid.scale + sigmoid.offset)
    for (argument, value) in zip(arguments, values) {
      #expect((Double(value) - Self.sigmoid(sigmoid, Double(argument))).magnitude <= tolerance)
    }
    var undefined = [Float.nan]
    temperedSigmoid(&undefined, count: 1, sigmoid)
    #expect(undefined[0].isNaN)
  }

  @Test(arguments: awkwardLengths) func tangentGradientsAreDerivatives(count: Int) {
    let arguments = samples(count + 2, seed: 4)
    let before = samples(count + 2, seed: 5)
    var activation = arguments
    var gradient = before
    hyperbolicTangent(&activation, count: count)
    hyperbolicTangentGradient(&gradient, activation: activation, count: count)
    for index in 0..<count {
      let derivative = 1 / pow(cosh(Double(arguments[index])), 2)
      let expected = Double(before[index]) * derivative
      #expect((Double(gradient[index]) - expected).magnitude <= 1e-6 * abs(Double(before[index])))
    }
    #expect(gradient.suffix(2) == before.suffix(2))
  }

  @Test(arguments: sigmoids) func sigmoidGradientsAreDerivatives(sigmoid: TemperedSigmoid) {
    let arguments = samples(1001, seed: 6)
    let before = samples(1001, seed: 7)
    var activation = arguments
    var gradient = before
    temperedSigmoid(&activation, count: 1001, sigmoid)
    temperedSigmoidGradient(&gradient, activation: activation, count: 1000, sigmoid)
    let steepest = Double(sigmoid.scale * sigmoid.temperature)
    let step = 1e-5
    for index in 0..<1000 {
      let x = Double(arguments[index])
      let rise = Self.sigmoid(sigmoid, x + step) - Self.sigmoid(sigmoid, x - step)
      let error = Double(gradient[index]) - Double(before[index]) * rise / (2 * step)
      #expect(error.magnitude <= 1e-6 * steepest * abs(Double(before[index])))
    }
    #expect(gradient[1000] == before[1000])
  }

  private static func sigmoid(_ sigmoid: TemperedSigmoid, _ x: Double) -> Double {
    Double(sigmoid.scale) / (1 + exp(-Double(sigmoid.temperature) * x)) - Double(sigmoid.offset)
  }
}
