import Foundation
import LinearAlgebra
import Models
import Randomness
import Testing

@Suite struct EvaluationTests {
  /// Without weights every logit is equal: class 0 is predicted, and that alone is right.
  @Test func aTieGoesToTheFirstClass() {
    let network = Network(.logisticRegression, input: Shape(features: 1), classCount: 3)
    var workspace = Workspace(for: network, capacity: 2)
    let evaluation = network.evaluate(
      [Float](repeating: 0, count: network.parameterCount), features: .bytes([9, 8, 7, 6, 5]),
      labels: [0, 1, 0, 2, 1], in: &workspace)
    #expect(evaluation.accuracy == 0.4)
    // ln 3
    #expect((evaluation.loss - 1.098_612_289).magnitude < 4e-7)
  }

  /// Logits (x, 0) by hand: a white pixel is class 0, and a black one a tie.
  @Test func accuracyAndLossAreMeansOverExamples() {
    let network = Network(.logisticRegression, input: Shape(features: 1), classCount: 2)
    var workspace = Workspace(for: network, capacity: 8)
    let evaluation = network.evaluate(
      [1, 0, 0, 0], features: .bytes([255, 255, 0]), labels: [0, 1, 0], in: &workspace)
    #expect(evaluation.accuracy == 2.0 / 3)
    // (ln(1 + 1/e) + (1 + ln(1 + 1/e)) + ln 2) / 3
    #expect(
      (evaluation.loss - (2 * 0.313_261_687_518 + 1 + 0.693_147_180_560) / 3).magnitude < 4e-7)
  }

  @Test(arguments: smallCases) func theBatchSizeChangesNothing(model: Case) {
    let problem = SmallProblem(model, seed: 121, exampleCount: 23)
    let evaluations = [1, 4, 23, 100].map { capacity in
      var workspace = Workspace(for: problem.network, capacity: capacity)
      return problem.network.evaluate(
        problem.parameters, features: .bytes(problem.pixels), labels: problem.labels, in: &workspace
      )
    }
    let examples = (0..<Int32(23)).map { $0 }
    let expected = problem.reference.loss(
      problem.parameters.map(Double.init), inputs: problem.inputs(examples),
      labels: problem.labels(examples))
    for evaluation in evaluations {
      #expect(evaluation.accuracy == evaluations[0].accuracy)
      #expect((evaluation.loss - expected).magnitude < 1e-5)
    }
  }

  /// Of logits (x, 0, 0): the label has log odds x - ln 2 or ln(1 / (e^x + 1)), and of one output z it has z
  /// or -z. Far out, where 1 - p is 0 in any floating point, nothing is lost.
  @Test func logOddsLoseNothingNearCertainty() {
    let network = Network(.logisticRegression, input: Shape(features: 1), classCount: 3)
    var workspace = Workspace(for: network, capacity: 2)
    let odds = network.logOdds(
      [1000, 0, 0, 0, 0, 0], of: [0, 1, 2], features: .floats([0.001, 1, 1]), labels: [0, 0, 1],
      in: &workspace)
    for (value, expected) in zip(odds, [1 - log(2.0), 1000 - log(2.0), -1000]) {
      #expect((value - expected).magnitude < 1e-5)
    }
    let binary = Network(
      Architecture(hiddenLayers: [], loss: .logistic), input: Shape(features: 1), classCount: 2)
    var single = Workspace(for: binary, capacity: 4)
    #expect(
      binary.logOdds([2, 0], of: [0, 1], features: .floats([3, 4]), labels: [1, 0], in: &single)
        == [6, -8])
  }
}
