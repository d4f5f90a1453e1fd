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
      ParameterView(
        name: "\(name).weight", shape: [outputWidth, input.count], offset: offset, isWeight: true),
      ParameterView(name: "\(name).bias", shape: [outputWidth], offset: bias.lowerBound),
    ]
  }

  var outputShape: Shape { Shape(features: weight.rows) }

  func makeState(capacity: Int) -> LayerState {
    var state = LayerState(outputCount: weight.rows, capacity: capacity)
    state.inputSquaredNorms = [Double](repeating: 0, count: capacity)
    return state
  }

  /// Narrower weights are read as fast where they lie.
  private static let narrowestCopied = 32

  var copiedWeight: MatrixView? {
    weight.rows >= Self.narrowestCopied ? weight : nil
  }

  func forward(
    _ input: LayerInput, rows: Int, parameters: [Float], copies: WeightCopies?,
    state: inout LayerState
  ) {
    broadcast(bias, of: parameters, toRows: rows, of: &state.output)
    let factor = copies?.transposed(weight) ?? MatrixOperand(parameters, weight).transposed
    multiply(
      MatrixOperand(input.values, inputView(input, rows)), factor,
      into: &state.output, at: outputView(rows), resultScale: 1)
  }

  func backward(
    _ input: LayerInput, rows: Int, parameters: [Float], copies: WeightCopies?,
    state: inout LayerState, into inputGradient: inout [Float]
  ) {
    multiply(
      MatrixOperand(state.gradient, outputView(rows)),
      copies?.plain(weight) ?? MatrixOperand(parameters, weight),
      into: &inputGradient, at: MatrixView(rows: rows, columns: weight.columns))
  }

  func squaredNorms(
    _ input: LayerInput, rows: Int, state: inout LayerState, into norms: inout [Double]
  ) {
    rowSumsOfSquares(of: state.gradient, outputView(rows), into: &norms)
    if let squaredNorms = input.squaredNorms {
      for row in 0..<rows { norms[row] *= squaredNorms[row] + 1 }
    } else {
      rowSumsOfSquares(
        of: input.values, inputView(input, rows), into: &state.inputSquaredNorms)
      for row in 0..<rows { norms[row] *= state.inputSquaredNorms[row] + 1 }
    }
  }

  func addWeightedGradients(
    _ input: LayerInput, weights: [Float], rows: Int, state: inout LayerState, to sum: inout [Float]
  ) {
    scaleRows(&state.gradient, outputView(rows), by: weights)
    addGradient(input, rows: rows, scale: 1, state: &state, to: &sum)
  }

  func addGradient(
    _ input: LayerInput, rows: Int, scale: Float, state: inout LayerState, to sum: inout [Float]
  ) {
    multiply(
      MatrixOperand(state.gradient, outputView(rows)).transposed,
      MatrixOperand(input.values, inputView(input, rows)), scale: scale,
      into: &sum, at: weight, resultScale: 1)
    addColumnSums(of: state.gradient, outputView(rows), scale: scale, to: &sum, at: bias)
  }

  private func inputView(_ input: LayerInput, _ rows: Int) -> MatrixView {
    MatrixView(offset: input.offset, rows: rows, columns: weight.columns)
  }

  private func outputView(_ rows: Int) -> MatrixView {
    MatrixView(rows: rows, columns: weight.rows)
  }
}
