import CGSL
import LinearAlgebra
import Models
import Randomness
import Testing
import _TestSupport

@Suite struct NetworkTests {
  // MARK: Layout

  @Test func logisticRegressionIsOneLayer() {
    let network = Network(.logisticRegression, input: Shape(features: 784), classCount: 10)
    #expect(network.parameters.map(\.name) == ["dense1.weight", "dense1.bias"])
    #expect(network.parameters.map(\.range) == [0..<7840, 7840..<7850])
    #expect(network.parameters.map(\.shape) == [[10, 784], [10]])
    #expect(network.layerRanges == [0..<7850])
    #expect(network.parameterCount == 7850)
    #expect(network.outputWidth == 10)
  }

  @Test func aPerceptronsLayersFollowOneAnother() {
    let network = Network(
      .multilayerPerceptron(hiddenWidths: [128, 64]), input: Shape(features: 784), classCount: 10)
    #expect(
      network.parameters.map(\.name) == [
        "dense1.weight", "dense1.bias", "dense2.weight", "dense2.bias", "dense3.weight",
        "dense3.bias",
      ])
    #expect(
      network.parameters.map(\.shape) == [[128, 784], [128], [64, 128], [64], [10, 64], [10]])
    #expect(
      network.parameters.map(\.range) == [
        0..<100_352, 100_352..<100_480, 100_480..<108_672, 108_672..<108_736, 108_736..<109_376,
        109_376..<109_386,
      ])
    #expect(network.layerRanges == [0..<100_480, 100_480..<108_736, 108_736..<109_386])
    #expect(network.parameterCount == 109_386)
    #expect(network.featureCount == 784)
  }

  /// Papernot et al. 2021, table 1.
  @Test func theTemperedConvolutionHasItsPublishedSize() {
    let network = Network(
      .temperedConvolution(), input: Shape(height: 28, width: 28, channels: 1), classCount: 10)
    #expect(network.parameterCount == 26_010)
    #expect(
      network.parameters.map(\.shape) == [
        [16, 8, 8, 1], [16], [32, 4, 4, 16], [32], [32, 512], [32], [10, 32], [10],
      ])
  }

  @Test(arguments: smallCases) func parametersAndLayersFillTheBuffer(model: Case) {
    let network = model.network
    for ranges in [network.parameters.map(\.range), network.layerRanges] {
      #expect(ranges.flatMap { Array($0) } == Array(0..<network.parameterCount))
    }
  }

  @Test func normalizationIsALayerOfScalesAndShifts() {
    let network = Network(
      Architecture(hiddenLayers: [
        .convolution(filters: 4, kernelSize: 3, stride: 1, padding: 1), .groupNorm(groups: 2),
        .flatten,
      ]), input: Shape(height: 3, width: 5, channels: 2), classCount: 3)
    #expect(
      network.parameters.map(\.name) == [
        "convolution1.weight", "convolution1.bias", "group_norm1.scale", "group_norm1.shift",
        "dense1.weight", "dense1.bias",
      ])
    #expect(network.layerRanges == [0..<76, 76..<84, 84..<267])
  }

  @Test(arguments: smallCases) func aMicrobatchIsOfEightToSixtyFour(model: Case) {
    #expect((8...64).contains(model.network.microbatch))
  }

  @Test(arguments: [(Loss.crossEntropy, 2), (.squared, 2), (.logistic, 1), (.hinge, 1)])
  func lossesOfMarginsTellTwoClassesApartWithOneOutput(loss: Loss, outputs: Int) {
    func width(_ classCount: Int) -> Int {
      Network(Architecture(loss: loss), input: Shape(features: 3), classCount: classCount)
        .outputWidth
    }
    #expect(width(2) == outputs)
    #expect(width(3) == 3)
  }

  // MARK: Initial parameters

  /// Eight checks: distribution and variance of each hidden layer's weights, before a rectifier and
  /// before another activation.
  @Test(arguments: [(Activation.relu, 2.0), (.tanh, 1)])
  func hiddenWeightsHaveTheVarianceOfTheirActivation(activation: Activation, gain: Double) {
    let network = Network(
      .multilayerPerceptron(hiddenWidths: [256, 128], activation: activation),
      input: Shape(features: 512), classCount: 10)
    var stream = RandomStream(StreamKey(seed: 101))
    let parameters = network.initialParameters(from: &stream)
    let views = network.parameters
    for view in [views[0], views[2]] {
      let deviation = (gain / Double(view.shape[1])).squareRoot()
      expectNormal(parameters[view.range].map { Double($0) / deviation })
    }
    for view in [views[1], views[3], views[4], views[5]] {
      #expect(parameters[view.range].allSatisfy { $0 == 0 })
    }
  }

  /// Two checks: a filter's inputs are those of a patch. Normalization starts as none.
  @Test func filtersHaveTheVarianceOfTheirPatches() {
    let network = Network(
      Architecture(hiddenLayers: [
        .convolution(filters: 64, kernelSize: 5, stride: 1, padding: 0), .groupNorm(groups: 4),
        .activation(.tanh), .flatten,
      ]), input: Shape(height: 6, width: 6, channels: 8), classCount: 3)
    var stream = RandomStream(StreamKey(seed: 107))
    let parameters = network.initialParameters(from: &stream)
    let views = network.parameters
    expectNormal(parameters[views[0].range].map { Double($0) * 200.0.squareRoot() })
    #expect(parameters[views[2].range].allSatisfy { $0 == 1 })
    for view in [views[1], views[3], views[4], views[5]] {
      #expect(parameters[view.range].allSatisfy { $0 == 0 })
    }
  }

  @Test(arguments: smallCases) func trainingStartsFromUniformPredictions(model: Case) {
    let problem = SmallProblem(model, seed: 102)
    var stream = RandomStream(StreamKey(seed: 103))
    var parameters = problem.network.initialParameters(from: &stream)
    var workspace = problem.workspace([0, 1, 2, 3])
    let loss = problem.network.descend(&parameters, learningRate: 0.1, in: &workspace)
    // ln 4, ln 2 and 1 for each output, and half of what the label's target is away from 0.
    let outputs = Double(problem.network.outputWidth)
    let expected =
      switch problem.network.loss {
      case .crossEntropy: 1.386_294_361
      case .logistic: outputs * 0.693_147_181
      case .hinge: outputs
      case .squared: 0.5
      }
    #expect((loss - expected).magnitude < 1e-6)
  }

  private func expectNormal(
    _ weights: [Double], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(
      GoodnessOfFit.kolmogorovSmirnov(weights, against: gsl_cdf_ugaussian_P)
        > AlarmBudget.perCheck, sourceLocation: sourceLocation)
    #expect(
      GoodnessOfFit.unitVariance(weights) > AlarmBudget.perCheck, sourceLocation: sourceLocation)
  }
}
