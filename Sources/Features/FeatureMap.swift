internal import LinearAlgebra

/// A step made ready to be applied.
protocol FeatureMap {
  /// The outcome for every row, in their order; it does not depend on the number of workers.
  func apply(to rows: FeatureRows, workers: Workers) -> FeatureRows
}

extension Sequence<any FeatureMap> {
  func apply(to rows: FeatureRows, workers: Workers) -> FeatureRows {
    reduce(rows) { $1.apply(to: $0, workers: workers) }
  }
}

/// Rows of `width` elements, some of which `body` writes at a time.
func makeRows(
  _ count: Int, of width: Int, workers: Workers,
  _ body: (_ worker: Int, _ rows: Range<Int>, UnsafeMutableBufferPointer<Float>) -> Void
) -> FeatureRows {
  let size = 64
  return .floats(
    [Float](unsafeUninitializedCapacity: count * width) { buffer, initialized in
      buffer.initialize(repeating: 0)
      workers.run(parts: (count + size - 1) / size) { worker, part in
        let rows = part * size..<min((part + 1) * size, count)
        body(
          worker, rows,
          UnsafeMutableBufferPointer(
            rebasing: buffer[rows.lowerBound * width..<rows.upperBound * width]))
      }
      initialized = count * width
    })
}
