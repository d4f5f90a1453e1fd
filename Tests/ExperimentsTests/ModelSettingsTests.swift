import Foundation
import LinearAlgebra
import Models
import Results
import Testing
import _TestSupport

@testable import Experiments

@Suite struct ModelSettingsTests {
  private func source(_ model: String) -> String {
    TinyExperiment.plain(["kind: logistic-regression": model])
  }

  private func architecture(_ model: String) throws -> Architecture {
    try #require(try TinyExperiment.experiment(source(model)).points.first).settings.model
      .architecture
  }

  @Test func namedModelsAreRead() throws {
    #expect(try architecture("kind: linear-regression") == .linearRegression)
    #expect(
      try architecture("kind: linear-classifier\n  loss: hinge") == Architecture(loss: .hinge))
    #expect(
      try architecture("kind: linear-classifier\n  loss: logistic")
        == Architecture(loss: .logistic))
    #expect(try architecture("kind: tempered-convolution") == .temperedConvolution())
    #expect(
      try architecture("kind: tempered-convolution\n  activation: relu")
        == .temperedConvolution(activation: .relu))
    #expect(
      try architecture("kind: multilayer-perceptron\n  hidden_widths: [8, 4]\n  activation: tanh")
        == .multilayerPerceptron(hiddenWidths: [8, 4], activation: .tanh))
    let sigmoid = "{tempered_sigmoid: {scale: 1.5, temperature: 2, offset: -0.5}}"
    #expect(
      try architecture(
        "kind: multilayer-perceptron\n  hidden_widths: [8]\n  activation: \(sigmoid)")
        == .multilayerPerceptron(
          hiddenWidths: [8],
          activation: .temperedSigmoid(
            TemperedSigmoid(scale: 1.5, temperature: 2, offset: -0.5))))
  }

  /// The network of 26,010 parameters (Papernot et al. 2021), layer by layer.
  @Test func layersAreRead() throws {
    let model = """
      kind: layers
        layers:
          - {convolution: {filters: 16, kernel_size: 8, stride: 2, padding: 2}}
          - tanh
          - {max_pool: {size: 2, stride: 1}}
          - {convolution: {filters: 32, kernel_size: 4, stride: 2, padding: 0}}
          - tanh
          - {max_pool: {size: 2, stride: 1}}
          - flatten
          - {dense: 32}
          - tanh
      """
    #expect(try architecture(model) == .temperedConvolution())
    let plan = try TinyExperiment.plan(source(model)).trials[0].plan
    #expect(plan.network.parameterCount == 26_010)
  }

  @Test func everyKindOfLayerReadsBack() throws {
    let model = """
      kind: layers
        layers:
          - {convolution: {filters: 8, kernel_size: 3, stride: 1, padding: 1}}
          - {group_norm: {groups: 4}}
          - relu
          - {average_pool: {size: 2, stride: 2}}
          - {tempered_sigmoid: {scale: 2, temperature: 2.5, offset: 1}}
          - {max_pool: {size: 3, stride: 2}}
          - flatten
          - {dense: 12}
          - tanh
      """
    let settings = try #require(try TinyExperiment.experiment(source(model)).points.first).settings
    let json = String(decoding: try CanonicalJSON.line(settings.model), as: UTF8.self)
    let text = TinyExperiment.plain(["model:\n  kind: logistic-regression": "model: \(json)"])
    let again = try #require(try TinyExperiment.experiment(text).points.first).settings
    #expect(again.model == settings.model)
    guard case .layers(let kinds) = settings.model.form else {
      Issue.record("these are layers")
      return
    }
    #expect(kinds.count == 9)
  }

  @Test(arguments: [
    (
      "kind: linear-regression\n  activation: relu",
      "tiny.yaml:13: model.activation: linear regression has one layer and its own loss; remove "
        + "this key"
    ),
    (
      "kind: logistic-regression\n  loss: hinge",
      "tiny.yaml:13: model.loss: logistic regression has one layer and its own loss; remove this "
        + "key"
    ),
    (
      "kind: linear-classifier\n  loss: hinge\n  activation: relu",
      "tiny.yaml:14: model.activation: a linear classifier has one layer and a loss; remove this "
        + "key"
    ),
    ("kind: linear-classifier", "tiny.yaml:12: model.loss: is missing"),
    (
      "kind: linear-classifier\n  loss: logistics",
      "tiny.yaml:13: model.loss: \"logistics\" is not a choice; did you mean \"logistic\"? Choices: "
        + "hinge, logistic."
    ),
    (
      "kind: tempered-convolution\n  hidden_widths: [8]",
      "tiny.yaml:13: model.hidden_widths: the layers of this model are fixed, but for its "
        + "activation; remove this key"
    ),
    (
      "kind: multilayer-perceptron\n  hidden_widths: [8]\n  activation: rely",
      "tiny.yaml:14: model.activation: \"rely\" is not a choice; did you mean \"relu\"? Choices: "
        + "relu, tanh, {tempered_sigmoid: {scale: 2, temperature: 2, offset: 1}}."
    ),
    (
      "kind: multilayer-perceptron\n  hidden_widths: [60000]",
      "tiny.yaml:13: model.hidden_widths: layer 1 (dense): the network grows beyond 4194304 "
        + "parameters, or beyond 4194304 values computed from one example in one layer"
    ),
    (
      "kind: layers\n  layers:\n    - relu",
      "tiny.yaml:14: model.layers: layer 1: an activation follows a layer, and neither flatten nor "
        + "another activation"
    ),
    (
      "kind: layers\n  layers:\n    - {dense: 8}\n    - relu\n    - tanh",
      "tiny.yaml:16: model.layers: layer 3: an activation follows a layer, and neither flatten nor "
        + "another activation"
    ),
    (
      "kind: layers\n  layers:\n    - flatten\n    - tanh",
      "tiny.yaml:15: model.layers: layer 2: an activation follows a layer, and neither flatten nor "
        + "another activation"
    ),
    (
      "kind: layers\n  layers: [{convolution: {filters: 4, kernel_size: 31, stride: 1, padding: 1}}]",
      "tiny.yaml:13: model.layers: layer 1 (convolution): a window of 31 x 31 exceeds its image of "
        + "30 x 30, padding included"
    ),
    (
      "kind: layers\n  layers: [{dense: 4}, {max_pool: {size: 2, stride: 1}}]",
      "tiny.yaml:13: model.layers: layer 2 (max_pool): a window of 2 x 2 exceeds its image of "
        + "1 x 1, padding included"
    ),
    (
      "kind: layers\n  layers: [{average_pool: {size: 17, stride: 1}}]",
      "tiny.yaml:13: model.layers: layer 1 (average_pool): size is 17; it must be at most 16"
    ),
    (
      "kind: layers\n  layers: [{dense: 10}, {group_norm: {groups: 4}}]",
      "tiny.yaml:13: model.layers: layer 2 (group_norm): 10 channels do not fall into 4 equal groups"
    ),
    (
      "kind: layers\n  layers: [{dense: 0}]",
      "tiny.yaml:13: model.layers.1.dense: must be from 1 to 65536, found 0"
    ),
    (
      "kind: layers\n  layers: [{convolution: {filters: 4, kernel: 3, stride: 1, padding: 1}}]",
      "tiny.yaml:13: model.layers.1.convolution.kernel: unknown key. Known here: filters, "
        + "kernel_size, stride, padding."
    ),
    (
      "kind: layers\n  layers:\n    - {dense: 8}\n    - batch_norm",
      "tiny.yaml:15: model.layers: batch normalization mixes the examples of a batch, so that no "
        + "example's gradient has a bound of its own; use {group_norm: {groups: 4}}"
    ),
    (
      "kind: layers\n  layers: [{dens: 8}]",
      "tiny.yaml:13: model.layers: \"dens\" is not a choice; did you mean \"{dense: 32}\"? Choices: "
        + "{dense: 32}, {convolution: {filters: 16, kernel_size: 8, stride: 2, padding: 2}}, "
        + "{max_pool: {size: 2, stride: 1}}, {average_pool: {size: 2, stride: 1}}, "
        + "{group_norm: {groups: 4}}, flatten, relu, tanh, "
        + "{tempered_sigmoid: {scale: 2, temperature: 2, offset: 1}}."
    ),
  ])
  func mistakesAreNamed(model: String, message: String) {
    #expect {
      try TinyExperiment.experiment(source(model))
    } throws: { "\($0)" == message }
  }

  @Test func everyModelTrains() async throws {
    let models = [
      "kind: linear-regression", "kind: tempered-convolution",
      "kind: layers\n  layers: [{dense: 8}, {group_norm: {groups: 2}}, relu]",
    ]
    for model in models {
      let folder = try await Sweep.run(source(model))
      let rows = try RunFiles(directory: folder.path).trialRows()
      #expect(rows.count == 2 && rows.allSatisfy { $0.loss?.isFinite == true })
    }
  }
}
