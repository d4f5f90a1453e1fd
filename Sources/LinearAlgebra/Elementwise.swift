internal import CKernels

/// `values = max(values, 0)` over the first `count` elements. Not-a-number stays: a model that has
/// diverged must show it.
public func rectify(_ values: inout [Float], count: Int) {
  precondition((0...values.count).contains(count), "count exceeds the buffer")
  values.withUnsafeMutableBufferPointer { tradeoff_relu($0.baseAddress, count) }
}

/// Zeroes the gradient wherever the activation of a rectifier is zero.
public func rectifierGradient(_ gradient: inout [Float], activation: [Float], count: Int) {
  precondition(
    (0...min(gradient.count, activation.count)).contains(count), "count exceeds a buffer")
  gradient.withUnsafeMutableBufferPointer { gradient in
    activation.withUnsafeBufferPointer {
      tradeoff_relu_gradient(gradient.baseAddress, $0.baseAddress, count)
    }
  }
}

/// `total += scale * (sum of the rows of values)`; `total` has one element a column.
public func addColumnSums(
  of values: [Float], _ view: MatrixView, scale: Float, to total: inout [Float],
  at range: Range<Int>
) {
  precondition(view.range.upperBound <= values.count, "the view ends outside its buffer")
  precondition(range.count == view.columns && range.upperBound <= total.count, "one sum a column")
  total.withUnsafeMutableBufferPointer { total in
    values.withUnsafeBufferPointer {
      tradeoff_add_column_sums(
        total.baseAddress! + range.lowerBound, $0.baseAddress! + view.offset,
        view.rows, view.columns, scale)
    }
  }
}

/// Writes `left - right` into `difference`; all three have the same length.
public func subtract(_ right: [Float], from left: [Float], into difference: inout [Float]) {
  precondition(left.count == right.count && left.count == difference.count, "lengths must agree")
  difference.withUnsafeMutableBufferPointer { difference in
    left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer {
        tradeoff_subtract(difference.baseAddress, left.baseAddress, $0.baseAddress, left.count)
      }
    }
  }
}

/// `total += scale * values`, in Float.
public func add(_ values: [Float], scale: Float, to total: inout [Float]) {
  precondition(values.count == total.count, "lengths must agree")
  total.withUnsafeMutableBufferPointer { total in
    values.withUnsafeBufferPointer {
      tradeoff_add_scaled_floats(total.baseAddress, $0.baseAddress, total.count, scale)
    }
  }
}

/// Copies `row` into each of the first `rows` rows of a row-major buffer.
public func broadcast(
  _ row: Range<Int>, of source: [Float], toRows rows: Int, of buffer: inout [Float]
) {
  precondition(rows * row.count <= buffer.count && row.upperBound <= source.count, "out of bounds")
  buffer.withUnsafeMutableBufferPointer { buffer in
    source.withUnsafeBufferPointer { source in
      for index in 0..<rows {
        (buffer.baseAddress! + index * row.count)
          .update(from: source.baseAddress! + row.lowerBound, count: row.count)
      }
    }
  }
}

/// Gathers rows of bytes, scaled to Float: row `i` of the result is `scale * bytes[indices[i]]`, and
/// `squares[i]` the sum of that row's squared bytes.
///
/// `bytes` has shape `[row, column]`, row-major, with `rowLength` columns.
public func gather(
  _ indices: ArraySlice<Int32>, from bytes: [UInt8], rowLength: Int, scale: Float,
  into rows: inout AlignedFloats, squares: inout [UInt64]
) {
  precondition(indices.count * rowLength <= rows.count, "the gathered rows exceed their buffer")
  precondition(indices.count <= squares.count, "one sum of squares a row")
  let lastRow = bytes.count / max(1, rowLength) - 1
  for index in indices { precondition(index >= 0 && index <= lastRow, "row outside the data") }
  let offset = rows.offset
  rows.values.withUnsafeMutableBufferPointer { rows in
    squares.withUnsafeMutableBufferPointer { squares in
      bytes.withUnsafeBufferPointer { bytes in
        indices.withUnsafeBufferPointer {
          tradeoff_gather_bytes(
            rows.baseAddress! + offset, squares.baseAddress, bytes.baseAddress, $0.baseAddress,
            $0.count, rowLength, scale)
        }
      }
    }
  }
}

/// Copies rows of floats, one after another, to the start of `rows`.
public func gather(
  _ indices: ArraySlice<Int32>, from floats: [Float], rowLength: Int, into rows: inout AlignedFloats
) {
  precondition(indices.count * rowLength <= rows.count, "the gathered rows exceed their buffer")
  let lastRow = floats.count / max(1, rowLength) - 1
  var place = rows.offset
  floats.withUnsafeBufferPointer { floats in
    rows.values.withUnsafeMutableBufferPointer { rows in
      for index in indices {
        precondition(index >= 0 && index <= lastRow, "row outside the data")
        let start = Int(index) * rowLength
        _ = rows.extracting(place..<place + rowLength)
          .update(fromContentsOf: floats.extracting(start..<start + rowLength))
        place += rowLength
      }
    }
  }
}
