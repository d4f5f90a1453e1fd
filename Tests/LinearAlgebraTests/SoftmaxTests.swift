import Foundation
import LinearAlgebra
import Testing

@Suite struct SoftmaxTests {
  /// Rows on both sides of a tile, and classes from the fewest to the most.
  static let shapes = [
    (0, 3), (1, 1), (1, 10), (5, 2), (31, 10), (32, 10), (33, 10), (70, 17), (3, 256),
  ]

  @Test(arguments: shapes, [0.01, 1, 30, 1000] as [Float])
  func rowsAgreeWithTheClosedForm(shape: (rows: Int, classes: Int), spread: Float) {
    let (rows, classes) = shape
    let logits = samples(rows * classes + 2, seed: 1).map { spread * $0 }
    let labels = (0..<rows).map { UInt8(7 * $0 % classes) }
    var gradient = [Float](repeating: 5, count: rows * classes + 1)
    var losses = [Float](repeating: 5, count: rows + 1)
    softmaxCrossEntropy(
      logits: logits, labels: labels[...], rows: rows, classes: classes, gradient: &gradient,
      losses: &losses)
    var total = 0.0
    var correct = 0
    for row in 0..<rows {
      let line = logits[(row * classes)..<((row + 1) * classes)].map(Double.init)
      let label = Int(labels[row])
      let (loss, probabilities) = Self.closedForm(line, label: label)
      #expect((Double(losses[row]) - loss).magnitude <= 4e-7 * max(1, loss))
      for (index, probability) in probabilities.enumerated() {
        let value = Double(gradient[row * classes + index])
        let expected = index == label ? probability - 1 : probability
        let unit = max(probability, index == label ? 1 : 0) * 0x1p-23
        // Arguments of the exponential are rounded once: their unit counts too.
        let argument = (line[index] - line.max()!).magnitude * 0x1p-24 * probability
        #expect((value - expected).magnitude <= 8 * unit + argument + 0x1p-126)
      }
      total += loss
      correct += line.firstIndex(of: line.max()!) == label ? 1 : 0
    }
    #expect(gradient.last == 5)
    #expect(losses.last == 5)
    let result = classify(logits: logits, labels: labels[...], rows: rows, classes: classes)
    #expect((result.loss - total).magnitude <= 4e-7 * max(Double(rows), total))
    #expect(result.correct == correct)
  }

  @Test func aRowDoesNotDependOnTheOthers() {
    let logits = samples(77 * 10, seed: 2).map { 3 * $0 }
    let labels = (0..<77).map { UInt8($0 % 10) }
    let (gradient, losses) = Self.crossEntropy(logits, labels[...], classes: 10)
    for row in 0..<77 {
      let range = (10 * row)..<(10 * row + 10)
      let alone = Self.crossEntropy(Array(logits[range]), labels[row...row], classes: 10)
      #expect(alone.gradient.bits == Array(gradient[range]).bits)
      #expect(alone.losses[0].bitPattern == losses[row].bitPattern)
    }
  }

  @Test func certainRowsHaveNoLoss() {
    let (gradient, losses) = Self.crossEntropy(
      [0, 200, -.infinity, 200, 0, -.infinity], [1, 1], classes: 3)
    #expect(gradient == [0, 0, 0, 1, -1, 0])
    #expect(losses == [0, 200])
  }

  @Test func oneClassIsCertain() {
    let (gradient, losses) = Self.crossEntropy([3, -1e30, 0], [0, 0, 0], classes: 1)
    #expect(gradient == [0, 0, 0])
    #expect(losses == [0, 0, 0])
  }

  /// A model that has diverged must show it, and in its own row alone.
  @Test(arguments: [Float.nan, .infinity], [10, 13, 19])
  func whatIsNotFiniteStaysInItsRow(value: Float, place: Int) {
    var logits = samples(30, seed: 3)
    logits[place] = value
    let (gradient, losses) = Self.crossEntropy(logits, [2, 3, 4], classes: 10)
    #expect(gradient.indices.filter { gradient[$0].isNaN } == Array(10..<20))
    #expect(losses.indices.filter { losses[$0].isNaN } == [1])
    #expect(classify(logits: logits, labels: [2, 3, 4], rows: 3, classes: 10).loss.isNaN)
  }

  @Test func theFirstOfEqualsWins() {
    let logits: [Float] = [1, 4, 4, 0, 4, 4, 0, 0, 0, -3, -3, -3]
    #expect(classify(logits: logits, labels: [1, 1, 0, 0], rows: 4, classes: 3).correct == 4)
    #expect(classify(logits: logits, labels: [2, 2, 1, 2], rows: 4, classes: 3).correct == 0)
  }

  private static func crossEntropy(
    _ logits: [Float], _ labels: ArraySlice<UInt8>, classes: Int
  ) -> (gradient: [Float], losses: [Float]) {
    var gradient = [Float](repeating: 5, count: logits.count)
    var losses = [Float](repeating: 5, count: labels.count)
    softmaxCrossEntropy(
      logits: logits, labels: labels, rows: labels.count, classes: classes, gradient: &gradient,
      losses: &losses)
    return (gradient, losses)
  }

  private static func closedForm(
    _ logits: [Double], label: Int
  ) -> (loss: Double, probabilities: [Double]) {
    let largest = logits.max()!
    let sum = logits.reduce(0) { $0 + exp($1 - largest) }
    return (log(sum) + largest - logits[label], logits.map { exp($0 - largest) / sum })
  }
}
