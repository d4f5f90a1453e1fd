public import LinearAlgebra

/// Copies of a model's weights that speed up products with many examples, for as long as the
/// parameters stay what they are: a step of training on a batch, or an evaluation.
public struct StepWeights: Sendable {
  /// One a stage; nil where the weight is read as it lies.
  private var copies: [WeightCopies?]

  public init(for network: Network) {
    copies = network.stages.enumerated().map { index, stage in
      stage.layer.copiedWeight.map { WeightCopies(count: $0.count, goesBack: index > 0) }
    }
  }

  public mutating func make(of parameters: [Float], _ network: Network, workers: Workers = .one) {
    for (index, stage) in network.stages.enumerated() {
      guard let weight = stage.layer.copiedWeight else { continue }
      copies[index]?.make(of: parameters, weight, workers: workers)
    }
  }

  func copies(ofStage index: Int) -> WeightCopies? { copies[index] }
}
