public import LinearAlgebra

/// The buffers of one thread: a batch, what each layer makes of it and the gradients.
public struct Workspace: Sendable {
  /// Shape `[example, feature]`; the first `batchCount` rows are in use.
  private var inputs: AlignedFloats
  /// One class an example.
  public private(set) var labels: [UInt8]
  public private(set) var batchCount = 0

  /// The largest batch.
  public let capacity: Int

  /// For each layer with parameters, each example's squared gradient norm, after
  /// ``Network/measureNorms(in:)``.
  public internal(set) var squaredNorms: [[Double]]
  /// For each layer with parameters, the factor of each example's gradient in the weighted sum.
  public var weights: [[Float]]

  /// Each example's loss, after ``Network/differentiate(_:in:)``.
  public internal(set) var losses: [Float]

  /// The squared norm of each input.
  private var inputSquaredNorms: [Double]
  private var squares: [UInt64]
  var states: [LayerState]
  private let featureCount: Int

  public init(for network: Network, capacity: Int) {
    precondition(capacity > 0, "a batch has at least one example")
    self.capacity = capacity
    featureCount = network.featureCount
    // Only products gain by it, and the other layers read from the start.
    inputs = AlignedFloats(
      count: capacity * network.featureCount, isAligned: network.stages[0].layer is DenseLayer)
    labels = []
    labels.reserveCapacity(capacity)
    inputSquaredNorms = [Double](repeating: 0, count: capacity)
    squares = [UInt64](repeating: 0, count: capacity)
    states = network.stages.map { $0.layer.makeState(capacity: capacity) }
    losses = [Float](repeating: 0, count: capacity)
    squaredNorms = network.layerRanges.map { _ in [Double](repeating: 0, count: capacity) }
    weights = network.layerRanges.map { _ in [Float](repeating: 0, count: capacity) }
  }

  /// Loads a batch: rows of features, bytes scaled to [0, 1], and their labels.
  ///
  /// - Parameters:
  ///   - indices: one to ``capacity`` examples.
  ///   - features: `[example, feature]`.
  ///   - source: one class an example.
  public mutating func load(
    _ indices: ArraySlice<Int32>, features: FeatureRows, labels source: [UInt8]
  ) {
    precondition((1...capacity).contains(indices.count), "a batch has one to \(capacity) examples")
    precondition(
      features.elementCount == source.count * featureCount, "one row of features for each label")
    switch features {
    case .bytes(let bytes):
      gather(
        indices, from: bytes, rowLength: featureCount, scale: 1 / 255, into: &inputs,
        squares: &squares)
      for row in 0..<indices.count { inputSquaredNorms[row] = Double(squares[row]) / (255 * 255) }
    case .floats(let floats):
      gather(indices, from: floats, rowLength: featureCount, into: &inputs)
      rowSumsOfSquares(
        of: inputs.values,
        MatrixView(offset: inputs.offset, rows: indices.count, columns: featureCount),
        into: &inputSquaredNorms)
    }
    labels.removeAll(keepingCapacity: true)
    for index in indices { labels.append(source[Int(index)]) }
    batchCount = indices.count
  }

  /// The outputs of the batch, shape `[example, output]`, after ``Network/forward(_:in:)``.
  public var outputs: [Float] { states[states.count - 1].output }

  /// Turns the weighted sum of gradients into one of descents.
  public mutating func negateWeights() {
    for layer in weights.indices {
      for example in 0..<batchCount { weights[layer][example].negate() }
    }
  }

  func input(ofStage index: Int) -> LayerInput {
    if index > 0 {
      return LayerInput(values: states[index - 1].output, offset: 0, squaredNorms: nil)
    }
    return LayerInput(
      values: inputs.values, offset: inputs.offset, squaredNorms: inputSquaredNorms)
  }
}
