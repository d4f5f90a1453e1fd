import Testing

@testable import Models

@Suite struct ArchitectureValidationTests {
  private let image = Shape(height: 8, width: 6, channels: 3)

  private func error(_ layers: [LayerKind], loss: Loss = .crossEntropy) -> ArchitectureError? {
    do throws(ArchitectureError) {
      try Architecture(hiddenLayers: layers, loss: loss).validate(input: image, classCount: 10)
      return nil
    } catch {
      return error
    }
  }

  /// What is let through can be built.
  @Test(
    arguments: [
      [], [.dense(outputWidth: 4), .activation(.relu), .dense(outputWidth: 3), .activation(.tanh)],
      [.convolution(filters: 4, kernelSize: 6, stride: 1, padding: 0), .groupNorm(groups: 2)],
      [.convolution(filters: 4, kernelSize: 10, stride: 7, padding: 2), .activation(.relu)],
      [.maxPool(size: 6, stride: 9), .activation(.tanh), .flatten, .dense(outputWidth: 2)],
      [.averagePool(size: 2, stride: 1), .groupNorm(groups: 3), .activation(.relu)],
      [.flatten, .dense(outputWidth: 4), .groupNorm(groups: 4)],
    ] as [[LayerKind]])
  func whatFitsIsBuilt(layers: [LayerKind]) {
    #expect(error(layers) == nil)
    let network = Network(
      Architecture(hiddenLayers: layers), input: image, classCount: 10)
    #expect(network.parameterCount <= Architecture.largestSize)
    #expect(network.outputWidth == 10)
  }

  @Test(
    arguments: [
      (
        [.convolution(filters: 4, kernelSize: 7, stride: 1, padding: 0)],
        .windowExceedsImage(layer: 1, kind: "convolution", size: 7, height: 8, width: 6)
      ),
      (
        [.maxPool(size: 3, stride: 2), .averagePool(size: 3, stride: 1)],
        .windowExceedsImage(layer: 2, kind: "average_pool", size: 3, height: 3, width: 2)
      ),
      ([.groupNorm(groups: 2)], .unequalGroups(layer: 1, groups: 2, channels: 3)),
      ([.activation(.relu)], .misplacedActivation(layer: 1)),
      (
        [.dense(outputWidth: 2), .activation(.relu), .activation(.tanh)],
        .misplacedActivation(layer: 3)
      ),
      ([.dense(outputWidth: 2), .flatten, .activation(.relu)], .misplacedActivation(layer: 3)),
      (
        [.dense(outputWidth: 0)],
        .tooSmall(layer: 1, kind: "dense", name: "output width", value: 0, least: 1)
      ),
      (
        [.convolution(filters: 1, kernelSize: 1, stride: 0, padding: 0)],
        .tooSmall(layer: 1, kind: "convolution", name: "stride", value: 0, least: 1)
      ),
      (
        [.convolution(filters: 1, kernelSize: 1, stride: 1, padding: -1)],
        .tooSmall(layer: 1, kind: "convolution", name: "padding", value: -1, least: 0)
      ),
      (
        [.groupNorm(groups: 0)],
        .tooSmall(layer: 1, kind: "group_norm", name: "groups", value: 0, least: 1)
      ),
    ] as [([LayerKind], ArchitectureError)])
  func whatDoesNotFitIsNamed(layers: [LayerKind], expected: ArchitectureError) {
    #expect(error(layers) == expected)
    #expect(expected.description.hasPrefix("layer \(expected.layer)"))
  }

  /// Sizes that no machine holds are refused before anything is made of them.
  @Test(
    arguments: [
      [.dense(outputWidth: .max / 1000)],
      [.dense(outputWidth: 1 << 15), .dense(outputWidth: 1 << 15)],
      [.convolution(filters: 1 << 40, kernelSize: 1, stride: 1, padding: 0)],
      [.convolution(filters: 1, kernelSize: 1, stride: 1, padding: 1 << 20)],
      [.convolution(filters: 1, kernelSize: 1, stride: 1, padding: .max / 4)],
      [.convolution(filters: 2, kernelSize: 3000, stride: 1, padding: 1500)],
    ] as [[LayerKind]])
  func whatIsTooLargeIsRefused(layers: [LayerKind]) {
    guard case .tooLarge(_, _, Architecture.largestSize)? = error(layers) else {
      Issue.record("\(layers) was let through")
      return
    }
  }

  /// 144 inputs and a bias to each output: the last layer counts as well.
  @Test func theOutputLayerCounts() {
    let width = Architecture.largestSize / 145
    #expect(error([.dense(outputWidth: width - 5000)]) == nil)
    #expect(
      error([.dense(outputWidth: width)])
        == .tooLarge(layer: 2, kind: "dense", most: Architecture.largestSize))
  }
}
