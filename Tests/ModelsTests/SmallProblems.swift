import LinearAlgebra
import Models
import Randomness
import Testing

/// A model for a few small images.
struct Case: CustomTestStringConvertible {
  let name: String
  let architecture: Architecture
  let input: Shape
  var classCount = 4

  var testDescription: String { name }

  var network: Network { Network(architecture, input: input, classCount: classCount) }
}

/// A batch of images for a small network, with every buffer larger than the batch.
struct SmallProblem {
  static let capacity = 9
  let network: Network
  let reference: ReferenceNetwork
  let pixels: [UInt8]
  let labels: [UInt8]
  /// Normal, biases included, and around 1 for the scales of normalization.
  let parameters: [Float]

  init(_ model: Case, seed: UInt64, exampleCount: Int = 6) {
    network = model.network
    reference = ReferenceNetwork(
      model.architecture, input: model.input, classCount: model.classCount)
    var stream = RandomStream(StreamKey(seed: seed))
    pixels = (0..<exampleCount * model.input.count).map { _ in
      UInt8(stream.uniformInteger(below: 256))
    }
    labels = (0..<exampleCount).map { _ in UInt8(stream.uniformInteger(below: model.classCount)) }
    parameters = network.parameters.flatMap { view in
      let deviation =
        view.shape.count == 1 ? 0.5 : (2 / Double(view.range.count / view.shape[0])).squareRoot()
      return view.range.map { _ in
        Float(
          stream.gaussian(standardDeviation: deviation) + (view.name.hasSuffix("scale") ? 1 : 0))
      }
    }
  }

  /// A workspace that holds the given examples, after another batch has passed through it.
  func workspace(_ examples: [Int32]) -> Workspace {
    var workspace = Workspace(for: network, capacity: Self.capacity)
    let earlier = (0..<Self.capacity).map { Int32($0 % labels.count) }
    workspace.load(earlier[...], features: .bytes(pixels), labels: labels)
    var scratch = parameters
    network.descend(&scratch, learningRate: 1, in: &workspace)
    network.differentiate(parameters, in: &workspace)
    network.measureNorms(in: &workspace)
    workspace.load(examples[...], features: .bytes(pixels), labels: labels)
    return workspace
  }

  func inputs(_ examples: [Int32]) -> [[Double]] {
    examples.map { example in
      (0..<network.featureCount).map {
        Double(pixels[Int(example) * network.featureCount + $0]) / 255
      }
    }
  }

  func labels(_ examples: [Int32]) -> [Int] { examples.map { Int(labels[Int($0)]) } }
}

let sigmoid = Activation.temperedSigmoid(
  TemperedSigmoid(scale: 1.5, temperature: 2.5, offset: 0.7))

/// Every layer, activation and loss; odd sizes, padding, overlap and gaps.
let smallCases: [Case] =
  [
    Case(
      name: "softmax regression", architecture: .logisticRegression, input: Shape(features: 11)),
    Case(name: "linear regression", architecture: .linearRegression, input: Shape(features: 11)),
    Case(
      name: "logistic loss", architecture: Architecture(loss: .logistic),
      input: Shape(features: 11), classCount: 2),
    Case(
      name: "perceptron, relu", architecture: .multilayerPerceptron(hiddenWidths: [8, 5, 6]),
      input: Shape(features: 11)),
    Case(
      name: "perceptron, tanh",
      architecture: .multilayerPerceptron(hiddenWidths: [7], activation: .tanh),
      input: Shape(features: 11)),
    Case(
      name: "perceptron, tempered sigmoid, squared loss",
      architecture: Architecture(
        hiddenLayers: [.dense(outputWidth: 7), .activation(sigmoid), .dense(outputWidth: 3)],
        loss: .squared), input: Shape(features: 5)),
    Case(
      name: "perceptron, tanh, logistic loss",
      architecture: Architecture(
        hiddenLayers: [.dense(outputWidth: 6), .activation(.tanh)], loss: .logistic),
      input: Shape(features: 5), classCount: 2),
    Case(
      name: "one-vs-all, logistic loss", architecture: Architecture(loss: .logistic),
      input: Shape(features: 11)),
    Case(
      name: "hinge loss", architecture: Architecture(loss: .hinge), input: Shape(features: 11),
      classCount: 2),
    Case(
      name: "one-vs-all, hinge loss", architecture: Architecture(loss: .hinge),
      input: Shape(features: 11)),
    Case(
      name: "perceptron, tanh, one-vs-all, hinge loss",
      architecture: Architecture(
        hiddenLayers: [.dense(outputWidth: 6), .activation(.tanh)], loss: .hinge),
      input: Shape(features: 5), classCount: 3),
  ] + convolutionalCases

