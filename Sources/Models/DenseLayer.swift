internal import LinearAlgebra

/// `output = weight * input + bias`.
///
/// An example's gradient with respect to the weight is the outer product of its output gradient and
/// its input, so its norm is the product of theirs (Goodfellow 2015), and the clipped sum is one
/// product with weighted rows (Bu et al. 2023): no example's gradient is ever written out.
struct DenseLayer: Layer {
  /// Shape `[output, input]`.
  let weight: MatrixView
  let bias: Range<Int>
  let parameters: [ParameterView]
  let inputShape: Shape

  init(name: String, input: Shape, outputWidth: Int, offset: Int) {
    inputShape = input
    weight = MatrixView(offset: offset, rows: outputWidth, columns: input.count)
    bias = weight.range.upperBound..<(weight.range.upperBound + outputWidth)
    parameters = [
      ParameterView(name: "\(name).weight", shape: [outputWidth, input.count], offset: offset),
      ParameterView(name: "\(name).bias", shape: [outputWidth], offset: bias.lowerBound),
    ]
  }

  var outputShape: Shape { Shape(features: weight.rows) }

  func makeState(capacity: Int) -> LayerState {
    var state = LayerState(outputCount: weight.rows, capacity: capacity)
    state.inputSquaredNorms = [Double](repeating: 0, count: capacity)
    return state
  }

  /// Narrower weights are read fastest as they lie.
  private static let narrowestTransposed = 32

  var transposableWeight: MatrixView? {
    weight.rows >= Self.narrowestTransposed ? weight : nil
  }

  func forward(
    _ input: [Float], rows: Int, parameters: [Float], transposedWeight: [Float]?,
    state: inout LayerState
  ) {
    broadcast(bias, of: parameters, toRows: rows, of: &state.output)
    let factor =
      if let transposedWeight {
        MatrixOperand(
          transposedWeight, MatrixView(rows: weight.columns, columns: weight.rows))
      } else {
        MatrixOperand(parameters, weight).transposed
      }
    multiply(
      MatrixOperand(input, MatrixView(rows: rows, columns: weight.columns)), factor,
      into: &state.output, at: outputView(rows), resultScale: 1)
  }

  func backward(
    _ input: [Float], rows: Int, parameters: [Float], state: inout LayerState,
    into inputGradient: inout [Float]
  ) {
    multiply(
      MatrixOperand(state.gradient, outputView(rows)), MatrixOperand(parameters, weight),
      into: &inputGradient, at: MatrixView(rows: rows, columns: weight.columns))
  }

  func squaredNorms(
    _ input: [Float], inputSquaredNorms: [Double]?, rows: Int, state: inout LayerState,
    into norms: inout [Double]
  ) {
    rowSumsOfSquares(of: state.gradient, outputView(rows), into: &norms)
    if let inputSquaredNorms {
      for row in 0..<rows { norms[row] *= inputSquaredNorms[row] + 1 }
    } else {
      rowSumsOfSquares(
        of: input, MatrixView(rows: rows, columns: weight.columns), into: &state.inputSquaredNorms)
      for row in 0..<rows { norms[row] *= state.inputSquaredNorms[row] + 1 }
    }
  }

  func addWeightedGradients(
    _ input: [Float], weights: [Float], rows: Int, state: inout LayerState, to sum: inout [Float]
  ) {
    scaleRows(&state.gradient, outputView(rows), by: weights)
    addGradient(input, rows: rows, scale: 1, state: &state, to: &sum)
  }

  func addGradient(
    _ input: [Float], rows: Int, scale: Float, state: inout LayerState, to sum: inout [Float]
  ) {
    multiply(
      MatrixOperand(state.gradient, outputView(rows)).transposed,
      MatrixOperand(input, MatrixView(rows: rows, columns: weight.columns)), scale: scale,
      into: &sum, at: weight, resultScale: 1)
    addColumnSums(of: state.gradient, outputView(rows), scale: scale, to: &sum, at: bias)
  }

  private func outputView(_ rows: Int) -> MatrixView {
    MatrixView(rows: rows, columns: weight.rows)
  }
}
