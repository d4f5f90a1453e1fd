internal import LinearAlgebra
internal import Randomness

/// A step of a network from one shape to another, with its gradients.
///
/// Buffers are row-major with one row an example: `[example, element]`.
protocol Layer: Sendable {
  var inputShape: Shape { get }
  var outputShape: Shape { get }
  /// Consecutive in the parameter buffer; empty where nothing is learned.
  var parameters: [ParameterView] { get }

  /// Buffers for up to `capacity` examples.
  func makeState(capacity: Int) -> LayerState

  /// The weight matrix of which products with many rows want copies; nil where none does.
  var copiedWeight: MatrixView? { get }

  /// Fills `state.output`.
  ///
  /// - Parameter copies: of ``copiedWeight``, where somebody has made them.
  func forward(
    _ input: LayerInput, rows: Int, parameters: [Float], copies: WeightCopies?,
    state: inout LayerState)

  /// Does what the gradients below have in common, from `state.gradient`. Called first.
  func prepareGradients(
    _ input: LayerInput, rows: Int, parameters: [Float], state: inout LayerState)

  /// Writes the gradient with respect to the input.
  func backward(
    _ input: LayerInput, rows: Int, parameters: [Float], copies: WeightCopies?,
    state: inout LayerState, into inputGradient: inout [Float])

  /// Writes the squared Euclidean norm of each example's gradient with respect to the layer's
  /// parameters.
  func squaredNorms(
    _ input: LayerInput, rows: Int, state: inout LayerState, into norms: inout [Double])

  /// Adds the gradients of the batch to `sum`, whose layout is that of the parameters, each example's
  /// times its weight.
  ///
  /// It uses up `state.gradient`, and asks for ``squaredNorms`` first.
  func addWeightedGradients(
    _ input: LayerInput, weights: [Float], rows: Int, state: inout LayerState, to sum: inout [Float]
  )

  /// Adds `scale` times the summed gradient of the batch to `sum`.
  func addGradient(
    _ input: LayerInput, rows: Int, scale: Float, state: inout LayerState, to sum: inout [Float])
}

/// What a layer works on.
struct LayerInput {
  /// Shape `[example, element]`, from `offset` on.
  let values: [Float]
  let offset: Int
  /// Of each example's elements, where they are known.
  let squaredNorms: [Double]?
}

/// What a layer keeps of the batch at hand. A layer sizes what it uses and leaves the rest empty.
struct LayerState: Sendable {
  /// `[example, element]`, after the activation where one follows.
  var output: [Float]
  /// The loss's gradient with respect to the layer's own output, before an activation.
  var gradient: [Float]
  /// A convolution's input, unfolded: `[example, position, patch]`.
  var patches: [Float] = []
  /// The gradient with respect to the unfolded input, or to the input of a normalization.
  var innerGradient: [Float] = []
  /// Where in its window each maximum stood.
  var places: [UInt8] = []
  /// Means and inverse deviations of the groups.
  var statistics = GroupNormalization.Statistics(examples: 0, groups: 0)
  /// Each example's gradient with respect to the parameters, where it is written out.
  var exampleGradients: [Float] = []
  /// The same for the second of two arrays of parameters.
  var secondExampleGradients: [Float] = []
  /// Examples whose gradients are written out where those of most are not.
  var writtenRows: [Int] = []
  /// Their gradients, in that order.
  var writtenGradients: [Float] = []
  /// The squared norm of each example's input.
  var inputSquaredNorms: [Double] = []
  /// The squared norm of each example's gradient with respect to the second of two arrays.
  var secondSquaredNorms: [Double] = []
  /// The layer's own copies of its weight, where the caller has none.
  var copies = WeightCopies(count: 0)

  init(outputCount: Int, capacity: Int) {
    output = [Float](repeating: 0, count: capacity * outputCount)
    gradient = output
  }

  var elementCount: Int {
    output.count + gradient.count + patches.count + innerGradient.count + exampleGradients.count
  }

  /// Makes room on first use: training without per-example norms needs none.
  mutating func reserveExampleGradients(rows: Int, count: Int) {
    if exampleGradients.count < rows * count {
      exampleGradients = [Float](repeating: 0, count: rows * count)
    }
  }
}

extension Layer {
  var copiedWeight: MatrixView? { nil }

  func prepareGradients(
    _ input: LayerInput, rows: Int, parameters: [Float], state: inout LayerState
  ) {}
}

/// A layer without parameters has no gradients of its own.
extension Layer where Self: ParameterFree {
  var parameters: [ParameterView] { [] }

  func squaredNorms(
    _ input: LayerInput, rows: Int, state: inout LayerState, into norms: inout [Double]
  ) {}

  func addWeightedGradients(
    _ input: LayerInput, weights: [Float], rows: Int, state: inout LayerState, to sum: inout [Float]
  ) {}

  func addGradient(
    _ input: LayerInput, rows: Int, scale: Float, state: inout LayerState, to sum: inout [Float]
  ) {}
}

protocol ParameterFree {}
