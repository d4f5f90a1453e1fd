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

  private var normalization: GroupNormalization {
    GroupNormalization(
      positions: inputShape.positions, channels: inputShape.channels, groups: groups)
  }

  private func gradientView(_ rows: Int) -> MatrixView {
    MatrixView(rows: rows, columns: inputShape.channels)
  }

  func makeState(capacity: Int) -> LayerState {
    var state = LayerState(outputCount: inputShape.count, capacity: capacity)
    state.statistics = GroupNormalization.Statistics(examples: capacity, groups: groups)
    state.innerGradient = state.gradient
    state.exampleGradients = [Float](repeating: 0, count: gradientView(capacity).count)
    state.secondExampleGradients = state.exampleGradients
    state.secondSquaredNorms = [Double](repeating: 0, count: capacity)
    return state
  }

  func forward(
    _ input: LayerInput, rows: Int, parameters: [Float], copies: WeightCopies?,
    state: inout LayerState
  ) {
    normalization.normalize(
      input.values, examples: rows, scale: Array(parameters[scale]),
      shift: Array(parameters[shift]),
      into: &state.output, statistics: &state.statistics)
  }

  func prepareGradients(
    _ input: LayerInput, rows: Int, parameters: [Float], state: inout LayerState
  ) {
    copy(state.gradient, into: &state.innerGradient)
    normalization.propagate(
      &state.innerGradient, input: input.values, statistics: state.statistics, examples: rows,
      scale: Array(parameters[scale]), scaleGradients: &state.exampleGradients,
      shiftGradients: &state.secondExampleGradients)
  }

  func backward(
    _ input: LayerInput, rows: Int, parameters: [Float], copies: WeightCopies?,
    state: inout LayerState, into inputGradient: inout [Float]
  ) {
    copy(state.innerGradient, into: &inputGradient)
  }

  func squaredNorms(
    _ input: LayerInput, rows: Int, state: inout LayerState, into norms: inout [Double]
  ) {
    rowSumsOfSquares(of: state.exampleGradients, gradientView(rows), into: &norms)
    rowSumsOfSquares(
      of: state.secondExampleGradients, gradientView(rows), into: &state.secondSquaredNorms)
    for row in 0..<rows { norms[row] += state.secondSquaredNorms[row] }
  }

  func addWeightedGradients(
    _ input: LayerInput, weights: [Float], rows: Int, state: inout LayerState, to sum: inout [Float]
  ) {
    addWeightedRows(
      of: state.exampleGradients, gradientView(rows), weights: weights, to: &sum, at: scale)
    addWeightedRows(
      of: state.secondExampleGradients, gradientView(rows), weights: weights, to: &sum, at: shift)
  }

  func addGradient(
    _ input: LayerInput, rows: Int, scale factor: Float, state: inout LayerState,
    to sum: inout [Float]
  ) {
    addColumnSums(
      of: state.exampleGradients, gradientView(rows), scale: factor, to: &sum, at: scale)
    addColumnSums(
      of: state.secondExampleGradients, gradientView(rows), scale: factor, to: &sum, at: shift)
  }
}
