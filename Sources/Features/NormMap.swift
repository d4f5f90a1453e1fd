internal import LinearAlgebra

struct NormMap: FeatureMap {
  let norm: Double
  /// Of a row.
  let width: Int

  func apply(to rows: FeatureRows, workers: Workers) -> FeatureRows {
    makeRows(rows.elementCount / width, of: width, workers: workers) { _, examples, output in
      for (place, example) in examples.enumerated() {
        let row = (example * width..<(example + 1) * width).map { Double(rows.element($0)) }
        let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let factor = length > 0 ? norm / length : 0
        for column in 0..<width { output[place * width + column] = Float(row[column] * factor) }
      }
    }
  }
}
