internal import LinearAlgebra
public import Randomness

/// A stack of layers that ends in a loss.
///
/// The network holds no parameters: it says where each layer's lie in one flat Float buffer, so that
/// clipping is one norm, noise one pass and averaging one sum.
public struct Network: Sendable {
  /// A layer and what is applied to its output.
  struct Stage: Sendable {
    let layer: any Layer
    let activation: Activation?
  }

  let stages: [Stage]
  public let loss: Loss
  public let inputShape: Shape
  public let outputWidth: Int
  public let parameterCount: Int

  /// Where each array of the model lies, from the input to the output; together they fill the buffer.
  public var parameters: [ParameterView] { stages.flatMap(\.layer.parameters) }

  /// The ranges of the layers that have parameters: what per-layer clipping bounds apart.
  public let layerRanges: [Range<Int>]

  /// Examples to work on at a time: as many as keep their buffers within a core's cache, and enough
  /// for the products. It depends on the architecture alone.
  public let microbatch: Int

  public var featureCount: Int { inputShape.count }

  public init(_ architecture: Architecture, input: Shape, classCount: Int) {
    var builder = NetworkBuilder(input: input)
    for kind in architecture.hiddenLayers { builder.append(kind) }
    let outputWidth = architecture.loss.outputWidth(classCount: classCount)
    builder.append(.dense(outputWidth: outputWidth))
    stages = builder.stages
    loss = architecture.loss
    inputShape = input
    self.outputWidth = outputWidth
    layerRanges = stages.compactMap { stage in
      guard let first = stage.layer.parameters.first, let last = stage.layer.parameters.last
      else { return nil }
      return first.range.lowerBound..<last.range.upperBound
    }
    parameterCount = builder.offset
    let elements = stages.reduce(input.count) { $0 + $1.layer.makeState(capacity: 1).elementCount }
    microbatch = min(64, max(8, Self.cacheBytes / (elements * MemoryLayout<Float>.size)))
  }

  private static let cacheBytes = 1 << 20

  /// Weights are drawn from N(0, gain / inputs), the gain being 2 before a rectifier (He et al. 2015)
  /// and 1 before another activation (LeCun et al. 1998). Those of the last layer and all biases are
  /// zero, so that training starts from uniform predictions; normalization starts from scale 1.
  public func initialParameters(from stream: inout RandomStream) -> [Float] {
    var parameters = [Float](repeating: 0, count: parameterCount)
    for (index, stage) in stages.enumerated() {
      guard let first = stage.layer.parameters.first else { continue }
      if stage.layer is GroupNormLayer {
        for place in first.range { parameters[place] = 1 }
      } else if index < stages.count - 1 {
        let inputs = first.range.count / first.shape[0]
        let gain = stage.activation?.weightGain ?? 1
        var weights = [Float](repeating: 0, count: first.range.count)
        stream.fillGaussian(&weights, standardDeviation: (gain / Double(inputs)).squareRoot())
        parameters.replaceSubrange(first.range, with: weights)
      }
    }
    return parameters
  }
}
