internal import CKernels

/// `sums[row] = ` the sum of squares of the row, each product exact and added in Double.
///
/// Relative error at most `columns * 2^-53`; a row with an infinite or not-a-number element gets a
/// non-finite sum.
public func rowSumsOfSquares(
  of values: [Float], _ view: MatrixView, into sums: inout [Double]
) {
  precondition(view.range.upperBound <= values.count, "the view ends outside its buffer")
  precondition(view.rows <= sums.count, "one sum a row")
  sums.withUnsafeMutableBufferPointer { sums in
    values.withUnsafeBufferPointer {
      guard let start = $0.baseAddress else { return }
      tradeoff_row_sums_of_squares(
        start + view.offset, view.rows, view.columns, sums.baseAddress)
    }
  }
}

/// Multiplies every element of a row by the row's factor.
public func scaleRows(_ values: inout [Float], _ view: MatrixView, by factors: [Float]) {
  precondition(view.range.upperBound <= values.count, "the view ends outside its buffer")
  precondition(view.rows <= factors.count, "one factor a row")
  values.withUnsafeMutableBufferPointer { values in
    factors.withUnsafeBufferPointer {
      guard let start = values.baseAddress else { return }
      tradeoff_scale_rows(start + view.offset, view.rows, view.columns, $0.baseAddress)
    }
  }
}
