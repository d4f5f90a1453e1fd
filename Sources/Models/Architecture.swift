/// Which model is trained.
public enum Architecture: Hashable, Sendable {
  /// One linear layer and a softmax.
  case logisticRegression
  /// Linear layers with rectifiers between them and a softmax at the end.
  case multilayerPerceptron(hiddenWidths: [Int])

  /// Widths from the input to the output.
  func widths(featureCount: Int, classCount: Int) -> [Int] {
    switch self {
    case .logisticRegression: [featureCount, classCount]
    case .multilayerPerceptron(let hiddenWidths): [featureCount] + hiddenWidths + [classCount]
    }
  }
}
