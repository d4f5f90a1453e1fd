/// Which model is trained: its hidden layers and its loss. The output layer is linear, as wide as the
/// loss wants it, and not listed.
public struct Architecture: Hashable, Sendable {
  public let hiddenLayers: [LayerKind]
  public let loss: Loss

  public init(hiddenLayers: [LayerKind] = [], loss: Loss = .crossEntropy) {
    self.hiddenLayers = hiddenLayers
    self.loss = loss
  }

  /// One linear layer and a softmax.
  public static let logisticRegression = Architecture()

  /// One linear layer and squared errors.
  public static let linearRegression = Architecture(loss: .squared)

  /// Linear layers with an activation between them and a softmax at the end.
  public static func multilayerPerceptron(
    hiddenWidths: [Int], activation: Activation = .relu
  ) -> Architecture {
    Architecture(
      hiddenLayers: hiddenWidths.flatMap { [.dense(outputWidth: $0), .activation(activation)] })
  }

  /// The convolutional network of Papernot et al. 2021 for images of 28 by 28: 26,010 parameters with
  /// ten classes.
  public static func temperedConvolution(activation: Activation = .tanh) -> Architecture {
    Architecture(hiddenLayers: [
      .convolution(filters: 16, kernelSize: 8, stride: 2, padding: 2), .activation(activation),
      .maxPool(size: 2, stride: 1),
      .convolution(filters: 32, kernelSize: 4, stride: 2, padding: 0), .activation(activation),
      .maxPool(size: 2, stride: 1),
      .flatten, .dense(outputWidth: 32), .activation(activation),
    ])
  }
}

/// One hidden layer.
///
/// Every kind treats the examples of a batch apart: what one example does to a layer's output and
/// gradients never depends on another. Batch normalization mixes examples, so that one example's
/// gradient has no bound of its own, and is not offered; ``groupNorm(groups:)`` takes its place.
public enum LayerKind: Hashable, Sendable {
  case dense(outputWidth: Int)
  /// Square kernels over zero-padded images.
  case convolution(filters: Int, kernelSize: Int, stride: Int, padding: Int)
  case maxPool(size: Int, stride: Int)
  case averagePool(size: Int, stride: Int)
  /// Normalizes groups of channels within each example (Wu & He 2018), then scales and shifts each
  /// channel.
  case groupNorm(groups: Int)
  /// Reads an image as a vector, in the order height, width, channel.
  case flatten
  /// Follows a layer other than ``flatten`` or another activation.
  case activation(Activation)
}
