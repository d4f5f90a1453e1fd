internal import Datasets
internal import LinearAlgebra

struct ScatteringMap: FeatureMap {
  private let shape: ExampleShape
  private let pathCount: Int
  private let outputCount: Int
  /// One a worker.
  private let benches: [ScatteringBench]

  init(_ scattering: Scattering, shape: ExampleShape, workers: Workers) {
    let transform = ScatteringTransform(scattering, height: shape.height, width: shape.width)
    self.shape = shape
    pathCount = scattering.pathCount
    outputCount = transform.placeCount * shape.channels * pathCount
    benches = (0..<workers.count).map { _ in ScatteringBench(transform) }
  }

  func apply(to rows: FeatureRows, workers: Workers) -> FeatureRows {
    precondition(workers.count <= benches.count, "the workers that it was made for")
    let channels = shape.channels
    return makeRows(rows.elementCount / shape.featureCount, of: outputCount, workers: workers) {
      worker, examples, output in
      for (place, example) in examples.enumerated() {
        for channel in 0..<channels {
          let start = example * shape.featureCount + channel
          benches[worker].scatter(
            pixel: { rows.element(start + $0 * channels) },
            into: UnsafeMutableBufferPointer(
              rebasing: output[(place * outputCount + channel * pathCount)...]),
            step: channels * pathCount)
        }
      }
    }
  }
}
