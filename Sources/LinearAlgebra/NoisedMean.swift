internal import CKernels

/// `total[i] = (lanes[0][i] + lanes[1][i]) + ...`, in Double and in this order; with `adding`, that is
/// added to what `total` holds.
public func sum(lanes: [[Float]], adding: Bool, workers: Workers, into total: inout [Double]) {
  precondition(lanes.allSatisfy { $0.count == total.count }, "lengths must agree")
  total.withUnsafeMutableBufferPointer { total in
    withPointers(to: lanes[...]) { lanes in
      workers.run(over: total.count, unit: noisePiece) {
        tradeoff_sum_lanes(
          total.baseAddress, lanes, lanes.count, $0.lowerBound, $0.upperBound, adding)
      }
    }
  }
}

/// `(total + noise) * scale`, in Double, rounded once.
///
/// - Parameter noise: fills the start of a buffer with the noise of a range of elements, which begins
///   at a multiple of 256. It is called on the workers' threads, in any order.
public func noisedMean(
  of total: [Double], scale: Double, workers: Workers,
  noise: (Range<Int>, inout [Float]) -> Void
) -> [Float] {
  [Float](unsafeUninitializedCapacity: total.count) { mean, count in
    count = total.count
    total.withUnsafeBufferPointer { total in
      workers.run(over: total.count, unit: noisePiece) { part in
        var drawn = [Float](repeating: 0, count: min(noisePiece, part.count))
        for start in stride(from: part.lowerBound, to: part.upperBound, by: noisePiece) {
          let range = start..<min(start + noisePiece, part.upperBound)
          noise(range, &drawn)
          drawn.withUnsafeBufferPointer {
            tradeoff_noised_mean(
              mean.baseAddress! + start, total.baseAddress! + start, $0.baseAddress, range.count,
              scale)
          }
        }
      }
    }
  }
}

/// Elements that a worker takes at a time: they stay in its cache.
private let noisePiece = 8192

private func withPointers(
  to lanes: ArraySlice<[Float]>, after pointers: [UnsafePointer<Float>?] = [],
  _ body: ([UnsafePointer<Float>?]) -> Void
) {
  guard let lane = lanes.first else { return body(pointers) }
  lane.withUnsafeBufferPointer {
    withPointers(to: lanes.dropFirst(), after: pointers + [$0.baseAddress], body)
  }
}
