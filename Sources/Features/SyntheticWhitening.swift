internal import Datasets
internal import Foundation
internal import LinearAlgebra

/// Projects features on the directions in which those of synthetic images vary most, and evens out how
/// much they vary there.
///
/// With `m` and `v_i` the mean of the synthetic images' features and the variances along their
/// principal axes, largest first, feature `i` becomes `(v_i / v_1)^(-exponent / 2)` times the component
/// of `x - m` along axis `i`. Fewer and evener directions need less noise, and as the images hold
/// no data of anybody, this costs no privacy.
public struct SyntheticWhitening: Hashable, Sendable {
  /// How many synthetic images.
  public let images: Int
  /// How many axes are kept; below `images`, and at most the number of features.
  public let dimensions: Int
  /// From 0, which only projects, to 1, which makes all variances of synthetic features equal.
  public let exponent: Double

  public init(images: Int, dimensions: Int, exponent: Double) {
    precondition(images > 1 && dimensions > 0, "an axis is fitted to two images or more")
    precondition((0...1).contains(exponent), "an exponent is in [0, 1]")
    self.images = images
    self.dimensions = dimensions
    self.exponent = exponent
  }
}

struct WhiteningMap: FeatureMap {
  private let mean: [Float]
  /// `[dimension, feature]`
  private let axes: [Float]
  private let dimensions: Int

  init(
    _ whitening: SyntheticWhitening, image: ExampleShape, featureCount: Int,
    preceding: [any FeatureMap], workers: Workers
  ) {
    dimensions = whitening.dimensions
    let synthetic = SyntheticImages(height: image.height, width: image.width)
    var features = [Float]()
    features.reserveCapacity(whitening.images * featureCount)
    for start in stride(from: 0, to: whitening.images, by: FeatureExtraction.blockSize) {
      let numbers = start..<min(start + FeatureExtraction.blockSize, whitening.images)
      let rows = preceding.apply(to: .bytes(synthetic.images(numbers)), workers: workers)
      guard case .floats(let block) = rows else { preconditionFailure("a step makes floats") }
      features += block
    }
    mean = columnMeans(of: features, width: featureCount)
    let covariance = covariance(of: features, mean: mean, workers: workers)
    let (variances, vectors) = covariance.largestEigenvectors(dimensions)
    var axes = [Float](repeating: 0, count: dimensions * featureCount)
    for axis in 0..<dimensions {
      // Rounding may leave a variance that is 0 a little below.
      let share = max(variances[axis] / variances[0], 1e-12)
      let factor = pow(share, -whitening.exponent / 2)
      for place in axis * featureCount..<(axis + 1) * featureCount {
        axes[place] = Float(factor * vectors[place])
      }
    }
    self.axes = axes
  }

  func apply(to rows: FeatureRows, workers: Workers) -> FeatureRows {
    let width = mean.count
    return makeRows(rows.elementCount / width, of: dimensions, workers: workers) {
      _, examples, output in
      let centered = examples.flatMap { example in
        (0..<width).map { rows.element(example * width + $0) - mean[$0] }
      }
      var projected = [Float](repeating: 0, count: examples.count * dimensions)
      multiply(
        MatrixOperand(centered, MatrixView(rows: examples.count, columns: width)),
        MatrixOperand(axes, MatrixView(rows: dimensions, columns: width)).transposed,
        into: &projected, at: MatrixView(rows: examples.count, columns: dimensions))
      _ = output.update(fromContentsOf: projected)
    }
  }
}

private func columnMeans(of values: [Float], width: Int) -> [Float] {
  var sums = [Double](repeating: 0, count: width)
  let rows = values.count / width
  for row in 0..<rows {
    for column in 0..<width { sums[column] += Double(values[row * width + column]) }
  }
  return sums.map { Float($0 / Double(rows)) }
}

private func covariance(of values: [Float], mean: [Float], workers: Workers) -> SymmetricMatrix {
  let width = mean.count
  let rows = values.count / width
  // By feature, so that a part of the covariance is the product of neighboring rows with all.
  let columns = makeRows(width, of: rows, workers: workers) { _, features, output in
    for (place, feature) in features.enumerated() {
      for row in 0..<rows {
        output[place * rows + row] = values[row * width + feature] - mean[feature]
      }
    }
  }
  guard case .floats(let centered) = columns else { preconditionFailure("rows of floats") }
  let products = makeRows(width, of: width, workers: workers) { _, features, output in
    var part = [Float](repeating: 0, count: features.count * width)
    multiply(
      MatrixOperand(
        centered,
        MatrixView(offset: features.lowerBound * rows, rows: features.count, columns: rows)),
      MatrixOperand(centered, MatrixView(rows: width, columns: rows)).transposed,
      scale: 1 / Float(rows), into: &part,
      at: MatrixView(rows: features.count, columns: width))
    _ = output.update(fromContentsOf: part)
  }
  return SymmetricMatrix(
    order: width,
    elements: (0..<width * width).map { Double(products.element($0)) })
}
