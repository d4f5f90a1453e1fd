import Foundation

/// A perceptron with hyperbolic tangents and a softmax, one number at a time in double precision, by
/// the textbook's backpropagation (Rumelhart, Hinton & Williams 1986).
struct ReferencePerceptron {
  /// Features, hidden widths and classes.
  let widths: [Int]

  var parameterCount: Int { layers.last!.upperBound }

  /// Each layer's weights `[output, input]` and then its biases.
  var layers: [Range<Int>] {
    var start = 0
    return zip(widths, widths.dropFirst()).map { input, output in
      defer { start += (input + 1) * output }
      return start..<start + (input + 1) * output
    }
  }

  /// Of one example's cross-entropy.
  func gradient(_ parameters: [Double], input: [Double], label: Int) -> [Double] {
    let layers = layers
    var values = [input]
    for (index, layer) in layers.enumerated() {
      let (inputs, outputs) = (widths[index], widths[index + 1])
      let sums = (0..<outputs).map { output in
        (0..<inputs).reduce(parameters[layer.lowerBound + inputs * outputs + output]) {
          $0 + parameters[layer.lowerBound + output * inputs + $1] * values[index][$1]
        }
      }
      values.append(index == layers.count - 1 ? sums : sums.map { tanh($0) })
    }
    let exponentials = values[layers.count].map { exp($0) }
    let sum = exponentials.reduce(0, +)
    var slopes = exponentials.enumerated().map { $1 / sum - ($0 == label ? 1 : 0) }

    var gradient = [Double](repeating: 0, count: parameters.count)
    for index in layers.indices.reversed() {
      let (start, inputs, outputs) = (layers[index].lowerBound, widths[index], widths[index + 1])
      var before = [Double](repeating: 0, count: inputs)
      for output in 0..<outputs {
        for place in 0..<inputs {
          gradient[start + output * inputs + place] = slopes[output] * values[index][place]
          before[place] += slopes[output] * parameters[start + output * inputs + place]
        }
        gradient[start + inputs * outputs + output] = slopes[output]
      }
      slopes = zip(before, values[index]).map { $0 * (1 - $1 * $1) }
    }
    return gradient
  }
}
