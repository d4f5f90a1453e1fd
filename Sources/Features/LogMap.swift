internal import Foundation
internal import LinearAlgebra

struct LogMap: FeatureMap {
  let offset: Float
  /// Of a row.
  let width: Int

  func apply(to rows: FeatureRows, workers: Workers) -> FeatureRows {
    makeRows(rows.elementCount / width, of: width, workers: workers) { _, examples, output in
      let start = examples.lowerBound * width
      for place in output.indices {
        output[place] = log1p(max(rows.element(start + place), 0) / offset)
      }
    }
  }
}
