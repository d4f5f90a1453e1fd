internal import Datasets
internal import LinearAlgebra
internal import Models

/// Measures models on held-out examples, each worker one model at a time.
struct Evaluator {
  private let network: Network
  private let examples: LabeledExamples
  private let workers: Workers
  private let benches: [Bench]

  init(_ network: Network, examples: LabeledExamples, workers: Workers) {
    self.network = network
    self.examples = examples
    self.workers = workers
    benches = (0..<workers.count).map { _ in Bench(network) }
  }

  /// One evaluation for each model's parameters.
  func evaluate(_ models: [[Float]]) -> [Evaluation] {
    workers.run(parts: models.count) { worker, index in
      benches[worker].evaluate(models[index], at: index, of: network, on: examples)
    }
    return models.indices.map { index in
      for bench in benches {
        if let evaluation = bench.take(index) { return evaluation }
      }
      preconditionFailure("every part is run once")
    }
  }
}

/// A worker's buffers, and what it found.
private final class Bench {
  private var workspace: Workspace
  private var evaluations: [Int: Evaluation] = [:]

  init(_ network: Network) {
    workspace = Workspace(for: network, capacity: network.microbatch)
  }

  func evaluate(
    _ parameters: [Float], at index: Int, of network: Network, on examples: LabeledExamples
  ) {
    evaluations[index] = network.evaluate(
      parameters, features: examples.features, labels: examples.labels, in: &workspace)
  }

  func take(_ index: Int) -> Evaluation? { evaluations.removeValue(forKey: index) }
}
