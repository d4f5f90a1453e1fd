internal import LinearAlgebra

/// What moves a model in a step of descent besides its loss: along `offset - decay * parameters`,
/// elementwise, at the learning rate.
///
/// That is minus the gradient of any sum of squared distances and linear terms, such as an L2 penalty,
/// the distance from another model or a control variate.
public struct ParameterPull: Sendable {
  /// On weights.
  public let weightDecay: Float
  /// On everything else: biases, scales and shifts.
  public let otherDecay: Float
  /// One element a parameter.
  public var offset: [Float]

  public init(weightDecay: Float, otherDecay: Float, offset: [Float]) {
    self.weightDecay = weightDecay
    self.otherDecay = otherDecay
    self.offset = offset
  }

  /// Moves some arrays of the model.
  func move(_ parameters: inout [Float], _ views: [ParameterView], rate: Float) {
    for view in views {
      descentStep(
        &parameters, in: view.range, update: offset, rate: rate,
        decay: view.isWeight ? weightDecay : otherDecay)
    }
  }
}
