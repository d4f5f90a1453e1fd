public import LinearAlgebra

/// A linear layer as named views of the flat parameter buffer.
public struct DenseLayer: Hashable, Sendable {
  public let name: String
  /// Shape `[output, input]`, row-major.
  public let weight: MatrixView
  /// One element an output.
  public let bias: Range<Int>

  public var inputWidth: Int { weight.columns }
  public var outputWidth: Int { weight.rows }

  init(name: String, inputWidth: Int, outputWidth: Int, offset: Int) {
    self.name = name
    weight = MatrixView(offset: offset, rows: outputWidth, columns: inputWidth)
    bias = weight.range.upperBound..<(weight.range.upperBound + outputWidth)
  }
}
