internal import CKernels

/// `values = tanh(values)` over the first `count` elements.
///
/// Within 4 units in the last place, odd, and exactly 1 from 9.02 on. Not-a-number stays.
public func hyperbolicTangent(_ values: inout [Float], count: Int) {
  precondition((0...values.count).contains(count), "count exceeds the buffer")
  values.withUnsafeMutableBufferPointer { tradeoff_tanh($0.baseAddress, count) }
}

/// `gradient *= 1 - activation²` over the first `count` elements: the derivative of the hyperbolic
/// tangent, from its value.
public func hyperbolicTangentGradient(
  _ gradient: inout [Float], activation: [Float], count: Int
) {
  precondition(
    (0...min(gradient.count, activation.count)).contains(count), "count exceeds a buffer")
  gradient.withUnsafeMutableBufferPointer { gradient in
    activation.withUnsafeBufferPointer {
      tradeoff_tanh_gradient(gradient.baseAddress, $0.baseAddress, count)
    }
  }
}

/// `scale * sigmoid(temperature * x) - offset`, a bounded activation that keeps gradients small:
/// Papernot, Thakurta, Song, Chien and Erlingsson, Tempered sigmoid activations for deep learning
/// with differential privacy, AAAI 2021.
///
/// Scale 2, temperature 2 and offset 1 give the hyperbolic tangent.
public struct TemperedSigmoid: Hashable, Sendable {
  public let scale: Float
  public let temperature: Float
  public let offset: Float

  /// The scale and the temperature are positive, and all three are finite.
  public init(scale: Float, temperature: Float, offset: Float) {
    precondition(scale > 0 && scale.isFinite, "scale must be positive and finite")
    precondition(temperature > 0 && temperature.isFinite, "temperature must be positive and finite")
    precondition(offset.isFinite, "offset must be finite")
    self.scale = scale
    self.temperature = temperature
    self.offset = offset
  }
}

/// Applies the tempered sigmoid to the first `count` elements, with an absolute error of at most
/// 2⁻²² times scale plus offset. Not-a-number stays.
public func temperedSigmoid(_ values: inout [Float], count: Int, _ sigmoid: TemperedSigmoid) {
  precondition((0...values.count).contains(count), "count exceeds the buffer")
  values.withUnsafeMutableBufferPointer {
    tradeoff_tempered_sigmoid(
      $0.baseAddress, count, sigmoid.scale, sigmoid.temperature, sigmoid.offset)
  }
}

/// Multiplies the gradient by the derivative of the tempered sigmoid, from its value:
/// `temperature * y * (1 - y / scale)` for `y = activation + offset`.
public func temperedSigmoidGradient(
  _ gradient: inout [Float], activation: [Float], count: Int, _ sigmoid: TemperedSigmoid
) {
  precondition(
    (0...min(gradient.count, activation.count)).contains(count), "count exceeds a buffer")
  gradient.withUnsafeMutableBufferPointer { gradient in
    activation.withUnsafeBufferPointer {
      tradeoff_tempered_sigmoid_gradient(
        gradient.baseAddress, $0.baseAddress, count, sigmoid.scale, sigmoid.temperature,
        sigmoid.offset)
    }
  }
}
