internal import CKernels

// Steps of optimizers that go up along an update `u`, less weight decay: `u = update - decay *
// parameters`. Whoever has a gradient passes its negative. Each is one pass over its buffers, all as
// long as `parameters`, with the same result in every bit on every processor.

/// Gradient descent: `parameters += rate * u`.
public func descentStep(
  _ parameters: inout [Float], update: [Float], rate: Float, decay: Float
) {
  descentStep(
    &parameters, in: parameters.indices, update: update, rate: rate, decay: decay)
}

/// The same for a part of the parameters.
public func descentStep(
  _ parameters: inout [Float], in range: Range<Int>, update: [Float], rate: Float, decay: Float
) {
  precondition(parameters.count == update.count, "lengths must agree")
  precondition(
    range.lowerBound >= 0 && range.upperBound <= parameters.count, "the range ends outside")
  parameters.withUnsafeMutableBufferPointer { parameters in
    update.withUnsafeBufferPointer {
      tradeoff_descent_step(
        UnsafeMutableBufferPointer(rebasing: parameters[range]).baseAddress,
        UnsafeBufferPointer(rebasing: $0[range]).baseAddress, range.count, rate, decay)
    }
  }
}

/// Gradient descent with heavy-ball momentum: `velocity = momentum * velocity + u`, then
/// `parameters += rate * velocity`, or, after Nesterov, `rate * (u + momentum * velocity)`.
public func momentumStep(
  _ parameters: inout [Float], velocity: inout [Float], update: [Float], momentum: Float,
  nesterov: Bool, rate: Float, decay: Float
) {
  precondition(
    parameters.count == velocity.count && parameters.count == update.count, "lengths must agree")
  parameters.withUnsafeMutableBufferPointer { parameters in
    velocity.withUnsafeMutableBufferPointer { velocity in
      update.withUnsafeBufferPointer {
        tradeoff_momentum_step(
          parameters.baseAddress, velocity.baseAddress, $0.baseAddress, parameters.count,
          momentum, nesterov, rate, decay)
      }
    }
  }
}

/// A step of Adam: `first = beta1 * first + (1 - beta1) * u` and `second = beta2 * second +
/// (1 - beta2) * u^2`, then `parameters += rate * first / (sqrt(second) / spread + epsilon)`.
///
/// `spread` corrects the bias of `sqrt(second)`; that of `first` is the caller's, by the rate.
public func adamStep(
  _ parameters: inout [Float], first: inout [Float], second: inout [Float], update: [Float],
  beta1: Double, beta2: Double, spread: Float, epsilon: Float, rate: Float, decay: Float
) {
  withMoments(&parameters, &first, &second, update) { parameters, first, second, update, count in
    tradeoff_adam_step(
      parameters, first, second, update, count, Float(beta1), Float(1 - beta1), Float(beta2),
      Float(1 - beta2), spread, epsilon, rate, decay)
  }
}

/// A step of Adagrad with momentum: `first = beta1 * first + (1 - beta1) * u` and `second += u^2`,
/// then `parameters += rate * first / (sqrt(second) + epsilon)`.
public func adagradStep(
  _ parameters: inout [Float], first: inout [Float], second: inout [Float], update: [Float],
  beta1: Double, epsilon: Float, rate: Float, decay: Float
) {
  withMoments(&parameters, &first, &second, update) { parameters, first, second, update, count in
    tradeoff_adagrad_step(
      parameters, first, second, update, count, Float(beta1), Float(1 - beta1), epsilon, rate,
      decay)
  }
}

/// A step of Yogi: `first = beta1 * first + (1 - beta1) * u` and `second -= (1 - beta2) * u^2 *
/// sign(second - u^2)`, then `parameters += rate * first / (sqrt(second) + epsilon)`.
public func yogiStep(
  _ parameters: inout [Float], first: inout [Float], second: inout [Float], update: [Float],
  beta1: Double, beta2: Double, epsilon: Float, rate: Float, decay: Float
) {
  withMoments(&parameters, &first, &second, update) { parameters, first, second, update, count in
    tradeoff_yogi_step(
      parameters, first, second, update, count, Float(beta1), Float(1 - beta1),
      Float(1 - beta2), epsilon, rate, decay)
  }
}

/// Moves a running mean towards `values`: `mean += weight * (values - mean)`, in Double.
public func moveMean(_ mean: inout [Double], towards values: [Float], weight: Double) {
  precondition(mean.count == values.count, "lengths must agree")
  mean.withUnsafeMutableBufferPointer { mean in
    values.withUnsafeBufferPointer {
      tradeoff_move_mean(mean.baseAddress, $0.baseAddress, mean.count, weight)
    }
  }
}

private func withMoments(
  _ parameters: inout [Float], _ first: inout [Float], _ second: inout [Float], _ update: [Float],
  _ step: (
    UnsafeMutablePointer<Float>?, UnsafeMutablePointer<Float>?, UnsafeMutablePointer<Float>?,
    UnsafePointer<Float>?, Int
  ) -> Void
) {
  precondition(
    first.count == parameters.count && second.count == parameters.count
      && update.count == parameters.count, "lengths must agree")
  parameters.withUnsafeMutableBufferPointer { parameters in
    first.withUnsafeMutableBufferPointer { first in
      second.withUnsafeMutableBufferPointer { second in
        update.withUnsafeBufferPointer {
          step(
            parameters.baseAddress, first.baseAddress, second.baseAddress, $0.baseAddress,
            parameters.count)
        }
      }
    }
  }
}
