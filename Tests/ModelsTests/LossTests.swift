import Foundation
import Testing

@testable import Models

@Suite struct LossTests {
  /// Losses and gradients worked out by hand from exp(0) and exp(-1), and where those vanish.
  static let crossEntropies: [(logits: [Float], losses: [Double], probabilities: [Double])] = [
    ([0, 0, 0, 0], [log(4), log(4), log(4), log(4)], [0.25, 0.25, 0.25, 0.25]),
    ([1e4, -1e4], [0, 2e4], [1, 0]),
    ([-1e4, -1e4, -1e4], [log(3), log(3), log(3)], [1.0 / 3, 1.0 / 3, 1.0 / 3]),
    (
      [1e4, 1e4 - 1], [log1p(exp(-1)), 1 + log1p(exp(-1))], [1 / (1 + exp(-1)), 1 / (1 + M_E)]
    ),
    (
      [-1e4 - 1, -1e4], [1 + log1p(exp(-1)), log1p(exp(-1))], [1 / (1 + M_E), 1 / (1 + exp(-1))]
    ),
  ]

  @Test(arguments: crossEntropies.indices) func extremeLogitsLoseNothing(index: Int) {
    let (logits, losses, probabilities) = Self.crossEntropies[index]
    for label in logits.indices {
      let row = differentiate(.crossEntropy, logits, label: label)
      #expect((row.loss - losses[label]).magnitude <= 1e-6 * max(1, losses[label]))
      for (place, probability) in probabilities.enumerated() {
        let expected = probability - (place == label ? 1 : 0)
        #expect((row.gradient[place] - expected).magnitude < 1e-6)
      }
      let evaluated = evaluate(.crossEntropy, logits, label: label)
      #expect((evaluated.loss - losses[label]).magnitude <= 1e-6 * max(1, losses[label]))
    }
  }

  @Test func squaredErrorsAreHalved() {
    let outputs: [Float] = [0.5, -2, 1.5]
    let row = differentiate(.squared, outputs, label: 2)
    #expect(row.loss == (0.25 + 4 + 0.25) / 2)
    #expect(row.gradient == [0.5, -2, 0.5])
    #expect(evaluate(.squared, outputs, label: 2).loss == 2.25)
  }

  /// log(1 + exp(-m)) and -sign / (1 + exp(m)) for margins that overflow, vanish and cancel. What is
  /// below the smallest normal number may be 0.
  @Test(arguments: [Float(0), 1, -1, 20, -20, 100, -100, 1e4, -1e4])
  func logisticLossesAreStable(output: Float) {
    for label in [0, 1] {
      let margin = Double(label == 1 ? output : -output)
      let loss = margin > 0 ? log1p(exp(-margin)) : log1p(exp(margin)) - margin
      let slope = (label == 1 ? -1 : 1) / (1 + exp(margin))
      let row = differentiate(.logistic, [output], label: label)
      #expect((row.loss - loss).magnitude <= max(1e-6 * loss, 0x1p-126))
      #expect((row.gradient[0] - slope).magnitude <= max(1e-6 * slope.magnitude, 0x1p-126))
      let evaluated = evaluate(.logistic, [output], label: label)
      #expect((evaluated.loss - loss).magnitude <= max(1e-12 * loss, 0x1p-126))
    }
  }

  /// max(1 - m, 0); at the kink the slope is that of the line, as scikit-learn has it.
  @Test(arguments: [
    (Float(0), 1.0, -1.0), (0.75, 0.25, -1), (1, 0, -1), (1.25, 0, 0), (-3, 4, -1), (1e4, 0, 0),
  ])
  func hingeLossesBendAtOne(margin: Float, loss: Double, slope: Double) {
    for (label, sign) in [(1, Float(1)), (0, -1)] {
      let row = differentiate(.hinge, [sign * margin], label: label)
      #expect(row.loss == loss)
      #expect(row.gradient == [Double(sign) * slope])
      #expect(evaluate(.hinge, [sign * margin], label: label).loss == loss)
    }
  }

  /// Each output of several is a classifier of its own.
  @Test(arguments: [Loss.logistic, .hinge]) func outputsAreToldFromAllOthers(loss: Loss) {
    let outputs: [Float] = [0.5, -2, 1.5]
    let row = differentiate(loss, outputs, label: 2)
    let alone = outputs.enumerated().map {
      differentiate(loss, [$0.element], label: $0.offset == 2 ? 1 : 0)
    }
    #expect((row.loss - alone.reduce(0) { $0 + $1.loss }).magnitude < 1e-6)
    #expect(row.gradient == alone.flatMap(\.gradient))
    #expect((evaluate(loss, outputs, label: 2).loss - row.loss).magnitude < 1e-6)
  }

  @Test(arguments: [Loss.crossEntropy, .squared, .logistic, .hinge], [1, 3])
  func notANumberStaysOne(loss: Loss, width: Int) {
    let outputs: [Float] = width == 1 ? [.nan] : [1, .nan, 0]
    let row = differentiate(loss, outputs, label: 0)
    #expect(row.loss.isNaN)
    #expect(row.gradient.contains { $0.isNaN })
    #expect(evaluate(loss, outputs, label: 0).loss.isNaN)
  }

  // MARK: Predictions

  @Test(arguments: [Loss.crossEntropy, .squared, .logistic, .hinge])
  func theFirstOfEqualOutputsIsPredicted(loss: Loss) {
    for (outputs, predicted) in [([0, 2, 2, 1], 1), ([-1, -1, -1, -1], 0)] as [([Float], Int)] {
      for label in outputs.indices {
        #expect(evaluate(loss, outputs, label: label).correct == (label == predicted ? 1 : 0))
      }
    }
  }

  @Test(arguments: [Loss.logistic, .hinge], [(Float(0.1), 1), (-0.1, 0), (0, 0)])
  func theSignTellsTwoClassesApart(loss: Loss, row: (output: Float, predicted: Int)) {
    #expect(evaluate(loss, [row.output], label: row.predicted).correct == 1)
    #expect(evaluate(loss, [row.output], label: 1 - row.predicted).correct == 0)
  }

  // MARK: -

  /// The second of three rows; those around it are not finite.
  private func differentiate(
    _ loss: Loss, _ outputs: [Float], label: Int
  ) -> (loss: Double, gradient: [Double]) {
    let width = outputs.count
    let other = [Float](repeating: .nan, count: width)
    var gradient = [Float](repeating: -7, count: 4 * width)
    var losses: [Float] = [-7, -7, -7, -7]
    loss.differentiate(
      outputs: other + outputs + other, labels: [0, UInt8(label), 0], rows: 3, width: width,
      gradient: &gradient, losses: &losses)
    #expect(gradient[(3 * width)...].allSatisfy { $0 == -7 } && losses[3] == -7)
    return (Double(losses[1]), gradient[width..<2 * width].map(Double.init))
  }

  private func evaluate(
    _ loss: Loss, _ outputs: [Float], label: Int
  ) -> (loss: Double, correct: Int) {
    loss.evaluate(outputs: outputs, labels: [UInt8(label)], rows: 1, width: outputs.count)
  }
}
