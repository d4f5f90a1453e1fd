internal import Foundation

/// The cross-entropy of one row of logits, and its gradient `softmax(logits) - onehot(label)`.
///
/// - Parameters:
///   - logits: `[row, class]`.
///   - gradient: the same shape; only row `row` is written.
/// - Returns: `log(sum(exp(logits))) - logits[label]`, in nats.
func softmaxCrossEntropy(
  logits: [Float], row: Int, classCount: Int, label: Int, gradient: inout [Float]
) -> Double {
  precondition((0..<classCount).contains(label), "a label is one of the classes")
  let range = (row * classCount)..<((row + 1) * classCount)
  var largest = -Float.infinity
  for index in range { largest = max(largest, logits[index]) }
  var sum: Float = 0
  for index in range {
    let exponential = exp(logits[index] - largest)
    gradient[index] = exponential
    sum += exponential
  }
  for index in range { gradient[index] /= sum }
  let target = range.lowerBound + label
  gradient[target] -= 1
  return Double(log(sum)) + (Double(largest) - Double(logits[target]))
}

/// The cross-entropy of one row of logits and the class with the largest logit (the first of equals).
func classify(logits: [Float], row: Int, classCount: Int, label: Int) -> (
  loss: Double, predicted: Int
) {
  precondition((0..<classCount).contains(label), "a label is one of the classes")
  let range = (row * classCount)..<((row + 1) * classCount)
  var best = range.lowerBound
  for index in range where logits[index] > logits[best] { best = index }
  var sum = 0.0
  let largest = Double(logits[best])
  for index in range { sum += exp(Double(logits[index]) - largest) }
  let loss = log(sum) + (largest - Double(logits[range.lowerBound + label]))
  return (loss, best - range.lowerBound)
}
