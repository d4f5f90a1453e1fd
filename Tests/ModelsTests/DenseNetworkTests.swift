import CGSL
import LinearAlgebra
import Models
import Randomness
import Testing
import _TestSupport

@Suite struct DenseNetworkTests {
  // MARK: Layout

  @Test func logisticRegressionIsOneLayer() throws {
    let network = DenseNetwork(.logisticRegression, featureCount: 784, classCount: 10)
    let layer = try #require(network.layers.first)
    #expect(network.layers.count == 1)
    #expect(layer.name == "dense1")
    #expect(layer.weight.range == 0..<7840)
    #expect(layer.bias == 7840..<7850)
    #expect(network.parameterCount == 7850)
  }

  @Test func aPerceptronsLayersFollowOneAnother() {
    let network = DenseNetwork(
      .multilayerPerceptron(hiddenWidths: [128, 64]), featureCount: 784, classCount: 10)
    #expect(network.layers.map(\.name) == ["dense1", "dense2", "dense3"])
    #expect(network.layers.map(\.weight.rows) == [128, 64, 10])
    #expect(network.layers.map(\.weight.columns) == [784, 128, 64])
    #expect(network.layers.map(\.weight.offset) == [0, 100_480, 108_736])
    #expect(
      network.layers.map(\.bias) == [100_352..<100_480, 108_672..<108_736, 109_376..<109_386])
    #expect(network.parameterCount == 109_386)
    #expect(network.featureCount == 784)
    #expect(network.classCount == 10)
  }

  // MARK: Initial parameters

  /// Four checks: distribution and variance of each hidden layer's weights.
  @Test func hiddenWeightsHaveHesVariance() {
    let network = DenseNetwork(
      .multilayerPerceptron(hiddenWidths: [256, 128]), featureCount: 512, classCount: 10)
    var stream = RandomStream(StreamKey(seed: 101))
    let parameters = network.initialParameters(from: &stream)
    for layer in network.layers.dropLast() {
      let deviation = (2 / Double(layer.inputWidth)).squareRoot()
      let weights = parameters[layer.weight.range].map { Double($0) / deviation }
      let distribution = GoodnessOfFit.kolmogorovSmirnov(weights, against: gsl_cdf_ugaussian_P)
      #expect(distribution > AlarmBudget.perCheck)
      #expect(GoodnessOfFit.unitVariance(weights) > AlarmBudget.perCheck)
    }
    for layer in network.layers {
      #expect(parameters[layer.bias].allSatisfy { $0 == 0 })
    }
    #expect(parameters[network.layers[2].weight.range].allSatisfy { $0 == 0 })
  }

  @Test(arguments: smallArchitectures) func trainingStartsFromUniformPredictions(
    architecture: Architecture
  ) {
    let problem = SmallProblem(architecture, seed: 102)
    var stream = RandomStream(StreamKey(seed: 103))
    var parameters = problem.network.initialParameters(from: &stream)
    var workspace = problem.workspace([0, 1, 2, 3])
    let loss = problem.network.descend(&parameters, learningRate: 0.1, in: &workspace)
    // ln 4
    #expect((loss - 1.386_294_361).magnitude < 1e-6)
  }

  // MARK: Forward and backward

  @Test(arguments: smallArchitectures, 1...4) func logitsAgreeWithTheReference(
    architecture: Architecture, count: Int
  ) {
    let problem = SmallProblem(architecture, seed: 104)
    let examples = (0..<Int32(count)).map { 5 - $0 }
    var workspace = problem.workspace(examples)
    problem.network.forward(problem.parameters, in: &workspace)
    let expected = problem.inputs(examples).flatMap {
      problem.reference.logits(problem.parameters.map(Double.init), input: $0)
    }
    for (logit, expected) in zip(workspace.logits, expected) {
      #expect((Double(logit) - expected).magnitude < 1e-5)
    }
  }

  /// The step is linear in the rate, so a rate of 1 shows the gradient best.
  @Test(arguments: smallArchitectures, [1, 2, 6]) func aStepFollowsTheNumericalGradient(
    architecture: Architecture, count: Int
  ) {
    let problem = SmallProblem(architecture, seed: 105)
    let examples = (0..<Int32(count)).map { 5 - $0 }
    let before = problem.parameters.map(Double.init)
    let (inputs, labels) = (problem.inputs(examples), problem.labels(examples))
    let gradient = problem.reference.gradient(before, inputs: inputs, labels: labels)

    var parameters = problem.parameters
    var workspace = problem.workspace(examples)
    let loss = problem.network.descend(&parameters, learningRate: 1, in: &workspace)

    let expectedLoss = problem.reference.loss(before, inputs: inputs, labels: labels)
    #expect((loss - expectedLoss).magnitude < 1e-5)
    #expect(gradient.contains { $0.magnitude > 0.1 })
    for index in before.indices {
      let change = Double(parameters[index]) - before[index]
      #expect((change + gradient[index]).magnitude < 2e-6, "parameter \(index)")
    }
  }

  @Test func theRateScalesTheStep() {
    let problem = SmallProblem(.multilayerPerceptron(hiddenWidths: [7]), seed: 106)
    let changes = [Float(1), 0.125].map { rate in
      var parameters = problem.parameters
      var workspace = problem.workspace([0, 1, 2])
      problem.network.descend(&parameters, learningRate: rate, in: &workspace)
      return zip(parameters, problem.parameters).map { Double($0 - $1) / Double(rate) }
    }
    for (whole, small) in zip(changes[0], changes[1]) {
      #expect((whole - small).magnitude < 4e-6)
    }
  }
}
