internal import CKernels
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

  /// Elements from a row of the factor, as it is read, to the next.
  var rowStep: Int { isTransposed ? 1 : view.columns }
  /// Elements from a column of the factor, as it is read, to the next.
  var columnStep: Int { isTransposed ? view.columns : 1 }

  /// Elements from a row of the buffer to the next; BLAS wants at least one, even where a row has none.
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
  let blocks = ProductBlocks(
    rows: view.rows, columns: view.columns, inner: left.columns,
    bound: BLASLibrary.directProductLimit)
  left.buffer.withUnsafeBufferPointer { leftBuffer in
    right.buffer.withUnsafeBufferPointer { rightBuffer in
      result.withUnsafeMutableBufferPointer { resultBuffer in
        for row in stride(from: 0, to: view.rows, by: blocks.rows) {
          for column in stride(from: 0, to: view.columns, by: blocks.columns) {
            cblas_sgemm(
              CblasRowMajor,
              left.isTransposed ? CblasTrans : CblasNoTrans,
              right.isTransposed ? CblasTrans : CblasNoTrans,
              Int32(min(blocks.rows, view.rows - row)),
              Int32(min(blocks.columns, view.columns - column)), Int32(left.columns),
              scale,
              leftBuffer.baseAddress! + left.view.offset + row * left.rowStep, left.stride,
              rightBuffer.baseAddress! + right.view.offset + column * right.columnStep,
              right.stride,
              resultScale,
              resultBuffer.baseAddress! + view.offset + row * view.columns + column,
              Int32(view.columns))
          }
        }
      }
    }
  }
}

/// `total[range] += sum over rows of weights[row] * values[row]`, by the BLAS routine `sgemv`.
public func addWeightedRows(
  of values: [Float], _ view: MatrixView, weights: [Float], to total: inout [Float],
  at range: Range<Int>
) {
  precondition(view.range.upperBound <= values.count, "the view ends outside its buffer")
  precondition(view.rows <= weights.count, "one weight a row")
  precondition(range.count == view.columns && range.upperBound <= total.count, "one sum a column")
  guard view.count > 0 else { return }
  total.withUnsafeMutableBufferPointer { total in
    values.withUnsafeBufferPointer { values in
      weights.withUnsafeBufferPointer { weights in
        cblas_sgemv(
          CblasRowMajor, CblasTrans, Int32(view.rows), Int32(view.columns), 1,
          values.baseAddress! + view.offset, Int32(view.columns), weights.baseAddress!, 1, 1,
          total.baseAddress! + range.lowerBound, 1)
      }
    }
  }
}

/// Writes the transposed matrix, shape `[column, row]`.
public func transpose(
  _ values: [Float], _ view: MatrixView, into result: inout AlignedFloats,
  workers: Workers = .one
) {
  precondition(view.range.upperBound <= values.count, "the view ends outside its buffer")
  precondition(view.count <= result.count, "the result ends outside its buffer")
  guard view.count > 0 else { return }
  let offset = result.offset
  result.values.withUnsafeMutableBufferPointer { result in
    values.withUnsafeBufferPointer { values in
      workers.run(over: view.rows, unit: max(16, transposedPiece / view.columns)) { rows in
        tradeoff_transpose(
          result.baseAddress! + offset + rows.lowerBound, view.rows,
          values.baseAddress! + view.offset + rows.lowerBound * view.columns, view.columns,
          rows.count, view.columns)
      }
    }
  }
}

/// The fewest elements that are worth another thread.
private let transposedPiece = 16384
