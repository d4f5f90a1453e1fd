import LinearAlgebra
import Testing

@Suite struct PatchesTests {
  static let geometries = [
    PatchGeometry(height: 1, width: 1, channels: 1, kernelHeight: 1, kernelWidth: 1),
    PatchGeometry(
      height: 28, width: 28, channels: 1, kernelHeight: 8, kernelWidth: 8, stride: 2, padding: 3),
    PatchGeometry(height: 6, width: 5, channels: 16, kernelHeight: 3, kernelWidth: 3, padding: 1),
    PatchGeometry(height: 7, width: 4, channels: 3, kernelHeight: 2, kernelWidth: 3, stride: 3),
    PatchGeometry(
      height: 2, width: 3, channels: 5, kernelHeight: 5, kernelWidth: 4, stride: 2, padding: 3),
  ]

  @Test func outputsCountThePlacesOfTheKernel() {
    let outputs = Self.geometries.map { [$0.outputHeight, $0.outputWidth, $0.patchLength] }
    #expect(outputs == [[1, 1, 1], [14, 14, 64], [6, 5, 144], [2, 1, 18], [2, 3, 100]])
  }

  /// The image element under an element of a patch, nil in the padding; indices in the batch.
  static func source(of index: Int, _ geometry: PatchGeometry) -> Int? {
    let channel = index % geometry.channels
    var rest = index / geometry.channels
    func next(_ size: Int) -> Int {
      defer { rest /= size }
      return rest % size
    }
    let kernelColumn = next(geometry.kernelWidth)
    let kernelRow = next(geometry.kernelHeight)
    let column = next(geometry.outputWidth) * geometry.stride + kernelColumn - geometry.padding
    let row = next(geometry.outputHeight) * geometry.stride + kernelRow - geometry.padding
    guard (0..<geometry.height).contains(row), (0..<geometry.width).contains(column) else {
      return nil
    }
    return ((rest * geometry.height + row) * geometry.width + column) * geometry.channels + channel
  }

  @Test(arguments: geometries, [0, 1, 3])
  func patchesHoldWhatIsUnderTheKernel(geometry: PatchGeometry, examples: Int) {
    let images = samples(examples * geometry.imageLength + 1, seed: 1)
    let count = examples * geometry.outputPositions * geometry.patchLength
    var patches = [Float](repeating: .nan, count: count + 1)
    extractPatches(of: images, examples: examples, geometry, into: &patches)
    let expected = (0..<count).map { Self.source(of: $0, geometry).map { images[$0] } ?? 0 }
    #expect(Array(patches.dropLast()) == expected)
    #expect(patches.last!.isNaN)
  }

  @Test(arguments: geometries, [0, 1, 3])
  func gradientsGoBackWhereTheElementsCameFrom(geometry: PatchGeometry, examples: Int) {
    let count = examples * geometry.outputPositions * geometry.patchLength
    let patches = samples(count + 1, seed: 2)
    var images = [Float](repeating: 9, count: examples * geometry.imageLength + 1)
    patchesGradient(patches, examples: examples, geometry, into: &images)
    var expected = [Double](repeating: 0, count: examples * geometry.imageLength) + [9]
    for index in 0..<count {
      if let source = Self.source(of: index, geometry) {
        expected[source] += Double(patches[index])
      }
    }
    for (value, sum) in zip(images, expected) { #expect((Double(value) - sum).magnitude <= 1e-4) }
  }
}
