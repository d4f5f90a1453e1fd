/// Turns the kinds of layers into layers, each with its place in the parameter buffer.
struct NetworkBuilder {
  private(set) var stages: [Network.Stage] = []
  /// Parameters placed so far.
  private(set) var offset = 0
  private var shape: Shape
  private var counts: [String: Int] = [:]

  init(input: Shape) { shape = input }

  mutating func append(_ kind: LayerKind) {
    switch kind {
    case .dense(let outputWidth):
      add(
        DenseLayer(
          name: name("dense"), input: shape, outputWidth: outputWidth, offset: offset))
    case .convolution(let filters, let kernelSize, let stride, let padding):
      add(
        ConvolutionLayer(
          name: name("convolution"), input: shape, filters: filters, kernelSize: kernelSize,
          stride: stride, padding: padding, offset: offset))
    case .maxPool(let size, let stride):
      add(PoolingLayer(.max, input: shape, size: size, stride: stride))
    case .averagePool(let size, let stride):
      add(PoolingLayer(.average, input: shape, size: size, stride: stride))
    case .groupNorm(let groups):
      add(
        GroupNormLayer(name: name("group_norm"), input: shape, groups: groups, offset: offset))
    case .flatten:
      shape = Shape(features: shape.count)
    case .activation(let activation):
      guard let last = stages.popLast() else {
        preconditionFailure("an activation follows a layer")
      }
      precondition(last.activation == nil, "one activation a layer")
      stages.append(Network.Stage(layer: last.layer, activation: activation))
    }
  }

  private mutating func add(_ layer: any Layer) {
    stages.append(Network.Stage(layer: layer, activation: nil))
    shape = layer.outputShape
    if let last = layer.parameters.last { offset = last.range.upperBound }
  }

  /// Such as `dense2` for the second dense layer.
  private mutating func name(_ kind: String) -> String {
    counts[kind, default: 0] += 1
    return "\(kind)\(counts[kind]!)"
  }
}
