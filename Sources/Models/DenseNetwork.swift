internal import LinearAlgebra
public import Randomness

/// A stack of linear layers with rectifiers between them, ending in softmax cross-entropy.
///
/// The network holds no parameters: it says where each layer lies in one flat Float buffer, so that
/// clipping is one norm, noise one pass and averaging one sum.
public struct DenseNetwork: Sendable {
  public let layers: [DenseLayer]

  public init(_ architecture: Architecture, featureCount: Int, classCount: Int) {
    let widths = architecture.widths(featureCount: featureCount, classCount: classCount)
    precondition(widths.allSatisfy { $0 > 0 }, "every layer has at least one unit")
    var layers: [DenseLayer] = []
    for (input, output) in zip(widths, widths.dropFirst()) {
      layers.append(
        DenseLayer(
          name: "dense\(layers.count + 1)", inputWidth: input, outputWidth: output,
          offset: layers.last?.bias.upperBound ?? 0))
    }
    self.layers = layers
  }

  public var parameterCount: Int { layers[layers.count - 1].bias.upperBound }
  public var featureCount: Int { layers[0].inputWidth }
  public var classCount: Int { layers[layers.count - 1].outputWidth }

  /// Weights before a rectifier are drawn from N(0, 2 / inputs) (He et al. 2015), those of the last
  /// layer and all biases are zero, so that training starts from uniform predictions.
  public func initialParameters(from stream: inout RandomStream) -> [Float] {
    var parameters = [Float](repeating: 0, count: parameterCount)
    for layer in layers.dropLast() {
      var weights = [Float](repeating: 0, count: layer.weight.count)
      stream.fillGaussian(
        &weights, standardDeviation: (2 / Double(layer.inputWidth)).squareRoot())
      parameters.replaceSubrange(layer.weight.range, with: weights)
    }
    return parameters
  }

  /// Fills the workspace's activations from its inputs; the last ones are the logits.
  public func forward(_ parameters: [Float], in workspace: inout DenseWorkspace) {
    precondition(parameters.count == parameterCount, "parameters of another network")
    let rows = workspace.batchCount
    for (index, layer) in layers.enumerated() {
      broadcast(layer.bias, of: parameters, toRows: rows, of: &workspace.activations[index])
      multiply(
        workspace.layerInput(index, layer),
        MatrixOperand(parameters, layer.weight).transposed,
        into: &workspace.activations[index],
        at: MatrixView(rows: rows, columns: layer.outputWidth), resultScale: 1)
      if index < layers.count - 1 {
        rectify(&workspace.activations[index], count: rows * layer.outputWidth)
      }
    }
  }

  /// One step of stochastic gradient descent on the mean cross-entropy of the workspace's batch.
  ///
  /// The update is fused into the product that makes the gradient, so no gradient is stored.
  /// - Returns: the mean loss of the batch before the step.
  @discardableResult
  public func descend(
    _ parameters: inout [Float], learningRate: Float, in workspace: inout DenseWorkspace
  ) -> Double {
    precondition(workspace.batchCount > 0, "a step needs a batch")
    forward(parameters, in: &workspace)
    let rows = workspace.batchCount
    let loss = workspace.takeSoftmaxGradient(classCount: classCount)
    let step = -learningRate / Float(rows)
    for (index, layer) in layers.enumerated().reversed() {
      let gradientView = MatrixView(rows: rows, columns: layer.outputWidth)
      if index > 0 {
        multiply(
          MatrixOperand(workspace.gradients[index], gradientView),
          MatrixOperand(parameters, layer.weight),
          into: &workspace.gradients[index - 1],
          at: MatrixView(rows: rows, columns: layer.inputWidth))
        rectifierGradient(
          &workspace.gradients[index - 1], activation: workspace.activations[index - 1],
          count: rows * layer.inputWidth)
      }
      multiply(
        MatrixOperand(workspace.gradients[index], gradientView).transposed,
        workspace.layerInput(index, layer), scale: step,
        into: &parameters, at: layer.weight, resultScale: 1)
      addColumnSums(
        of: workspace.gradients[index], gradientView, scale: step, to: &parameters, at: layer.bias)
    }
    return loss / Double(rows)
  }
}
