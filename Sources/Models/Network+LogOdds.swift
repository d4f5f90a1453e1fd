internal import Foundation
public import LinearAlgebra

extension Network {
  /// log(p / (1 - p)) of some examples, p being the probability of the label: by softmax, or by the
  /// logistic function where two classes have one output. Of a loss that makes no probabilities of the
  /// outputs, softmax makes them all the same.
  ///
  /// With outputs z it is z of the label less the logarithm of the sum of exp(z) over the other classes, in
  /// which nothing cancels when p is near 1 (Carlini et al. 2022, section 4.3).
  ///
  /// - Parameters:
  ///   - examples: rows of `features`, `[example, feature]`, and places of `labels`.
  ///   - workspace: of any capacity.
  public func logOdds(
    _ parameters: [Float], of examples: [Int32], features: FeatureRows, labels: [UInt8],
    in workspace: inout Workspace
  ) -> [Double] {
    var odds: [Double] = []
    odds.reserveCapacity(examples.count)
    for start in stride(from: 0, to: examples.count, by: workspace.capacity) {
      let batch = examples[start..<min(start + workspace.capacity, examples.count)]
      workspace.load(batch, features: features, labels: labels)
      forward(parameters, in: &workspace)
      let outputs = workspace.outputs
      for row in 0..<batch.count {
        odds.append(
          Self.logOdds(
            outputs[row * outputWidth..<(row + 1) * outputWidth],
            label: Int(workspace.labels[row])))
      }
    }
    return odds
  }

  private static func logOdds(_ outputs: ArraySlice<Float>, label: Int) -> Double {
    guard outputs.count > 1 else {
      return label == 1 ? Double(outputs[outputs.startIndex]) : -Double(outputs[outputs.startIndex])
    }
    let own = outputs.startIndex + label
    let others = outputs.indices.filter { $0 != own }.map { Double(outputs[$0]) }
    let largest = others.max() ?? 0
    return Double(outputs[own]) - largest
      - log(others.reduce(0) { $0 + exp($1 - largest) })
  }
}
