internal import LinearAlgebra

/// The buffers of one thread: a batch, its activations and the gradients with respect to them.
public struct DenseWorkspace: Sendable {
  /// Shape `[example, feature]`; the first `batchCount` rows are in use.
  public private(set) var inputs: [Float]
  /// One class an example.
  public private(set) var labels: [UInt8]
  /// Per layer, shape `[example, output]`.
  var activations: [[Float]]
  /// Per layer, the loss's gradient with respect to the layer's output before its rectifier.
  var gradients: [[Float]]
  public private(set) var batchCount = 0

  /// The largest batch.
  public let capacity: Int

  private let featureCount: Int

  public init(for network: DenseNetwork, capacity: Int) {
    precondition(capacity > 0, "a batch has at least one example")
    self.capacity = capacity
    featureCount = network.featureCount
    inputs = [Float](repeating: 0, count: capacity * network.featureCount)
    labels = []
    labels.reserveCapacity(capacity)
    activations = network.layers.map { [Float](repeating: 0, count: capacity * $0.outputWidth) }
    gradients = activations
  }

  /// Loads a batch: rows of bytes scaled to [0, 1] and their labels.
  ///
  /// - Parameters:
  ///   - indices: one to ``capacity`` examples.
  ///   - pixels: `[example, feature]`, row-major.
  ///   - source: one class an example.
  public mutating func load(
    _ indices: ArraySlice<Int32>, pixels: [UInt8], labels source: [UInt8]
  ) {
    precondition((1...capacity).contains(indices.count), "a batch has one to \(capacity) examples")
    precondition(pixels.count == source.count * featureCount, "one image for each label")
    gather(indices, from: pixels, rowLength: featureCount, scale: 1 / 255, into: &inputs)
    labels.removeAll(keepingCapacity: true)
    for index in indices { labels.append(source[Int(index)]) }
    batchCount = indices.count
  }

  /// The logits of the batch, shape `[example, class]`, after ``DenseNetwork/forward(_:in:)``.
  public var logits: [Float] { activations[activations.count - 1] }

  func layerInput(_ index: Int, _ layer: DenseLayer) -> MatrixOperand {
    MatrixOperand(
      index == 0 ? inputs : activations[index - 1],
      MatrixView(rows: batchCount, columns: layer.inputWidth))
  }

  /// Writes the gradient of the summed cross-entropy with respect to the logits and returns the sum.
  mutating func takeSoftmaxGradient(classCount: Int) -> Double {
    let last = activations.count - 1
    var loss = 0.0
    for row in 0..<batchCount {
      loss += softmaxCrossEntropy(
        logits: activations[last], row: row, classCount: classCount, label: Int(labels[row]),
        gradient: &gradients[last])
    }
    return loss
  }
}