let convolutionalCases: [Case] = [
  Case(
    name: "convolution, relu",
    architecture: Architecture(hiddenLayers: [
      .convolution(filters: 3, kernelSize: 3, stride: 1, padding: 1), .activation(.relu),
      .flatten,
    ]), input: Shape(height: 6, width: 4, channels: 2)),
  Case(
    name: "two convolutions with strides, tanh",
    architecture: Architecture(hiddenLayers: [
      .convolution(filters: 4, kernelSize: 3, stride: 2, padding: 2), .activation(.tanh),
      .convolution(filters: 3, kernelSize: 2, stride: 2, padding: 0), .activation(.tanh),
      .flatten, .dense(outputWidth: 5), .activation(.tanh),
    ]), input: Shape(height: 5, width: 8, channels: 1)),
  Case(
    name: "a kernel as large as the image, squared loss",
    architecture: Architecture(
      hiddenLayers: [
        .convolution(filters: 5, kernelSize: 4, stride: 3, padding: 0), .activation(sigmoid),
        .flatten,
      ], loss: .squared), input: Shape(height: 4, width: 4, channels: 3)),
  Case(
    name: "pointwise convolution, gaps between kernels",
    architecture: Architecture(hiddenLayers: [
      .convolution(filters: 3, kernelSize: 1, stride: 2, padding: 0), .activation(.tanh),
      .convolution(filters: 2, kernelSize: 1, stride: 1, padding: 0), .flatten,
    ]), input: Shape(height: 5, width: 3, channels: 2)),
  Case(
    name: "overlapping maxima",
    architecture: Architecture(hiddenLayers: [
      .convolution(filters: 3, kernelSize: 3, stride: 1, padding: 1), .activation(.tanh),
      .maxPool(size: 2, stride: 1),
      .convolution(filters: 2, kernelSize: 2, stride: 1, padding: 1), .activation(.relu),
      .maxPool(size: 3, stride: 2), .flatten,
    ]), input: Shape(height: 6, width: 5, channels: 1)),
  Case(
    name: "means, some of them overlapping, logistic loss",
    architecture: Architecture(
      hiddenLayers: [
        .convolution(filters: 3, kernelSize: 2, stride: 1, padding: 0), .activation(.tanh),
        .averagePool(size: 3, stride: 1), .averagePool(size: 2, stride: 2), .flatten,
      ], loss: .logistic), input: Shape(height: 7, width: 6, channels: 2), classCount: 2),
  Case(
    name: "one group",
    architecture: Architecture(hiddenLayers: [
      .convolution(filters: 4, kernelSize: 3, stride: 1, padding: 1), .groupNorm(groups: 1),
      .activation(.relu), .averagePool(size: 2, stride: 2), .flatten,
    ]), input: Shape(height: 4, width: 6, channels: 1)),
  Case(
    name: "two groups, and one for each channel",
    architecture: Architecture(hiddenLayers: [
      .convolution(filters: 4, kernelSize: 3, stride: 2, padding: 1), .groupNorm(groups: 2),
      .activation(sigmoid),
      .convolution(filters: 3, kernelSize: 2, stride: 1, padding: 0), .groupNorm(groups: 3),
      .activation(.tanh), .flatten,
    ]), input: Shape(height: 7, width: 6, channels: 2)),
  Case(
    name: "normalized input",
    architecture: Architecture(hiddenLayers: [
      .groupNorm(groups: 1), .convolution(filters: 2, kernelSize: 2, stride: 2, padding: 0),
      .activation(.tanh), .flatten,
    ]), input: Shape(height: 4, width: 4, channels: 2)),
]
