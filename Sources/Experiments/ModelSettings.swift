internal import Datasets
internal import Models

/// What is learned.
public struct ModelSettings: Hashable, Sendable {
  let form: Form

  /// A model as an experiment file names it.
  enum Form: Hashable, Sendable {
    case logisticRegression
    /// Squared errors.
    case linearRegression
    /// Hinge or logistic loss; one output for two classes, and otherwise one for each class against
    /// all others.
    case linearClassifier(MarginLoss)
    case multilayerPerceptron(hiddenWidths: [Int], activation: Activation)
    case temperedConvolution(activation: Activation)
    case layers([LayerKind])
  }

  enum Kind: String, CaseIterable, Sendable {
    case logisticRegression = "logistic-regression"
    case linearRegression = "linear-regression"
    case linearClassifier = "linear-classifier"
    case multilayerPerceptron = "multilayer-perceptron"
    case temperedConvolution = "tempered-convolution"
    case layers
  }

  var architecture: Architecture {
    switch form {
    case .logisticRegression: .logisticRegression
    case .linearRegression: .linearRegression
    case .linearClassifier(let margin): Architecture(loss: margin.loss)
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

/// The losses of a linear classifier, by their names in experiment files.
enum MarginLoss: String, CaseIterable, Sendable {
  case hinge
  case logistic

  var loss: Loss {
    switch self {
    case .hinge: .hinge
    case .logistic: .logistic
    }
  }
}
