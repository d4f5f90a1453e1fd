import LinearAlgebra
import Randomness
import Testing

@testable import Models

/// Both ways to a convolution's norms and weighted gradients say the same.
@Suite struct ConvolutionNormTests {
  struct Kernel: CustomTestStringConvertible {
    let input: Shape
    let filters: Int
    let size: Int
    let stride: Int
    let padding: Int
    var testDescription: String { "\(filters) of \(size), stride \(stride), padding \(padding)" }
  }

  static let kernels = [
    Kernel(
      input: Shape(height: 9, width: 7, channels: 2), filters: 5, size: 3, stride: 1, padding: 1),
    Kernel(
      input: Shape(height: 28, width: 28, channels: 1), filters: 16, size: 8, stride: 2,
      padding: 2),
    Kernel(
      input: Shape(height: 12, width: 12, channels: 16), filters: 32, size: 4, stride: 2,
      padding: 0),
    Kernel(
      input: Shape(height: 4, width: 4, channels: 8), filters: 64, size: 4, stride: 1, padding: 0),
    Kernel(
      input: Shape(height: 5, width: 3, channels: 3), filters: 1, size: 1, stride: 1, padding: 0),
  ]

  @Test(arguments: kernels) func ghostNormsAreMaterializedNorms(kernel: Kernel) {
    let rows = 5
    let (ghostNorms, ghostSum) = clipped(kernel, .ghost, rows: rows)
    let (norms, sum) = clipped(kernel, .materialized, rows: rows)
    for row in 0..<rows {
      #expect(norms[row] > 0)
      #expect((ghostNorms[row] / norms[row] - 1).magnitude < 1e-4)
    }
    expectClose(ghostSum.map(Double.init), sum.map(Double.init), within: 1e-5)
    #expect(sum.contains { $0.magnitude > 1 })
  }

  /// The norm of one example is that of its gradient as descent sees it.
  @Test(arguments: kernels, [ConvolutionLayer.NormMethod.ghost, .materialized])
  func normsAreThoseOfTheGradient(kernel: Kernel, method: ConvolutionLayer.NormMethod) {
    var problem = Problem(kernel, method, rows: 1)
    let norms = problem.squaredNorms()
    var gradient = [Float](repeating: 0, count: problem.parameters.count)
    problem.layer.addGradient(
      problem.input, rows: 1, scale: 1, state: &problem.state, to: &gradient)
    let squares = gradient.reduce(0) { $0 + Double($1) * Double($1) }
    #expect((norms[0] / squares - 1).magnitude < 1e-4)
  }

  /// A uniform image whose positions pull in opposite directions, all but a little: the inner products
  /// cancel where the gradient is small, and a norm that came out too small would clip too little.
  @Test(
    arguments: [1, 1e-1, 1e-2, 1e-3, 1e-4] as [Float],
    [ConvolutionLayer.NormMethod.ghost, .materialized])
  func normsSurviveCancellation(rest: Float, method: ConvolutionLayer.NormMethod) {
    var problem = Problem(
      Kernel(
        input: Shape(height: 3, width: 2, channels: 40), filters: 30, size: 2, stride: 1,
        padding: 0), method, rows: 1)
    let image = (0..<40).map { Float($0 % 7) / 7 + 0.1 }
    problem.input = LayerInput(
      values: (0..<6).flatMap { _ in image }, offset: 0, squaredNorms: nil)
    problem.layer.forward(
      problem.input, rows: 1, parameters: problem.parameters, copies: nil, state: &problem.state)
    for filter in 0..<30 {
      let pull = Float(filter % 5) + 0.3
      problem.state.gradient[filter] = pull + rest * Float(filter % 3)
      problem.state.gradient[30 + filter] = -pull
    }
    // Two positions with the same patch: its gradient is the patch times their sum.
    let patch = (0..<4).flatMap { _ in image }.reduce(0) { $0 + Double($1) * Double($1) }
    let pulls = (0..<30).reduce(0.0) {
      let sum = Double(problem.state.gradient[$1]) + Double(problem.state.gradient[30 + $1])
      return $0 + sum * sum
    }
    let norm = problem.squaredNorms()[0].squareRoot()
    let expected = (pulls * (patch + 1)).squareRoot()
    #expect(norm > expected * (1 - 0x1p-9))
    #expect(norm < expected * (1 + 0x1p-9))
  }

