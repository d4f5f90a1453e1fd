import Foundation
import LinearAlgebra
import Models
import Testing

/// Three steps of stochastic gradient descent against PyTorch's; `Reference/make_reference.py` says
/// how its numbers were made.
@Suite struct ThreeStepsTests {
  struct Reference: Decodable {
    let runs: [Run]
  }

  struct Run: Decodable {
    let name: String
    let widths: [Int]
    let rate: Float
    let pixels: [UInt8]
    let labels: [UInt8]
    let initial: [Float]
    let steps: [Step]
  }

  struct Step: Decodable {
    let batch: [Int32]
    let loss: Double
    let parameters: [Double]
  }

  static let reference: Reference = {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Reference").appending(path: "three_steps.json")
    do {
      return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
    } catch {
      preconditionFailure("\(file.path): \(error)")
    }
  }()

  @Test(arguments: 0..<3) func everyStepIsPyTorchs(index: Int) throws {
    let run = Self.reference.runs[index]
    let widths = run.widths
    let network = Network(
      widths.count == 2
        ? .logisticRegression
        : .multilayerPerceptron(hiddenWidths: Array(widths[1..<widths.count - 1])),
      input: Shape(features: widths[0]), classCount: widths[widths.count - 1])
    try #require(network.parameterCount == run.initial.count)
    var workspace = Workspace(for: network, capacity: 6)
    var parameters = run.initial
    #expect(run.steps.count == 3)
    for step in run.steps {
      workspace.load(step.batch[...], features: .bytes(run.pixels), labels: run.labels)
      let loss = network.descend(&parameters, learningRate: run.rate, in: &workspace)
      #expect((loss - step.loss).magnitude < 2e-6, "\(run.name)")
      let distance = zip(parameters, step.parameters).map { (Double($0) - $1).magnitude }.max()
      #expect(try #require(distance) < 2e-6, "\(run.name)")
    }
  }
}
