public import Datasets
public import LinearAlgebra

/// Features of examples of one shape: steps, one after the other.
public struct FeatureExtraction: Hashable, Sendable {
  public let steps: [FeatureStep]
  /// Of an example before each step, and after the last.
  let shapes: [ExampleShape]

  /// Throws where a step does not fit what it is given.
  public init(_ steps: [FeatureStep], of shape: ExampleShape) throws(FeatureError) {
    self.steps = steps
    var shapes = [shape]
    for step in steps { shapes.append(try step.outputShape(of: shapes[shapes.count - 1])) }
    self.shapes = shapes
  }

  /// Of an example before the first step.
  public var inputShape: ExampleShape { shapes[0] }

  /// Of an example after the last one.
  public var outputShape: ExampleShape { shapes[shapes.count - 1] }

  /// The first steps, to the last one that takes long: what is worth keeping.
  var costlySteps: Int { (steps.lastIndex { $0.isCostly } ?? -1) + 1 }

  /// Applies some of the steps to examples of the shape that the first of these takes.
  ///
  /// The outcome does not depend on the number of workers.
  func apply(_ range: Range<Int>, to rows: FeatureRows, workers: Workers) -> FeatureRows {
    var rows = rows
    for index in range {
      rows = steps[index].apply(to: rows, shape: shapes[index], workers: workers)
    }
    return rows
  }

  /// The features of all examples.
  ///
  /// - Precondition: the examples have ``inputShape``.
  public func extract(from examples: LabeledExamples, workers: Workers) -> LabeledExamples {
    examples.with(
      features: apply(steps.indices, to: examples.features, workers: workers),
      featureCount: outputShape.featureCount)
  }
}
