import LinearAlgebra
import Models
import Randomness
import Testing

/// Outputs, losses and gradients in Float against the slow network in Double.
///
/// Forward and back, rounding grows with the depth: all agree within 2e-5 of the largest value, or of
/// 1 where that is smaller.
@Suite struct GradientTests {
  static let tolerance = 2e-5

  @Test(arguments: smallCases, [1, 6]) func outputsAgreeWithTheReference(
    model: Case, count: Int
  ) {
    let problem = SmallProblem(model, seed: 104)
    let examples = (0..<Int32(count)).map { 5 - $0 }
    var workspace = problem.workspace(examples)
    problem.network.forward(problem.parameters, in: &workspace)
    let expected = problem.inputs(examples).flatMap {
      problem.reference.outputs(problem.parameters.map(Double.init), input: $0)
    }
    expectClose(workspace.outputs[..<expected.count].map(Double.init), expected)
  }

  /// A weight of its own for each example and layer shows every gradient in the sum.
  @Test(arguments: smallCases) func gradientsAndNormsAgreeWithTheReference(model: Case) {
    let problem = SmallProblem(model, seed: 105)
    let network = problem.network
    let examples: [Int32] = [5, 0, 3, 2, 1]
    let gradients = problem.gradients(examples)
    #expect(gradients.joined().contains { $0.magnitude > 0.1 })
    var workspace = problem.workspace(examples)

    network.differentiate(problem.parameters, in: &workspace)
    let losses = zip(problem.inputs(examples), problem.labels(examples)).map {
      problem.reference.loss(problem.parameters.map(Double.init), input: $0, label: $1)
    }
    expectClose(workspace.losses[..<examples.count].map(Double.init), losses)

    let before = (0..<network.parameterCount).map { Float($0 % 3) }
    var sum = before
    network.addGradients(in: &workspace, to: &sum)
    expectClose(
      zip(sum, before).map { Double($0 - $1) },
      total(gradients, weights: { _, _ in 1 }, network.layerRanges))

    network.measureNorms(in: &workspace)
    for (layer, range) in network.layerRanges.enumerated() {
      expectClose(
        workspace.squaredNorms[layer][..<examples.count].map { $0.squareRoot() },
        gradients.map { norm($0[range]) })
    }

    func weight(layer: Int, example: Int) -> Double { Double((5 * layer + 3 * example) % 7) / 4 }
    for layer in network.layerRanges.indices {
      for example in examples.indices {
        workspace.weights[layer][example] = Float(weight(layer: layer, example: example))
      }
    }
    sum = before
    network.addWeightedGradients(in: &workspace, to: &sum)
    expectClose(
      zip(sum, before).map { Double($0 - $1) },
      total(gradients, weights: weight(layer:example:), network.layerRanges))
  }

  /// The step is linear in the rate, so a rate of 1 shows the gradient best.
  @Test(arguments: smallCases, [1, 2, 6]) func aStepFollowsTheMeanGradient(
    model: Case, count: Int
  ) {
    let problem = SmallProblem(model, seed: 106)
    let examples = (0..<Int32(count)).map { 5 - $0 }
    let gradient = total(
      problem.gradients(examples), weights: { _, _ in 1 / Double(count) },
      problem.network.layerRanges)
    var parameters = problem.parameters
    var workspace = problem.workspace(examples)
    let loss = problem.network.descend(&parameters, learningRate: 1, in: &workspace)
    let expected = problem.reference.loss(
      problem.parameters.map(Double.init), inputs: problem.inputs(examples),
      labels: problem.labels(examples))
    #expect((loss - expected).magnitude < Self.tolerance)
    expectClose(zip(problem.parameters, parameters).map { Double($0 - $1) }, gradient)
  }

