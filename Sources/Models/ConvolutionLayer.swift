internal import LinearAlgebra

/// Square filters moved over zero-padded images.
///
/// The input is unfolded into one row of `kernel * kernel * channels` elements a position, so that
/// every product is one with all positions of all examples.
struct ConvolutionLayer: Layer {
  /// How the norm of an example's gradient is had.
  enum NormMethod: Hashable, Sendable {
    /// From inner products between positions (Bu et al. 2022): the gradient is not written out.
    case ghost
    /// From the gradient itself, which the clipped sum then uses again.
    case materialized
  }

  /// Shape `[filter, patch]`, a patch being `[row, column, channel]`.
  let weight: MatrixView
  let bias: Range<Int>
  let parameters: [ParameterView]
  let geometry: PatchGeometry
  let normMethod: NormMethod

  /// - Parameter normMethod: nil for the one that takes fewer operations.
  init(
    name: String, input: Shape, filters: Int, kernelSize: Int, stride: Int, padding: Int,
    offset: Int, normMethod: NormMethod? = nil
  ) {
    geometry = PatchGeometry(
      height: input.height, width: input.width, channels: input.channels,
      kernelHeight: kernelSize, kernelWidth: kernelSize, stride: stride, padding: padding)
    weight = MatrixView(offset: offset, rows: filters, columns: geometry.patchLength)
    bias = weight.range.upperBound..<(weight.range.upperBound + filters)
    parameters = [
      ParameterView(
        name: "\(name).weight", shape: [filters, kernelSize, kernelSize, input.channels],
        offset: offset, isWeight: true),
      ParameterView(name: "\(name).bias", shape: [filters], offset: bias.lowerBound),
    ]
    let positions = geometry.outputHeight * geometry.outputWidth
    let ghostIsCheaper = positions * positions * (weight.columns + filters) < weight.count
    self.normMethod = normMethod ?? (ghostIsCheaper ? .ghost : .materialized)
  }

  var inputShape: Shape {
    Shape(height: geometry.height, width: geometry.width, channels: geometry.channels)
  }

  var outputShape: Shape {
    Shape(height: geometry.outputHeight, width: geometry.outputWidth, channels: weight.rows)
  }

  private var positions: Int { outputShape.positions }
  private var parameterCount: Int { weight.count + bias.count }

  func makeState(capacity: Int) -> LayerState {
    var state = LayerState(outputCount: outputShape.count, capacity: capacity)
    state.patches = [Float](repeating: 0, count: capacity * positions * weight.columns)
    state.innerGradient = state.patches
    state.copies = WeightCopies(count: weight.count)
    return state
  }

  var copiedWeight: MatrixView? { weight }

  func forward(
    _ input: LayerInput, rows: Int, parameters: [Float], copies: WeightCopies?,
    state: inout LayerState
  ) {
    extractPatches(of: input.values, examples: rows, geometry, into: &state.patches)
    if copies == nil { state.copies.make(of: parameters, weight) }
    broadcast(bias, of: parameters, toRows: rows * positions, of: &state.output)
    multiply(
      MatrixOperand(state.patches, patchView(rows)),
      (copies ?? state.copies).transposed(weight),
      into: &state.output, at: outputView(rows), resultScale: 1)
  }

  func backward(
    _ input: LayerInput, rows: Int, parameters: [Float], copies: WeightCopies?,
    state: inout LayerState, into inputGradient: inout [Float]
  ) {
    multiply(
      MatrixOperand(state.gradient, outputView(rows)), (copies ?? state.copies).plain(weight),
      into: &state.innerGradient, at: patchView(rows))
    patchesGradient(state.innerGradient, examples: rows, geometry, into: &inputGradient)
  }

  func squaredNorms(
    _ input: LayerInput, rows: Int, state: inout LayerState, into norms: inout [Double]
  ) {
    switch normMethod {
    case .ghost:
      state.writtenRows.removeAll(keepingCapacity: true)
      state.writtenGradients.removeAll(keepingCapacity: true)
      for row in 0..<rows { norms[row] = ghostSquaredNorm(ofRow: row, state: &state) }
    case .materialized:
      state.reserveExampleGradients(rows: rows, count: parameterCount)
      for row in 0..<rows {
        writeGradient(ofRow: row, at: row * parameterCount, state: &state)
      }
      rowSumsOfSquares(
        of: state.exampleGradients, MatrixView(rows: rows, columns: parameterCount), into: &norms)
    }
  }

  func addWeightedGradients(
    _ input: LayerInput, weights: [Float], rows: Int, state: inout LayerState, to sum: inout [Float]
  ) {
    switch normMethod {
    case .ghost:
      let written = state.writtenRows.map { weights[$0] }
      var weights = weights
      for row in state.writtenRows { weights[row] = 0 }
      scaleRows(
        &state.gradient, MatrixView(rows: rows, columns: outputShape.count), by: weights)
      addGradient(input, rows: rows, scale: 1, state: &state, to: &sum)
      addWeightedRows(
        of: state.writtenGradients, MatrixView(rows: written.count, columns: parameterCount),
        weights: written, to: &sum, at: weight.offset..<(weight.offset + parameterCount))
    case .materialized:
      addWeightedRows(
        of: state.exampleGradients, MatrixView(rows: rows, columns: parameterCount),
        weights: weights, to: &sum, at: weight.offset..<(weight.offset + parameterCount))
    }
  }