  /// Where nothing but rounding is left of a gradient, what was measured is what is summed, though other
  /// examples are in the batch.
  @Test(arguments: [ConvolutionLayer.NormMethod.ghost, .materialized])
  func whatIsMeasuredIsWhatIsSummed(method: ConvolutionLayer.NormMethod) {
    let rows = 6
    var problem = Problem(
      Kernel(
        input: Shape(height: 3, width: 3, channels: 16), filters: 30, size: 2, stride: 1,
        padding: 0), method, rows: rows)
    // Every other image is uniform, and its positions' pulls add up to nothing.
    var pixels = problem.input.values
    let positions = problem.layer.outputShape.positions
    for row in stride(from: 0, to: rows, by: 2) {
      let pixel = pixels[row * 9 * 16..<row * 9 * 16 + 16].map { 1000 * $0 }
      for place in 0..<9 * 16 { pixels[row * 9 * 16 + place] = pixel[place % 16] }
      for filter in 0..<30 {
        let start = row * positions * 30 + filter
        let pulls = (1..<positions).map { problem.state.gradient[start + $0 * 30] }
        problem.state.gradient[start] = -pulls.reduce(0, +)
      }
    }
    problem.input = LayerInput(values: pixels, offset: 0, squaredNorms: nil)
    problem.layer.forward(
      problem.input, rows: rows, parameters: problem.parameters, copies: nil,
      state: &problem.state)
    let gradient = problem.state.gradient
    let norms = problem.squaredNorms().map { $0.squareRoot() }
    #expect(norms[0] > 0 && norms[0] < 1 && norms[1] > 10)
    for row in 0..<rows {
      problem.state.gradient = gradient
      _ = problem.squaredNorms()
      var weights = [Float](repeating: 0, count: rows)
      weights[row] = Float(0.5 / norms[row])
      var sum = [Float](repeating: 0, count: problem.parameters.count)
      problem.layer.addWeightedGradients(
        problem.input, weights: weights, rows: rows, state: &problem.state, to: &sum)
      let length = sum.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
      #expect((length / 0.5 - 1).magnitude < 1e-4)
    }
  }

  @Test func theCheaperMethodIsChosen() {
    func method(_ kernel: Kernel) -> ConvolutionLayer.NormMethod {
      ConvolutionLayer(
        name: "convolution", input: kernel.input, filters: kernel.filters, kernelSize: kernel.size,
        stride: kernel.stride, padding: kernel.padding, offset: 0
      ).normMethod
    }
    // 144 positions of 64 elements, and a single one of 128.
    #expect(method(Self.kernels[1]) == .materialized)
    #expect(method(Self.kernels[3]) == .ghost)
  }

  private struct Problem {
    let layer: ConvolutionLayer
    let parameters: [Float]
    var input: LayerInput
    let rows: Int
    var state: LayerState

    init(_ kernel: Kernel, _ method: ConvolutionLayer.NormMethod, rows: Int) {
      layer = ConvolutionLayer(
        name: "convolution", input: kernel.input, filters: kernel.filters, kernelSize: kernel.size,
        stride: kernel.stride, padding: kernel.padding, offset: 0, normMethod: method)
      var stream = RandomStream(StreamKey(seed: 131))
      func normal(_ count: Int) -> [Float] {
        (0..<count).map { _ in Float(stream.gaussian(standardDeviation: 1)) }
      }
      parameters = normal(layer.parameters.last!.range.upperBound)
      input = LayerInput(
        values: normal(rows * kernel.input.count), offset: 0, squaredNorms: nil)
      state = layer.makeState(capacity: rows)
      self.rows = rows
      layer.forward(input, rows: rows, parameters: parameters, copies: nil, state: &state)
      state.gradient = normal(rows * layer.outputShape.count)
    }

    mutating func squaredNorms() -> [Double] {
      var norms = [Double](repeating: 0, count: rows)
      layer.squaredNorms(input, rows: rows, state: &state, into: &norms)
      return norms
    }
  }

  private func clipped(
    _ kernel: Kernel, _ method: ConvolutionLayer.NormMethod, rows: Int
  ) -> (squaredNorms: [Double], sum: [Float]) {
    var problem = Problem(kernel, method, rows: rows)
    let norms = problem.squaredNorms()
    var sum = [Float](repeating: 0, count: problem.parameters.count)
    problem.layer.addWeightedGradients(
      problem.input, weights: (0..<rows).map { Float($0 + 1) / 3 }, rows: rows,
      state: &problem.state, to: &sum)
    return (norms, sum)
  }
}
