public import LinearAlgebra

/// How well a model predicts a data set.
public struct Evaluation: Hashable, Sendable {
  /// The fraction of examples predicted as labeled, in [0, 1].
  public let accuracy: Double
  /// Mean loss an example; in nats for cross-entropy and logistic losses.
  public let loss: Double
}

extension Network {
  /// Accuracy and mean loss over all examples, in batches of the workspace's capacity.
  ///
  /// `features` has shape `[example, feature]`; `labels` has one class an example.
  public func evaluate(
    _ parameters: [Float], features: FeatureRows, labels: [UInt8], in workspace: inout Workspace
  ) -> Evaluation {
    precondition(!labels.isEmpty, "an evaluation needs examples")
    var correct = 0
    var loss = 0.0
    let all = (0..<Int32(labels.count)).map { $0 }
    for start in stride(from: 0, to: labels.count, by: workspace.capacity) {
      let batch = all[start..<min(start + workspace.capacity, labels.count)]
      workspace.load(batch, features: features, labels: labels)
      forward(parameters, in: &workspace)
      let outcome = self.loss.evaluate(
        outputs: workspace.outputs, labels: workspace.labels, rows: batch.count,
        width: outputWidth)
      loss += outcome.loss
      correct += outcome.correct
    }
    let count = Double(labels.count)
    return Evaluation(accuracy: Double(correct) / count, loss: loss / count)
  }
}