  func addGradient(
    _ input: LayerInput, rows: Int, scale: Float, state: inout LayerState, to sum: inout [Float]
  ) {
    multiply(
      MatrixOperand(state.gradient, outputView(rows)).transposed,
      MatrixOperand(state.patches, patchView(rows)), scale: scale,
      into: &sum, at: weight, resultScale: 1)
    addColumnSums(of: state.gradient, outputView(rows), scale: scale, to: &sum, at: bias)
  }

  /// Writes one example's gradient: the weight's, then the bias's.
  private func writeGradient(ofRow row: Int, at start: Int, state: inout LayerState) {
    multiply(
      MatrixOperand(state.gradient, outputView(ofRow: row)).transposed,
      MatrixOperand(state.patches, patchView(ofRow: row)),
      into: &state.exampleGradients,
      at: MatrixView(offset: start, rows: weight.rows, columns: weight.columns))
    let biasStart = start + weight.count
    for index in biasStart..<(biasStart + bias.count) { state.exampleGradients[index] = 0 }
    addColumnSums(
      of: state.gradient, outputView(ofRow: row), scale: 1, to: &state.exampleGradients,
      at: biasStart..<(biasStart + bias.count))
  }

  /// `sum over positions s, t of (patch_s . patch_t + 1) (gradient_s . gradient_t)`; the 1 is the
  /// bias's share.
  ///
  /// Where positions pull in opposite directions the terms cancel, and what is left of them may be
  /// rounding alone; and products of small elements may vanish. Then the gradient is written out after
  /// all, and what is written is what the clipped sum gets: computed anew with those of other examples, it
  /// would be rounded in another way, and might be longer than what was measured.
  private func ghostSquaredNorm(ofRow row: Int, state: inout LayerState) -> Double {
    let square = MatrixView(rows: positions, columns: positions)
    state.reserveExampleGradients(rows: 1, count: 2 * square.count)
    let patches = MatrixOperand(state.patches, patchView(ofRow: row))
    let gradients = MatrixOperand(state.gradient, outputView(ofRow: row))
    multiply(patches, patches.transposed, into: &state.exampleGradients, at: square)
    multiply(
      gradients, gradients.transposed, into: &state.exampleGradients,
      at: MatrixView(offset: square.count, rows: positions, columns: positions))
    var (total, size) = (0.0, 0.0)
    var (patchSize, gradientSize) = (0.0, 0.0)
    for index in 0..<square.count {
      let patchProduct = Double(state.exampleGradients[index]) + 1
      let gradientProduct = Double(state.exampleGradients[square.count + index])
      let term = patchProduct * gradientProduct
      total += term
      size += term.magnitude
      patchSize += patchProduct.magnitude
      gradientSize += gradientProduct.magnitude
    }
    let lost =
      Double(Float.leastNormalMagnitude)
      * (Double(weight.rows) * patchSize + Double(weight.columns) * gradientSize)
    return total < max(Self.smallestShare * size, lost / Self.largestLoss)
      ? writtenSquaredNorm(ofRow: row, state: &state) : total
  }

  /// The part of the terms that has to be left. Rounding moves all of them together by at most
  /// `positions (patch + filters) 2^-24` of their size, so with it the norm has a relative error of at
  /// most `positions (patch + filters) 2^-21`.
  private static let smallestShare = 1.0 / 16

  /// The part of the squared norm that may be lost where products of two elements are too small for a
  /// Float: elements of 1e-20 in a gradient count where those of a patch are of 1e18.
  private static let largestLoss = 0x1p-20

  private func writtenSquaredNorm(ofRow row: Int, state: inout LayerState) -> Double {
    state.reserveExampleGradients(rows: 1, count: parameterCount)
    writeGradient(ofRow: row, at: 0, state: &state)
    let gradient = MatrixView(rows: 1, columns: parameterCount)
    var norm = [0.0]
    rowSumsOfSquares(of: state.exampleGradients, gradient, into: &norm)
    state.writtenRows.append(row)
    state.writtenGradients += state.exampleGradients[gradient.range]
    return norm[0]
  }

  private func outputView(_ rows: Int) -> MatrixView {
    MatrixView(rows: rows * positions, columns: weight.rows)
  }

  private func outputView(ofRow row: Int) -> MatrixView {
    MatrixView(offset: row * outputShape.count, rows: positions, columns: weight.rows)
  }

  private func patchView(_ rows: Int) -> MatrixView {
    MatrixView(rows: rows * positions, columns: weight.columns)
  }

  private func patchView(ofRow row: Int) -> MatrixView {
    MatrixView(
      offset: row * positions * weight.columns, rows: positions, columns: weight.columns)
  }
}
