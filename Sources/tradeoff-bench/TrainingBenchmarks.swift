import Datasets
import LinearAlgebra
import Models
import Randomness
import Training

/// Matrix products, and clients of a federated round on synthetic images.
func trainingBenchmarks() -> [Benchmark] {
  [
    product(size: 512),
    clients("clients-logistic-regression", .logisticRegression),
    clients("clients-perceptron-128-64", .multilayerPerceptron(hiddenWidths: [128, 64])),
  ]
}

private func product(size: Int) -> Benchmark {
  let view = MatrixView(rows: size, columns: size)
  let left = [Float](repeating: 0.5, count: view.count)
  let right = [Float](repeating: 0.25, count: view.count)
  var result = [Float](repeating: 0, count: view.count)
  let operations = 2 * Double(size * size * size)
  return Benchmark(
    name: "sgemm-\(size)", unit: "floating-point operation", unitsPerRun: operations
  ) {
    multiply(
      MatrixOperand(left, view), MatrixOperand(right, view), into: &result, at: view)
  }
}

/// Local training of 100 clients with 20 examples each: one epoch, batches of 10.
private func clients(_ name: String, _ architecture: Architecture) -> Benchmark {
  let clientCount = 100
  let examplesPerClient = 20
  let network = DenseNetwork(architecture, featureCount: 784, classCount: 10)
  var stream = RandomStream(StreamKey(seed: 2))
  let count = clientCount * examplesPerClient
  let examples = LabeledImages(
    pixels: (0..<count * 784).map { _ in UInt8(stream.uniformInteger(below: 256)) },
    labels: (0..<count).map { _ in UInt8(stream.uniformInteger(below: 10)) },
    featureCount: 784, classCount: 10)
  guard
    let partition = try? Partition.iid.assign(
      labels: examples.labels, classCount: 10, among: clientCount, key: StreamKey(seed: 3))
  else { preconditionFailure("two thousand examples suffice for a hundred clients") }
  var source = ClientUpdates(
    network: network,
    training: LocalTraining(localEpochs: 1, batchSize: 10, localLearningRate: 0.05),
    examples: examples, partition: partition)
  let parameters = network.initialParameters(from: &stream)
  var update = parameters
  return Benchmark(name: name, unit: "client", unitsPerRun: Double(clientCount)) {
    for client in 0..<clientCount {
      source.update(
        ofUnit: client, from: parameters, key: StreamKey(seed: UInt64(client)), into: &update)
    }
  }
}
