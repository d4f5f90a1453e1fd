import LinearAlgebra
import Randomness
import Testing

@testable import Models

@Suite struct WorkspaceTests {
  @Test func aBatchIsRowsScaledToOneAndTheirLabels() throws {
    let network = Network(.logisticRegression, input: Shape(features: 2), classCount: 3)
    var workspace = Workspace(for: network, capacity: 4)
    workspace.load([2, 0, 2], features: .bytes([0, 51, 102, 153, 204, 255]), labels: [0, 1, 2])
    #expect(workspace.batchCount == 3)
    #expect(workspace.labels == [2, 0, 2])
    let expected: [Float] = [0.8, 1, 0, 0.2, 0.8, 1]
    let input = workspace.input(ofStage: 0)
    for (value, expected) in zip(input.values[input.offset...], expected) {
      #expect((value - expected).magnitude < 1e-7)
    }
    let norms = try #require(input.squaredNorms)
    for (norm, expected) in zip(norms, [1.64, 0.04, 1.64]) {
      #expect((norm - expected).magnitude < 1e-12)
    }
  }

  @Test func floatsAreTakenAsTheyAre() throws {
    let network = Network(.logisticRegression, input: Shape(features: 2), classCount: 3)
    var workspace = Workspace(for: network, capacity: 4)
    workspace.load([2, 0], features: .floats([0.5, -2, 7, 8, 3, 4]), labels: [0, 1, 2])
    #expect(workspace.labels == [2, 0])
    let input = workspace.input(ofStage: 0)
    #expect(Array(input.values[input.offset..<input.offset + 4]) == [3, 4, 0.5, -2])
    #expect(try #require(input.squaredNorms).prefix(2) == [25, 4.25])
  }

  /// What an earlier, larger batch left in the buffers changes no bit of a later step.
  @Test(arguments: smallCases) func earlierBatchesLeaveNoTrace(model: Case) {
    let problem = SmallProblem(model, seed: 111)
    let batch: [Int32] = [3, 1]
    var fresh = Workspace(for: problem.network, capacity: SmallProblem.capacity)
    fresh.load(batch[...], features: .bytes(problem.pixels), labels: problem.labels)
    var used = problem.workspace(batch)
    var parameters = problem.parameters
    var parametersOfUsed = problem.parameters
    let loss = problem.network.descend(&parameters, learningRate: 0.5, in: &fresh)
    let lossOfUsed = problem.network.descend(&parametersOfUsed, learningRate: 0.5, in: &used)
    #expect(loss == lossOfUsed)
    #expect(parameters.map(\.bitPattern) == parametersOfUsed.map(\.bitPattern))
  }
}
