internal import LinearAlgebra

/// A weight matrix, aligned, as it lies and transposed: the two orders in which products with many
/// rows read it fastest, forward and back.
struct WeightCopies: Sendable {
  private var plain: AlignedFloats
  private var transposed: AlignedFloats

  /// - Parameter goesBack: whether the gradient with respect to the input is wanted.
  init(count: Int, goesBack: Bool = true) {
    plain = AlignedFloats(count: goesBack ? count : 0)
    transposed = AlignedFloats(count: count)
  }

  mutating func make(of parameters: [Float], _ weight: MatrixView, workers: Workers = .one) {
    if plain.count > 0 { copy(parameters, weight.range, into: &plain) }
    transpose(parameters, weight, into: &transposed, workers: workers)
  }

  func plain(_ weight: MatrixView) -> MatrixOperand {
    MatrixOperand(
      plain.values,
      MatrixView(offset: plain.offset, rows: weight.rows, columns: weight.columns))
  }

  func transposed(_ weight: MatrixView) -> MatrixOperand {
    MatrixOperand(
      transposed.values,
      MatrixView(offset: transposed.offset, rows: weight.columns, columns: weight.rows))
  }
}
