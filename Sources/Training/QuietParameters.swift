public import Datasets
internal import LinearAlgebra
public import Models
public import Randomness

extension Network {
  /// The parameters that some examples move least, by the sum of their gradients' magnitudes: where the
  /// updates of real units hide a canary least.
  ///
  /// - Parameters:
  ///   - count: at most ``parameterCount``.
  ///   - examples: public ones, since the choice is not covered by any guarantee; some of them are
  ///     enough.
  ///   - key: decides between equals.
  public func quietParameters(
    _ count: Int, at parameters: [Float], for examples: LabeledExamples, key: StreamKey
  ) -> [Int] {
    precondition((0...parameterCount).contains(count), "no more than there are")
    var workspace = Workspace(for: self, capacity: 1)
    var magnitudes = [Double](repeating: 0, count: parameterCount)
    var gradient = [Float](repeating: 0, count: parameterCount)
    let probes = min(
      examples.exampleCount, 256, max(16, Self.mostProbedElements / parameterCount))
    for probe in 0..<Int32(probes) {
      clear(&gradient)
      workspace.load([probe], features: examples.features, labels: examples.labels)
      differentiate(parameters, in: &workspace)
      addGradients(in: &workspace, to: &gradient)
      for (place, element) in gradient.enumerated() {
        magnitudes[place] += Double(element.magnitude)
      }
    }
    var order = Array(0..<parameterCount)
    var stream = RandomStream(key)
    stream.shuffle(&order)
    // Sorting is stable, so the shuffled order decides between equals.
    return Array(order.sorted { magnitudes[$0] < magnitudes[$1] }.prefix(count))
  }

  private static let mostProbedElements = 1 << 26
}
