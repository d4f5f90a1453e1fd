internal import CKernels

/// `total[i] += (lanes[0][i] + lanes[1][i]) + ...` for `i` in `range`, in Double and in this order,
/// so that parts of a total can be added by different threads.
public func sum(lanes: [[Float]], range: Range<Int>, into total: inout [Double]) {
  precondition(range.lowerBound >= 0 && range.upperBound <= total.count, "the range ends outside")
  precondition(lanes.allSatisfy { range.upperBound <= $0.count }, "a lane ends before the range")
  total.withUnsafeMutableBufferPointer { total in
    withPointers(to: lanes[...]) {
      tradeoff_sum_lanes(total.baseAddress, $0, $0.count, range.lowerBound, range.upperBound)
    }
  }
}

/// `mean = (total + noise) * scale` over the length of `total`, in Double, rounded once.
public func noisedMean(
  of total: [Double], noise: [Float], scale: Double, into mean: inout [Float]
) {
  precondition(total.count == noise.count && total.count == mean.count, "lengths must agree")
  mean.withUnsafeMutableBufferPointer { mean in
    total.withUnsafeBufferPointer { total in
      noise.withUnsafeBufferPointer {
        tradeoff_noised_mean(mean.baseAddress, total.baseAddress, $0.baseAddress, mean.count, scale)
      }
    }
  }
}

private func withPointers(
  to lanes: ArraySlice<[Float]>, after pointers: [UnsafePointer<Float>?] = [],
  _ body: ([UnsafePointer<Float>?]) -> Void
) {
  guard let lane = lanes.first else { return body(pointers) }
  lane.withUnsafeBufferPointer {
    withPointers(to: lanes.dropFirst(), after: pointers + [$0.baseAddress], body)
  }
}
