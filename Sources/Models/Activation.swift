public import LinearAlgebra

/// An element-wise nonlinearity.
public enum Activation: Hashable, Sendable {
  /// `max(z, 0)`.
  case relu
  case tanh
  case temperedSigmoid(TemperedSigmoid)

  func apply(to values: inout [Float], count: Int) {
    switch self {
    case .relu: rectify(&values, count: count)
    case .tanh: hyperbolicTangent(&values, count: count)
    case .temperedSigmoid(let sigmoid):
      LinearAlgebra.temperedSigmoid(&values, count: count, sigmoid)
    }
  }

  /// Turns the gradient with respect to the activation into that with respect to its argument.
  func pullBack(_ gradient: inout [Float], activation: [Float], count: Int) {
    switch self {
    case .relu: rectifierGradient(&gradient, activation: activation, count: count)
    case .tanh: hyperbolicTangentGradient(&gradient, activation: activation, count: count)
    case .temperedSigmoid(let sigmoid):
      LinearAlgebra.temperedSigmoidGradient(
        &gradient, activation: activation, count: count, sigmoid)
    }
  }

  /// The variance of a weight, times the number of inputs, that keeps signals from growing or dying:
  /// 2 before a rectifier (He et al. 2015), 1 otherwise (LeCun et al. 1998).
  var weightGain: Double { self == .relu ? 2 : 1 }
}
