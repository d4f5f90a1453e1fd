internal import LinearAlgebra

/// The largest or the mean element of each square window, channel by channel.
struct PoolingLayer: Layer, ParameterFree {
  enum Kind: Hashable, Sendable {
    case max
    case average
  }

  let kind: Kind
  let inputShape: Shape
  let geometry: PoolGeometry

  init(_ kind: Kind, input: Shape, size: Int, stride: Int) {
    self.kind = kind
    inputShape = input
    geometry = PoolGeometry(
      height: input.height, width: input.width, channels: input.channels, size: size,
      stride: stride)
  }

  var outputShape: Shape {
    Shape(
      height: geometry.outputHeight, width: geometry.outputWidth, channels: geometry.channels)
  }

  func makeState(capacity: Int) -> LayerState {
    var state = LayerState(outputCount: outputShape.count, capacity: capacity)
    if kind == .max {
      state.places = [UInt8](repeating: 0, count: capacity * outputShape.count)
    }
    return state
  }

  func forward(
    _ input: LayerInput, rows: Int, parameters: [Float], copies: WeightCopies?,
    state: inout LayerState
  ) {
    switch kind {
    case .max:
      maxPool(input.values, examples: rows, geometry, into: &state.output, places: &state.places)
    case .average: averagePool(input.values, examples: rows, geometry, into: &state.output)
    }
  }

  func backward(
    _ input: LayerInput, rows: Int, parameters: [Float], copies: WeightCopies?,
    state: inout LayerState, into inputGradient: inout [Float]
  ) {
    switch kind {
    case .max:
      maxPoolGradient(
        state.gradient, places: state.places, examples: rows, geometry, into: &inputGradient)
    case .average:
      averagePoolGradient(state.gradient, examples: rows, geometry, into: &inputGradient)
    }
  }
}
