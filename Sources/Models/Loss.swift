internal import Foundation
internal import LinearAlgebra

/// What a model's outputs are held against. Labels are classes, from 0.
public enum Loss: Hashable, Sendable {
  /// Softmax cross-entropy, one output a class, in nats.
  case crossEntropy
  /// `0.5 * sum (output - target)^2`, one output a class; the target is 1 for the label, else 0.
  case squared
  /// `log(1 + exp(-y z))` in each output `z`, summed. Two classes have one output, with `y = 1` for
  /// class 1 and `y = -1` for class 0; more have one each, told from all others: `y = 1` for the label
  /// and `y = -1` elsewhere.
  case logistic
  /// `max(1 - y z, 0)` in each output, summed; outputs as for ``logistic``. At the kink, where `y z`
  /// is 1, the slope is `-y`.
  case hinge

  func outputWidth(classCount: Int) -> Int {
    switch self {
    case .crossEntropy, .squared: classCount
    case .logistic, .hinge: classCount == 2 ? 1 : classCount
    }
  }

  /// Writes each row's loss, and its gradient with respect to the outputs `[row, output]`.
  func differentiate(
    outputs: [Float], labels: [UInt8], rows: Int, width: Int, gradient: inout [Float],
    losses: inout [Float]
  ) {
    switch self {
    case .crossEntropy:
      softmaxCrossEntropy(
        logits: outputs, labels: labels[...], rows: rows, classes: width, gradient: &gradient,
        losses: &losses)
    case .squared:
      for row in 0..<rows {
        var loss: Float = 0
        for index in row * width..<(row + 1) * width {
          let target: Float = index - row * width == Int(labels[row]) ? 1 : 0
          gradient[index] = outputs[index] - target
          loss += gradient[index] * gradient[index]
        }
        losses[row] = loss / 2
      }
    case .logistic:
      sumMargins(
        outputs, labels, rows, width, gradient: &gradient, losses: &losses
      ) { margin in
        (margin > 0 ? log1p(exp(-margin)) : log1p(exp(margin)) - margin, -1 / (1 + exp(margin)))
      }
    case .hinge:
      sumMargins(
        outputs, labels, rows, width, gradient: &gradient, losses: &losses
      ) { margin in
        margin > 1 ? (0, 0) : margin <= 1 ? (1 - margin, -1) : (margin, margin)
      }
    }
  }

  /// The summed loss of some rows, and how many of them are predicted as labeled: by the largest
  /// output, the first of equals, or by the sign where there is one output.
  func evaluate(
    outputs: [Float], labels: [UInt8], rows: Int, width: Int
  ) -> (loss: Double, correct: Int) {
    switch self {
    case .crossEntropy:
      return classify(logits: outputs, labels: labels[...], rows: rows, classes: width)
    case .squared:
      var loss = 0.0
      for row in 0..<rows {
        for (index, output) in outputs[row * width..<(row + 1) * width].enumerated() {
          let error = Double(output) - (index == Int(labels[row]) ? 1 : 0)
          loss += error * error / 2
        }
      }
      return (loss, correct(outputs, labels, rows, width))
    case .logistic:
      let loss = total(outputs, labels, rows, width) { margin in
        max(-margin, 0) + log1p(exp(-margin.magnitude))
      }
      return (loss, correct(outputs, labels, rows, width))
    case .hinge:
      let loss = total(outputs, labels, rows, width) { margin in margin > 1 ? 0 : 1 - margin }
      return (loss, correct(outputs, labels, rows, width))
    }
  }

  /// 1 where an output should be positive, and -1 where it should be negative.
  private func sign(of output: Int, label: UInt8, width: Int) -> Float {
    Int(label) == (width == 1 ? 1 : output) ? 1 : -1
  }

  /// Adds up losses of margins, outputs times their sign.
  ///
  /// - Parameter value: of the loss of a margin, and its slope.
  private func sumMargins(
    _ outputs: [Float], _ labels: [UInt8], _ rows: Int, _ width: Int, gradient: inout [Float],
    losses: inout [Float], _ value: (Float) -> (loss: Float, slope: Float)
  ) {
    for row in 0..<rows {
      losses[row] = 0
      for output in 0..<width {
        let sign = sign(of: output, label: labels[row], width: width)
        let (loss, slope) = value(sign * outputs[row * width + output])
        losses[row] += loss
        gradient[row * width + output] = sign * slope
      }
    }
  }

  private func total(
    _ outputs: [Float], _ labels: [UInt8], _ rows: Int, _ width: Int, _ loss: (Double) -> Double
  ) -> Double {
    var total = 0.0
    for row in 0..<rows {
      for output in 0..<width {
        let sign = sign(of: output, label: labels[row], width: width)
        total += loss(Double(sign * outputs[row * width + output]))
      }
    }
    return total
  }

  private func correct(_ outputs: [Float], _ labels: [UInt8], _ rows: Int, _ width: Int) -> Int {
    (0..<rows).count { row in
      let values = outputs[row * width..<(row + 1) * width]
      if width == 1 { return (values[row] > 0) == (labels[row] == 1) }
      let largest = values.max().flatMap(values.firstIndex)
      return largest == values.startIndex + Int(labels[row])
    }
  }
}
