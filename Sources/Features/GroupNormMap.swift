internal import LinearAlgebra

struct GroupNormMap: FeatureMap {
  let normalization: GroupNormalization

  func apply(to rows: FeatureRows, workers: Workers) -> FeatureRows {
    let width = normalization.positions * normalization.channels
    let scale = [Float](repeating: 1, count: normalization.channels)
    let shift = [Float](repeating: 0, count: normalization.channels)
    return makeRows(rows.elementCount / width, of: width, workers: workers) {
      _, examples, output in
      let input = (examples.lowerBound * width..<examples.upperBound * width).map(rows.element)
      var normalized = [Float](repeating: 0, count: input.count)
      var statistics = GroupNormalization.Statistics(
        examples: examples.count, groups: normalization.groups)
      normalization.normalize(
        input, examples: examples.count, scale: scale, shift: shift, into: &normalized,
        statistics: &statistics)
      _ = output.update(fromContentsOf: normalized)
    }
  }
}
