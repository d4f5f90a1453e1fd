import Foundation

/// Federated averaging of softmax regression, one number at a time in double precision (McMahan et
/// al. 2017, algorithm 1, with equal weights).
struct ReferenceAveraging {
  let featureCount: Int
  let classCount: Int
  let localLearningRate: Double

  /// The clients' mean change, each after steps on its batches of examples in turn.
  func round(
    _ parameters: [Double], clients: [[[(input: [Double], label: Int)]]]
  ) -> [Double] {
    var mean = parameters
    for batches in clients {
      var local = parameters
      for batch in batches { step(&local, batch) }
      for index in mean.indices {
        mean[index] += (local[index] - parameters[index]) / Double(clients.count)
      }
    }
    return mean
  }

  /// Gradient of the mean cross-entropy: (probability - [class is label]) x, and without x for biases.
  private func step(_ parameters: inout [Double], _ batch: [(input: [Double], label: Int)]) {
    var gradient = [Double](repeating: 0, count: parameters.count)
    let biases = classCount * featureCount
    for (input, label) in batch {
      let exponentials = (0..<classCount).map { output in
        exp(
          (0..<featureCount).reduce(parameters[biases + output]) {
            $0 + parameters[output * featureCount + $1] * input[$1]
          })
      }
      let sum = exponentials.reduce(0, +)
      for output in 0..<classCount {
        let slope = exponentials[output] / sum - (output == label ? 1 : 0)
        for feature in 0..<featureCount {
          gradient[output * featureCount + feature] += slope * input[feature]
        }
        gradient[biases + output] += slope
      }
    }
    for index in parameters.indices {
      parameters[index] -= localLearningRate * gradient[index] / Double(batch.count)
    }
  }
}
