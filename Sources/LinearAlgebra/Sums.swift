internal import CKernels

/// The Euclidean norm, with products exact and sums in Double.
///
/// Relative error at most `count * 2^-53`; an infinite or not-a-number element gives a non-finite
/// norm.
public func euclideanNorm(_ values: [Float]) -> Double {
  euclideanNorm(values, in: values.indices)
}

/// `total += scale * values`, each term first cut towards zero to a multiple of `grid`.
///
/// `grid` is a power of two. While every partial sum stays below `2^53 * grid`, the additions are
/// exact, so the total does not depend on their order.
public func add(
  _ values: [Float], scale: Double, onGrid grid: Double, to total: inout [Double]
) {
  add(values, in: values.indices, scale: scale, onGrid: grid, to: &total)
}

/// `total += scale * values`, rounded as Double addition rounds: the order matters.
public func add(_ values: [Float], scale: Double, to total: inout [Double]) {
  precondition(values.count == total.count, "lengths must agree")
  total.withUnsafeMutableBufferPointer { total in
    values.withUnsafeBufferPointer {
      tradeoff_add_scaled(total.baseAddress, $0.baseAddress, total.count, scale)
    }
  }
}

/// `total += values`, rounded as Double addition rounds.
public func add(_ values: [Double], to total: inout [Double]) {
  precondition(values.count == total.count, "lengths must agree")
  total.withUnsafeMutableBufferPointer { total in
    values.withUnsafeBufferPointer {
      tradeoff_add(total.baseAddress, $0.baseAddress, total.count)
    }
  }
}

/// Sets every element to 0.
public func clear(_ values: inout [Float]) {
  values.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
}

/// Sets every element to 0.
public func clear(_ values: inout [Double]) {
  values.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
}

/// `scale * values`, in Double, rounded once.
public func scaled(_ values: [Double], by scale: Double) -> [Float] {
  [Float](unsafeUninitializedCapacity: values.count) { result, count in
    count = values.count
    values.withUnsafeBufferPointer {
      tradeoff_scaled(result.baseAddress, $0.baseAddress, count, scale)
    }
  }
}

/// Copies `values` into a buffer of the same length.
public func copy(_ values: [Float], into result: inout [Float]) {
  precondition(values.count == result.count, "lengths must agree")
  result.withUnsafeMutableBufferPointer { result in
    values.withUnsafeBufferPointer { values in
      guard let source = values.baseAddress else { return }
      result.baseAddress!.update(from: source, count: values.count)
    }
  }
}

/// Copies a part of `values`.
public func copy(_ values: [Float], _ range: Range<Int>, into result: inout AlignedFloats) {
  precondition(range.lowerBound >= 0 && range.upperBound <= values.count, "the range ends outside")
  precondition(range.count <= result.count, "the result ends outside its buffer")
  guard !range.isEmpty else { return }
  let offset = result.offset
  result.values.withUnsafeMutableBufferPointer { result in
    values.withUnsafeBufferPointer {
      (result.baseAddress! + offset)
        .update(from: $0.baseAddress! + range.lowerBound, count: range.count)
    }
  }
}

/// The Euclidean norm of a part of `values`; see ``euclideanNorm(_:)``.
public func euclideanNorm(_ values: [Float], in range: Range<Int>) -> Double {
  precondition(range.lowerBound >= 0 && range.upperBound <= values.count, "the range ends outside")
  return values.withUnsafeBufferPointer {
    let part = UnsafeBufferPointer(rebasing: $0[range])
    return tradeoff_sum_of_squares(part.baseAddress, part.count)
  }.squareRoot()
}

/// ``add(_:scale:onGrid:to:)`` for a part of both.
public func add(
  _ values: [Float], in range: Range<Int>, scale: Double, onGrid grid: Double,
  to total: inout [Double]
) {
  precondition(values.count == total.count, "lengths must agree")
  precondition(range.lowerBound >= 0 && range.upperBound <= values.count, "the range ends outside")
  precondition(grid > 0 && grid.significand == 1, "the grid must be a power of two")
  total.withUnsafeMutableBufferPointer { total in
    values.withUnsafeBufferPointer {
      tradeoff_add_on_grid(
        UnsafeMutableBufferPointer(rebasing: total[range]).baseAddress,
        UnsafeBufferPointer(rebasing: $0[range]).baseAddress, range.count, scale, grid)
    }
  }
}
