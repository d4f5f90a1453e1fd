internal import LinearAlgebra

/// Group normalization (Wu & He 2018): within an example, each group of channels is brought to mean 0
/// and variance 1 over all positions; then each channel is scaled and shifted.
struct GroupNormLayer: Layer {
  let inputShape: Shape
  let groups: Int
  let scale: Range<Int>
  let shift: Range<Int>
  let parameters: [ParameterView]

  init(name: String, input: Shape, groups: Int, offset: Int) {
    precondition(input.channels.isMultiple(of: groups), "groups of equally many channels")
    inputShape = input
    self.groups = groups
    scale = offset..<(offset + input.channels)
    shift = scale.upperBound..<(scale.upperBound + input.channels)
    parameters = [
      ParameterView(name: "\(name).scale", shape: [input.channels], offset: offset),
      ParameterView(name: "\(name).shift", shape: [input.channels], offset: shift.lowerBound),
    ]
  }

  var outputShape: Shape { inputShape }

  private var geometry: GroupGeometry {
    GroupGeometry(
      positions: inputShape.positions, channels: inputShape.channels, groups: groups)
  }

  private func gradientView(_ rows: Int) -> MatrixView {
    MatrixView(rows: rows, columns: 2 * inputShape.channels)
  }

  func makeState(capacity: Int) -> LayerState {
    var state = LayerState(outputCount: inputShape.count, capacity: capacity)
    state.means = [Float](repeating: 0, count: capacity * groups)
    state.inverseDeviations = state.means
    state.exampleGradients = [Float](repeating: 0, count: gradientView(capacity).count)
    return state
  }

  func forward(_ input: [Float], rows: Int, parameters: [Float], state: inout LayerState) {
    normalizeGroups(
      input, geometry, rows: rows, parameters: parameters, scale: scale, shift: shift,
      into: &state.output, means: &state.means, inverseDeviations: &state.inverseDeviations)
  }

  func backward(
    _ input: [Float], rows: Int, parameters: [Float], state: inout LayerState,
    into inputGradient: inout [Float]
  ) {
    fatalError()
  }

  func squaredNorms(
    _ input: [Float], inputSquaredNorms: [Double]?, rows: Int, state: inout LayerState,
    into norms: inout [Double]
  ) {
    writeExampleGradients(input, rows: rows, state: &state)
    rowSumsOfSquares(of: state.exampleGradients, gradientView(rows), into: &norms)
  }

  func addWeightedGradients(
    _ input: [Float], weights: [Float], rows: Int, state: inout LayerState, to sum: inout [Float]
  ) {
    addWeightedRows(
      of: state.exampleGradients, gradientView(rows), weights: weights, to: &sum,
      at: scale.lowerBound..<shift.upperBound)
  }

  func addGradient(
    _ input: [Float], rows: Int, scale factor: Float, state: inout LayerState,
    to sum: inout [Float]
  ) {
    writeExampleGradients(input, rows: rows, state: &state)
    addColumnSums(
      of: state.exampleGradients, gradientView(rows), scale: factor, to: &sum,
      at: scale.lowerBound..<shift.upperBound)
  }

  private func writeExampleGradients(_ input: [Float], rows: Int, state: inout LayerState) {
  }
}
