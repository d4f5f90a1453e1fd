internal import Models

/// What is learned.
public struct ModelSettings: Hashable, Sendable {
  let form: Form

  /// A model as an experiment file names it.
  enum Form: Hashable, Sendable {
    case logisticRegression
    /// Squared errors.
    case linearRegression
    case multilayerPerceptron(hiddenWidths: [Int], activation: Activation)
    case temperedConvolution(activation: Activation)
    case layers([LayerKind])
  }

  enum Kind: String, CaseIterable, Sendable {
    case logisticRegression = "logistic-regression"
    case linearRegression = "linear-regression"
    case multilayerPerceptron = "multilayer-perceptron"
    case temperedConvolution = "tempered-convolution"
    case layers
  }

  var architecture: Architecture {
    switch form {
    case .logisticRegression: .logisticRegression
    case .linearRegression: .linearRegression
    case .multilayerPerceptron(let hiddenWidths, let activation):
      .multilayerPerceptron(hiddenWidths: hiddenWidths, activation: activation)
    case .temperedConvolution(let activation): .temperedConvolution(activation: activation)
    case .layers(let kinds): Architecture(hiddenLayers: kinds)
    }
  }
}

extension Activation {
  static let ofPerceptrons = Activation.relu
  static let ofTemperedConvolutions = Activation.tanh
}
