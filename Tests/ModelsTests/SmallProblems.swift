import Models
import Randomness

/// A batch of images for a small network, with every buffer larger than the batch.
struct SmallProblem {
  static let capacity = 9
  let network: DenseNetwork
  let pixels: [UInt8]
  let labels: [UInt8]
  /// Standard normal, biases included.
  let parameters: [Float]

  init(_ architecture: Architecture, seed: UInt64, exampleCount: Int = 6) {
    network = DenseNetwork(architecture, featureCount: 11, classCount: 4)
    var stream = RandomStream(StreamKey(seed: seed))
    pixels = (0..<exampleCount * 11).map { _ in UInt8(stream.uniformInteger(below: 256)) }
    labels = (0..<exampleCount).map { _ in UInt8(stream.uniformInteger(below: 4)) }
    parameters = (0..<network.parameterCount).map { _ in
      Float(stream.gaussian(standardDeviation: 0.7))
    }
  }

  /// A workspace that holds the given examples, after another batch has passed through it.
  func workspace(_ examples: [Int32]) -> DenseWorkspace {
    var workspace = DenseWorkspace(for: network, capacity: Self.capacity)
    let earlier = (0..<Self.capacity).map { Int32($0 % labels.count) }
    workspace.load(earlier[...], pixels: pixels, labels: labels)
    var scratch = parameters
    network.descend(&scratch, learningRate: 1, in: &workspace)
    workspace.load(examples[...], pixels: pixels, labels: labels)
    return workspace
  }

  var reference: ReferenceNetwork { ReferenceNetwork(network) }
}

let smallArchitectures: [Architecture] = [
  .logisticRegression,
  .multilayerPerceptron(hiddenWidths: [7]),
  .multilayerPerceptron(hiddenWidths: [8, 5, 6]),
]
