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

  /// Fills `state.output`.
  func forward(_ input: [Float], rows: Int, parameters: [Float], state: inout LayerState)

  /// Does what the gradients below have in common, from `state.gradient`. Called first.
  func prepareGradients(
    _ input: [Float], rows: Int, parameters: [Float], state: inout LayerState)

  /// Writes the gradient with respect to the input.
  func backward(
    _ input: [Float], rows: Int, parameters: [Float], state: inout LayerState,
    into inputGradient: inout [Float])

  /// Writes the squared Euclidean norm of each example's gradient with respect to the layer's
  /// parameters.
  ///
  /// - Parameter inputSquaredNorms: of each example's input.
  func squaredNorms(
    _ input: [Float], inputSquaredNorms: [Double]?, rows: Int, state: inout LayerState,
    into norms: inout [Double])

  /// Adds the gradients of the batch to `sum`, whose layout is that of the parameters, each example's
  /// times its weight.
  ///
  /// It uses up `state.gradient`, and asks for ``squaredNorms`` first.
  func addWeightedGradients(
    _ input: [Float], weights: [Float], rows: Int, state: inout LayerState, to sum: inout [Float])

  /// Adds `scale` times the summed gradient of the batch to `sum`.
  func addGradient(
    _ input: [Float], rows: Int, scale: Float, state: inout LayerState, to sum: inout [Float])
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
  /// The squared norm of each example's input.
  var inputSquaredNorms: [Double] = []
  /// The squared norm of each example's gradient with respect to the second of two arrays.
  var secondSquaredNorms: [Double] = []
  /// The weights in the order that a product reads fastest.
  var transposedWeight: [Float] = []

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
  func prepareGradients(
    _ input: [Float], rows: Int, parameters: [Float], state: inout LayerState
  ) {}
}

/// A layer without parameters has no gradients of its own.
extension Layer where Self: ParameterFree {
  var parameters: [ParameterView] { [] }

  func squaredNorms(
    _ input: [Float], inputSquaredNorms: [Double]?, rows: Int, state: inout LayerState,
    into norms: inout [Double]
  ) {}

  func addWeightedGradients(
    _ input: [Float], weights: [Float], rows: Int, state: inout LayerState, to sum: inout [Float]
  ) {}

  func addGradient(
    _ input: [Float], rows: Int, scale: Float, state: inout LayerState, to sum: inout [Float]
  ) {}
}

protocol ParameterFree {}
