public import LinearAlgebra

/// The weights of a model in the order that products with many examples read fastest, for as long as
/// its parameters stay what they are.
public struct TransposedWeights: Sendable {
  /// One a stage; empty where the weight is read as it lies.
  fileprivate(set) var weights: [[Float]]

  public init(for network: Network) {
    weights = network.stages.map { stage in
      [Float](repeating: 0, count: stage.layer.transposableWeight?.count ?? 0)
    }
  }

  func weight(ofStage index: Int) -> [Float]? { weights[index].isEmpty ? nil : weights[index] }
}

extension Network {
  public func transpose(
    _ parameters: [Float], into transposed: inout TransposedWeights, workers: Workers
  ) {
    for (index, stage) in stages.enumerated() {
      guard let weight = stage.layer.transposableWeight else { continue }
      LinearAlgebra.transpose(parameters, weight, into: &transposed.weights[index], workers: workers)
    }
  }
}
