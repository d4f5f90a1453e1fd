internal import COpenBLAS

/// One factor of a matrix product: a buffer, the matrix in it, and whether it is read transposed.
public struct MatrixOperand {
  let buffer: [Float]
  let view: MatrixView
  let isTransposed: Bool

  public init(_ buffer: [Float], _ view: MatrixView) {
    precondition(view.range.upperBound <= buffer.count, "the view ends outside its buffer")
    self.buffer = buffer
    self.view = view
    self.isTransposed = false
  }

  private init(transposing operand: MatrixOperand) {
    buffer = operand.buffer
    view = operand.view
    isTransposed = !operand.isTransposed
  }

  public var transposed: MatrixOperand { MatrixOperand(transposing: self) }

  var rows: Int { isTransposed ? view.columns : view.rows }
  var columns: Int { isTransposed ? view.rows : view.columns }

  /// Elements from a row to the next; BLAS wants at least one, even where a row has none.
  var stride: Int32 { Int32(max(1, view.columns)) }
}

/// `result = scale * left * right + resultScale * result`, by the BLAS routine `sgemm`.
///
/// Shapes: left `[m, k]`, right `[k, n]`, result `[m, n]`, all row-major.
public func multiply(
  _ left: MatrixOperand, _ right: MatrixOperand, scale: Float = 1,
  into result: inout [Float], at view: MatrixView, resultScale: Float = 0
) {
  precondition(left.columns == right.rows, "the inner sizes of a product must agree")
  precondition(
    view.rows == left.rows && view.columns == right.columns,
    "the result must have the outer sizes of the product")
  precondition(view.range.upperBound <= result.count, "the result ends outside its buffer")
  guard view.count > 0 else { return }
  left.buffer.withUnsafeBufferPointer { leftBuffer in
    right.buffer.withUnsafeBufferPointer { rightBuffer in
      result.withUnsafeMutableBufferPointer { resultBuffer in
        cblas_sgemm(
          CblasRowMajor,
          left.isTransposed ? CblasTrans : CblasNoTrans,
          right.isTransposed ? CblasTrans : CblasNoTrans,
          Int32(left.rows), Int32(right.columns), Int32(left.columns),
          scale,
          leftBuffer.baseAddress! + left.view.offset, left.stride,
          rightBuffer.baseAddress! + right.view.offset, right.stride,
          resultScale,
          resultBuffer.baseAddress! + view.offset, Int32(view.columns))
      }
    }
  }
}
