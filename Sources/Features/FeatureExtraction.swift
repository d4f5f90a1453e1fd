public import Datasets
public import LinearAlgebra

/// Features of images of one shape: steps, one after the other.
public struct FeatureExtraction: Hashable, Sendable {
  public let steps: [FeatureStep]
  /// Of an example before each step, and after the last.
  private let shapes: [ExampleShape]

  /// Examples that go through the steps at a time, so that memory is little more than the outcome's.
  static let blockSize = 1024

  /// Throws where a step does not fit what it is given.
  public init(_ steps: [FeatureStep], of shape: ExampleShape) throws(FeatureError) {
    self.steps = steps
    var shapes = [shape]
    for step in steps {
      shapes.append(try step.outputShape(of: shapes[shapes.count - 1], image: shape))
    }
    self.shapes = shapes
  }

  /// Of an example before the first step.
  public var inputShape: ExampleShape { shapes[0] }

  /// Of an example after the last one.
  public var outputShape: ExampleShape { shapes[shapes.count - 1] }

  /// The features of a data set, of which those of the last costly step are kept in `cache`.
  ///
  /// - Precondition: the examples have ``inputShape``.
  public func extract(
    from dataset: LabeledDataset, cache: FeatureCache, workers: Workers
  ) throws(FeatureError) -> LabeledDataset {
    let kept = (steps.lastIndex { $0.isCostly } ?? -1) + 1
    var maps: [any FeatureMap] = []
    func features(
      of examples: LabeledExamples, part: String
    ) throws(FeatureError) -> LabeledExamples {
      var rows = examples.features
      if kept > 0 {
        let entry = FeatureCache.Entry(
          fingerprint: dataset.fingerprint, part: part, shape: inputShape,
          steps: Array(steps[..<kept]),
          count: examples.exampleCount * shapes[kept].featureCount)
        if let found = try cache.features(of: entry) {
          rows = .floats(found)
        } else {
          if maps.isEmpty { maps = self.maps(of: 0..<kept, workers: workers) }
          rows = apply(maps, to: rows, width: inputShape.featureCount, workers: workers)
          try cache.keep(rows, as: entry)
        }
      }
      rows = apply(
        self.maps(of: kept..<steps.count, workers: workers), to: rows,
        width: shapes[kept].featureCount, workers: workers)
      return examples.with(features: rows, featureCount: outputShape.featureCount)
    }
    return LabeledDataset(
      training: try features(of: dataset.training, part: "training"),
      test: try features(of: dataset.test, part: "test"), fingerprint: dataset.fingerprint)
  }

  /// The features of some examples, `[example, feature]`.
  public func extract(from rows: FeatureRows, workers: Workers) -> FeatureRows {
    apply(
      maps(of: steps.indices, workers: workers), to: rows, width: inputShape.featureCount,
      workers: workers)
  }

  private func maps(of range: Range<Int>, workers: Workers) -> [any FeatureMap] {
    var maps: [any FeatureMap] = []
    for index in range {
      maps.append(
        steps[index].map(
          of: shapes[index], image: inputShape, preceding: maps, workers: workers))
    }
    return maps
  }

  private func apply(
    _ maps: [any FeatureMap], to rows: FeatureRows, width: Int, workers: Workers
  ) -> FeatureRows {
    guard !maps.isEmpty else { return rows }
    let count = rows.elementCount / width
    var features: [Float] = []
    for start in stride(from: 0, to: count, by: Self.blockSize) {
      let block = Int32(start)..<Int32(min(start + Self.blockSize, count))
      let mapped = maps.apply(
        to: rows.selecting(Array(block), rowLength: width), workers: workers)
      guard case .floats(let floats) = mapped else { preconditionFailure("a step makes floats") }
      if start == 0 { features.reserveCapacity(floats.count / block.count * count) }
      features += floats
    }
    return .floats(features)
  }
}
