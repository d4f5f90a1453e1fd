/// How well a model predicts a data set.
public struct Evaluation: Hashable, Sendable {
  /// The fraction of examples whose largest logit is that of their label, in [0, 1].
  public let accuracy: Double
  /// Mean cross-entropy, in nats.
  public let loss: Double
}

extension DenseNetwork {
  /// Accuracy and mean loss over all examples, in batches of the workspace's capacity.
  ///
  /// `pixels` has shape `[example, feature]`, row-major; `labels` has one class an example.
  public func evaluate(
    _ parameters: [Float], pixels: [UInt8], labels: [UInt8], in workspace: inout DenseWorkspace
  ) -> Evaluation {
    precondition(!labels.isEmpty, "an evaluation needs examples")
    var correct = 0
    var loss = 0.0
    let all = (0..<Int32(labels.count)).map { $0 }
    for start in stride(from: 0, to: labels.count, by: workspace.capacity) {
      let batch = all[start..<min(start + workspace.capacity, labels.count)]
      workspace.load(batch, pixels: pixels, labels: labels)
      forward(parameters, in: &workspace)
      let logits = workspace.logits
      for row in 0..<batch.count {
        let label = Int(workspace.labels[row])
        let outcome = classify(logits: logits, row: row, classCount: classCount, label: label)
        loss += outcome.loss
        if outcome.predicted == label { correct += 1 }
      }
    }
    let count = Double(labels.count)
    return Evaluation(accuracy: Double(correct) / count, loss: loss / count)
  }
}
