/// Federated averaging of softmax regression, one number at a time in double precision (McMahan et
/// al. 2017, algorithm 1, with equal weights).
struct ReferenceAveraging {
  let model: ReferencePerceptron
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

  private func step(_ parameters: inout [Double], _ batch: [(input: [Double], label: Int)]) {
    let gradients = batch.map { model.gradient(parameters, input: $0.input, label: $0.label) }
    for index in parameters.indices {
      let sum = gradients.reduce(0) { $0 + $1[index] }
      parameters[index] -= localLearningRate * sum / Double(batch.count)
    }
  }
}