  /// Copies of the weights change the order of a product's sums at most.
  @Test(arguments: smallCases) func copiedWeightsChangeNothing(model: Case) {
    let problem = SmallProblem(model, seed: 110)
    let network = problem.network
    var weights = StepWeights(for: network)
    // What an earlier step's parameters left is replaced.
    weights.make(of: problem.parameters.map { $0 * 2 }, network)
    weights.make(of: problem.parameters, network, workers: Workers(count: 2))
    let sums = [nil, weights].map { weights in
      var workspace = problem.workspace([5, 0, 3])
      network.differentiate(problem.parameters, weights: weights, in: &workspace)
      var sum = [Float](repeating: 0, count: network.parameterCount)
      network.addGradients(in: &workspace, to: &sum)
      return sum.map(Double.init)
    }
    #expect(sums[0].contains { $0.magnitude > 0.1 })
    expectClose(sums[1], sums[0], within: 1e-6)
  }

  @Test func theRateScalesTheStep() {
    let problem = SmallProblem(smallCases[3], seed: 108)
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

  // MARK: Examples apart

  /// Alone and among five others: the same to rounding, 1e-6 of the largest value.
  @Test(arguments: smallCases) func anExampleDoesNotDependOnItsBatch(model: Case) {
    let problem = SmallProblem(model, seed: 109)
    let network = problem.network
    let all: [Int32] = [0, 1, 2, 3, 4, 5]
    let width = network.outputWidth
    for example in all.indices {
      let among = self.example(example, in: all, of: problem)
      let alone = self.example(0, in: [all[example]], of: problem)
      #expect(among.outputs.count == width)
      expectClose(among.outputs, alone.outputs, within: 1e-6)
      expectClose([among.loss], [alone.loss], within: 1e-6)
      expectClose(among.norms, alone.norms, within: 1e-6)
      expectClose(among.gradient, alone.gradient, within: 1e-6)
    }
  }

  /// All that the engine says of one example of a batch; the gradient by a weight of 1 for it and 0
  /// for the others.
  private func example(
    _ place: Int, in examples: [Int32], of problem: SmallProblem
  ) -> (outputs: [Double], loss: Double, norms: [Double], gradient: [Double]) {
    let network = problem.network
    var workspace = problem.workspace(examples)
    network.differentiate(problem.parameters, in: &workspace)
    network.measureNorms(in: &workspace)
    let norms = workspace.squaredNorms.map { $0[place].squareRoot() }
    for layer in workspace.weights.indices {
      for other in examples.indices { workspace.weights[layer][other] = other == place ? 1 : 0 }
    }
    var gradient = [Float](repeating: 0, count: network.parameterCount)
    network.addWeightedGradients(in: &workspace, to: &gradient)
    let outputs = place * network.outputWidth..<(place + 1) * network.outputWidth
    return (
      workspace.outputs[outputs].map(Double.init), Double(workspace.losses[place]), norms,
      gradient.map(Double.init)
    )
  }

  // MARK: -

  private func total(
    _ gradients: [[Double]], weights: (_ layer: Int, _ example: Int) -> Double,
    _ layers: [Range<Int>]
  ) -> [Double] {
    layers.enumerated().flatMap { layer, range in
      range.map { index in
        gradients.indices.reduce(0) { $0 + weights(layer, $1) * gradients[$1][index] }
      }
    }
  }

  private func norm(_ values: ArraySlice<Double>) -> Double {
    values.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }
}

extension SmallProblem {
  /// Each example's, by the reference.
  func gradients(_ examples: [Int32]) -> [[Double]] {
    zip(inputs(examples), labels(examples)).map {
      reference.gradient(parameters.map(Double.init), input: $0, label: $1)
    }
  }
}

/// Within a part of the largest expected value, or of 1.
func expectClose(
  _ values: [Double], _ expected: [Double], within tolerance: Double = GradientTests.tolerance,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let scale = expected.reduce(1) { max($0, $1.magnitude) }
  let distance = zip(values, expected).reduce(0) {
    // Not-a-number is never close.
    let error = ($1.0 - $1.1).magnitude
    return error.isNaN ? .infinity : max($0, error)
  }
  #expect(values.count == expected.count, sourceLocation: sourceLocation)
  #expect(distance <= tolerance * scale, sourceLocation: sourceLocation)
}
