internal import Foundation
internal import LinearAlgebra

/// What a model's outputs are held against. Labels are classes, from 0.
public enum Loss: Hashable, Sendable {
  /// Softmax cross-entropy, one output a class, in nats.
  case crossEntropy
  /// `0.5 * sum (output - target)^2`, one output a class; the target is 1 for the label, else 0.
  case squared
  /// `log(1 + exp(-y z))` on one output `z`, with `y = 1` for class 1 and `y = -1` for class 0.
  case logistic

  func outputWidth(classCount: Int) -> Int {
    switch self {
    case .crossEntropy, .squared: return classCount
    case .logistic:
      precondition(classCount == 2, "the logistic loss tells two classes apart")
      return 1
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
      for row in 0..<rows {
        let sign: Float = labels[row] == 1 ? 1 : -1
        let margin = sign * outputs[row]
        gradient[row] = -sign / (1 + exp(margin))
        losses[row] = margin > 0 ? log1p(exp(-margin)) : log1p(exp(margin)) - margin
      }
    }
  }

  /// The summed loss of some rows, and how many of them are predicted as labeled: by the largest
  /// output, the first of equals, or for ``logistic`` by its sign.
  func evaluate(
    outputs: [Float], labels: [UInt8], rows: Int, width: Int
  ) -> (loss: Double, correct: Int) {
    switch self {
    case .crossEntropy:
      return classify(logits: outputs, labels: labels[...], rows: rows, classes: width)
    case .squared:
      var (loss, correct) = (0.0, 0)
      for row in 0..<rows {
        let values = outputs[row * width..<(row + 1) * width]
        let label = values.startIndex + Int(labels[row])
        for index in values.indices {
          let error = Double(values[index]) - (index == label ? 1 : 0)
          loss += error * error / 2
        }
        if let largest = values.max(), values.firstIndex(of: largest) == label { correct += 1 }
      }
      return (loss, correct)
    case .logistic:
      var (loss, correct) = (0.0, 0)
      for row in 0..<rows {
        let margin = Double(labels[row] == 1 ? outputs[row] : -outputs[row])
        loss += max(-margin, 0) + log1p(exp(-margin.magnitude))
        if outputs[row] > 0 ? labels[row] == 1 : labels[row] == 0 { correct += 1 }
      }
      return (loss, correct)
    }
  }
}
