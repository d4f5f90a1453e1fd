import Foundation
import LinearAlgebra
import Models
import Testing

/// Layers, losses, gradients and steps against PyTorch's; `Reference/make_layers_reference.py` says
/// how its numbers were made.
@Suite struct LayersReferenceTests {
  struct Reference: Decodable {
    let models: [Model]
  }

  struct Model: Decodable {
    struct Layer: Decodable {
      let kind: String
      let outputs: Int?
      let kernel: Int?
      let stride: Int?
      let padding: Int?
      let size: Int?
      let groups: Int?
      let scale: Float?
      let inverseTemperature: Float?
      let offset: Float?
    }

    struct Clipping: Decodable {
      let clippingNorm: Double
      let norms: [Double]
      let layerNorms: [Double]
      let flatSum: [Double]
      let perLayerSum: [Double]
      let automaticSum: [Double]
    }

    struct Step: Decodable {
      let lossBefore: Double
      let lossAfter: Double
      let parameters: [Double]
    }

    let name: String
    let inputShape: [Int]
    let layers: [Layer]
    let loss: String
    let rate: Float
    let pixels: [UInt8]
    let labels: [UInt8]
    let initial: [Float]
    let outputs: [Double]
    let meanLoss: Double
    let clipping: Clipping
    let steps: [Step]
  }

  static let models: [Model] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Reference").appending(path: "layers.json")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    do {
      return try decoder.decode(Reference.self, from: Data(contentsOf: file)).models
    } catch {
      preconditionFailure("\(file.path): \(error)")
    }
  }()

  @Test(arguments: 0..<6) func outputsAndLossesArePyTorchs(index: Int) throws {
    let model = Self.models[index]
    #expect(Self.models.count == 6)
    let network = try model.network
    var workspace = try model.workspace
    network.differentiate(model.initial, in: &workspace)
    expectClose(workspace.outputs.map(Double.init), model.outputs, within: 2e-6)
    let mean = workspace.losses.reduce(0) { $0 + Double($1) } / Double(model.labels.count)
    expectClose([mean], [model.meanLoss], within: 2e-6)
    let evaluation = network.evaluate(
      model.initial, features: .bytes(model.pixels), labels: model.labels, in: &workspace)
    expectClose([evaluation.loss], [model.meanLoss], within: 2e-6)
  }

  @Test(arguments: 0..<6) func normsArePyTorchs(index: Int) throws {
    let model = Self.models[index]
    let network = try model.network
    var workspace = try model.workspace
    network.differentiate(model.initial, in: &workspace)
    network.measureNorms(in: &workspace)
    let examples = model.labels.indices
    let squares = workspace.squaredNorms
    expectClose(
      examples.flatMap { example in squares.map { $0[example].squareRoot() } },
      model.clipping.layerNorms, within: 5e-6)
    expectClose(
      examples.map { example in squares.reduce(0) { $0 + $1[example] }.squareRoot() },
      model.clipping.norms, within: 5e-6)
  }

  /// With weights from PyTorch's own norms, the weighted sums are its clipped sums.
  @Test(arguments: 0..<6) func clippedSumsArePyTorchs(index: Int) throws {
    let model = Self.models[index]
    let layerCount = try model.network.layerRanges.count
    let clipping = model.clipping
    let bound = clipping.clippingNorm
    let layerBound = bound / Double(layerCount).squareRoot()
    #expect(clipping.norms.contains { $0 > bound } && clipping.norms.contains { $0 < bound })
    let rules: [(expected: [Double], weight: (_ layer: Int, _ example: Int) -> Double)] = [
      (clipping.flatSum, { min(1, bound / clipping.norms[$1]) }),
      (
        clipping.perLayerSum,
        { min(1, layerBound / clipping.layerNorms[$1 * layerCount + $0]) }
      ),
      (clipping.automaticSum, { bound / (clipping.norms[$1] + 0.01) }),
    ]
    for (expected, weight) in rules {
      let network = try model.network
      var workspace = try model.workspace
      network.differentiate(model.initial, in: &workspace)
      network.measureNorms(in: &workspace)
      for layer in 0..<layerCount {
        for example in model.labels.indices {
          workspace.weights[layer][example] = Float(weight(layer, example))
        }
      }
      var sum = [Float](repeating: 0, count: network.parameterCount)
      network.addWeightedGradients(in: &workspace, to: &sum)
      expectClose(sum.map(Double.init), expected, within: 5e-6)
    }
  }

  @Test(arguments: 0..<6) func everyStepIsPyTorchs(index: Int) throws {
    let model = Self.models[index]
    let network = try model.network
    var workspace = try model.workspace
    var parameters = model.initial
    #expect(model.steps.count == 3)
    for step in model.steps {
      let loss = network.descend(&parameters, learningRate: model.rate, in: &workspace)
      expectClose([loss], [step.lossBefore], within: 5e-6)
      expectClose(parameters.map(Double.init), step.parameters, within: 5e-6)
      network.differentiate(parameters, in: &workspace)
      let after = workspace.losses.reduce(0) { $0 + Double($1) } / Double(model.labels.count)
      expectClose([after], [step.lossAfter], within: 5e-6)
    }
  }
}

extension LayersReferenceTests.Model {
  var network: Network {
    get throws {
      // The engine adds the last dense layer itself.
      let hidden = try layers.dropLast().map { try kind($0) }
      let losses: [String: Loss] = [
        "half_squared_error": .squared, "logistic": .logistic, "cross_entropy": .crossEntropy,
      ]
      let loss = try #require(losses[loss])
      let outputs = try #require(layers.last?.outputs)
      let network = Network(
        Architecture(hiddenLayers: hidden, loss: loss),
        input: inputShape.count == 1
          ? Shape(features: inputShape[0])
          : Shape(height: inputShape[0], width: inputShape[1], channels: inputShape[2]),
        classCount: loss == .logistic ? 2 : outputs)
      try #require(network.parameterCount == initial.count)
      return network
    }
  }

  /// Holds all examples.
  var workspace: Workspace {
    get throws {
      var workspace = Workspace(for: try network, capacity: labels.count)
      let all = labels.indices.map { Int32($0) }
      workspace.load(all[...], features: .bytes(pixels), labels: labels)
      return workspace
    }
  }

  private func kind(_ layer: Layer) throws -> LayerKind {
    switch layer.kind {
    case "dense": .dense(outputWidth: try #require(layer.outputs))
    case "convolution":
      .convolution(
        filters: try #require(layer.outputs), kernelSize: try #require(layer.kernel),
        stride: try #require(layer.stride), padding: try #require(layer.padding))
    case "max_pool":
      .maxPool(size: try #require(layer.size), stride: try #require(layer.stride))
    case "average_pool":
      .averagePool(size: try #require(layer.size), stride: try #require(layer.stride))
    case "group_norm": .groupNorm(groups: try #require(layer.groups))
    case "flatten": .flatten
    case "relu": .activation(.relu)
    case "tanh": .activation(.tanh)
    case "tempered_sigmoid":
      .activation(
        .temperedSigmoid(
          TemperedSigmoid(
            scale: try #require(layer.scale), temperature: try #require(layer.inverseTemperature),
            offset: try #require(layer.offset))))
    default:
      throw UnknownLayer(kind: layer.kind)
    }
  }

  struct UnknownLayer: Error { let kind: String }
}
