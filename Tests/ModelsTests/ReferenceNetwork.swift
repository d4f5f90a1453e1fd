import Foundation
import Models

/// The network again, one number at a time in double precision, and its gradient by differences.
struct ReferenceNetwork {
  private let widths: [(input: Int, output: Int)]

  init(_ network: DenseNetwork) {
    widths = network.layers.map { ($0.inputWidth, $0.outputWidth) }
  }

  /// Each layer's weights `[output, input]` and then its biases, from the input to the output.
  func logits(_ parameters: [Double], input: [Double]) -> [Double] {
    var values = input
    var place = 0
    for (index, width) in widths.enumerated() {
      let biases = place + width.input * width.output
      values = (0..<width.output).map { output in
        let row = place + output * width.input
        return (0..<width.input).reduce(parameters[biases + output]) {
          $0 + parameters[row + $1] * values[$1]
        }
      }
      if index < widths.count - 1 { values = values.map { max($0, 0) } }
      place = biases + width.output
    }
    return values
  }

  /// Mean cross-entropy in nats.
  func loss(_ parameters: [Double], inputs: [[Double]], labels: [Int]) -> Double {
    zip(inputs, labels).reduce(0) { total, example in
      let logits = logits(parameters, input: example.0)
      return total + log(logits.reduce(0) { $0 + exp($1) }) - logits[example.1]
    } / Double(labels.count)
  }

  /// Central differences: off by less than 1e-8 here, unless a rectifier switches within the step.
  func gradient(_ parameters: [Double], inputs: [[Double]], labels: [Int]) -> [Double] {
    let step = 1e-5
    var moved = parameters
    return parameters.indices.map { index in
      moved[index] = parameters[index] + step
      let above = loss(moved, inputs: inputs, labels: labels)
      moved[index] = parameters[index] - step
      let below = loss(moved, inputs: inputs, labels: labels)
      moved[index] = parameters[index]
      return (above - below) / (2 * step)
    }
  }
}

extension SmallProblem {
  func inputs(_ examples: [Int32]) -> [[Double]] {
    examples.map { example in
      (0..<network.featureCount).map {
        Double(pixels[Int(example) * network.featureCount + $0]) / 255
      }
    }
  }

  func labels(_ examples: [Int32]) -> [Int] { examples.map { Int(labels[Int($0)]) } }
}
