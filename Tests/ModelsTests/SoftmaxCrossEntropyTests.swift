import Foundation
import Testing

@testable import Models

@Suite struct SoftmaxCrossEntropyTests {
  /// Losses and probabilities worked out by hand from exp(0) and exp(-1), and where those vanish.
  static let stable: [(logits: [Float], losses: [Double], probabilities: [Double])] = [
    ([0, 0, 0, 0], [log(4), log(4), log(4), log(4)], [0.25, 0.25, 0.25, 0.25]),
    ([1e4, -1e4], [0, 2e4], [1, 0]),
    ([-1e4, -1e4, -1e4], [log(3), log(3), log(3)], [1.0 / 3, 1.0 / 3, 1.0 / 3]),
    (
      [1e4, 1e4 - 1], [log1p(exp(-1)), 1 + log1p(exp(-1))],
      [1 / (1 + exp(-1)), 1 / (1 + M_E)]
    ),
    (
      [-1e4 - 1, -1e4], [1 + log1p(exp(-1)), log1p(exp(-1))],
      [1 / (1 + M_E), 1 / (1 + exp(-1))]
    ),
  ]

  @Test(arguments: stable.indices) func extremeLogitsLoseNothing(index: Int) {
    let (logits, losses, probabilities) = Self.stable[index]
    let classCount = logits.count
    let padded = [Float](repeating: .nan, count: classCount) + logits
    for label in 0..<classCount {
      var gradient = [Float](repeating: -7, count: 3 * classCount)
      let loss = softmaxCrossEntropy(
        logits: padded, row: 1, classCount: classCount, label: label, gradient: &gradient)
      #expect((loss - losses[label]).magnitude <= 1e-6 * max(1, losses[label]))
      for index in 0..<classCount {
        let expected = probabilities[index] - (index == label ? 1 : 0)
        #expect((Double(gradient[classCount + index]) - expected).magnitude < 1e-6)
      }
      #expect(gradient[..<classCount].allSatisfy { $0 == -7 }, "the row before changed")
      #expect(gradient[(2 * classCount)...].allSatisfy { $0 == -7 }, "the row after changed")

      let outcome = classify(logits: padded, row: 1, classCount: classCount, label: label)
      #expect((outcome.loss - losses[label]).magnitude <= 1e-9 * max(1, losses[label]))
    }
  }

  @Test func notANumberStaysOne() {
    var gradient: [Float] = [0, 0, 0]
    let logits: [Float] = [1, .nan, 0]
    let loss = softmaxCrossEntropy(
      logits: logits, row: 0, classCount: 3, label: 0, gradient: &gradient)
    #expect(loss.isNaN)
    #expect(gradient.allSatisfy { $0.isNaN })
    #expect(classify(logits: logits, row: 0, classCount: 3, label: 0).loss.isNaN)
  }

  @Test func theFirstOfEqualLogitsIsPredicted() {
    let logits: [Float] = [0, 2, 2, 1, -1, -1, -1, -1]
    #expect(classify(logits: logits, row: 0, classCount: 4, label: 3).predicted == 1)
    #expect(classify(logits: logits, row: 1, classCount: 4, label: 3).predicted == 0)
  }
}
