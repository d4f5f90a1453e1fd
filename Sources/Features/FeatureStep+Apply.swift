internal import Datasets
internal import LinearAlgebra

extension FeatureStep {
  /// Whether it takes longer than to read its outcome from a file.
  var isCostly: Bool {
    switch self {
    case .scattering: true
    case .groupNorm: false
    }
  }

  /// The outcome for every row, in their order.
  func apply(to rows: FeatureRows, shape: ExampleShape, workers: Workers) -> FeatureRows {
    switch self {
    case .scattering(let scattering):
      .floats(scatter(rows, scattering, shape: shape, workers: workers))
    case .groupNorm(let groups):
      .floats(
        normalize(
          rows,
          GroupNormalization(
            positions: shape.height * shape.width, channels: shape.channels, groups: groups),
          workers: workers))
    }
  }
}

private func scatter(
  _ rows: FeatureRows, _ scattering: Scattering, shape: ExampleShape, workers: Workers
) -> [Float] {
  let transform = ScatteringTransform(scattering, height: shape.height, width: shape.width)
  let benches = (0..<workers.count).map { _ in ScatteringBench(transform) }
  let channels = shape.channels
  let pathCount = scattering.pathCount
  let step = channels * pathCount
  let outputCount = transform.placeCount * step
  return mapRows(rows.elementCount / shape.featureCount, to: outputCount, at: 64, workers: workers) {
    worker, examples, output in
    for (place, example) in examples.enumerated() {
      for channel in 0..<channels {
        let start = example * shape.featureCount + channel
        benches[worker].scatter(
          pixel: { rows.element(start + $0 * channels) },
          into: UnsafeMutableBufferPointer(
            rebasing: output[(place * outputCount + channel * pathCount)...]),
          step: step)
      }
    }
  }
}

private func normalize(
  _ rows: FeatureRows, _ normalization: GroupNormalization, workers: Workers
) -> [Float] {
  let width = normalization.positions * normalization.channels
  let scale = [Float](repeating: 1, count: normalization.channels)
  let shift = [Float](repeating: 0, count: normalization.channels)
  return mapRows(rows.elementCount / width, to: width, at: 64, workers: workers) {
    _, examples, output in
    let input = examples.flatMap { example in
      (example * width..<(example + 1) * width).map(rows.element)
    }
    var normalized = [Float](repeating: 0, count: input.count)
    var statistics = GroupNormalization.Statistics(
      examples: examples.count, groups: normalization.groups)
    normalization.normalize(
      input, examples: examples.count, scale: scale, shift: shift, into: &normalized,
      statistics: &statistics)
    _ = output.update(fromContentsOf: normalized)
  }
}

/// Rows of `width` elements, some of which `body` writes at a time.
private func mapRows(
  _ count: Int, to width: Int, at size: Int, workers: Workers,
  _ body: (_ worker: Int, _ rows: Range<Int>, UnsafeMutableBufferPointer<Float>) -> Void
) -> [Float] {
  [Float](unsafeUninitializedCapacity: count * width) { buffer, initialized in
    buffer.initialize(repeating: 0)
    let all = UnsafeMutableBufferPointer(rebasing: buffer[..<(count * width)])
    workers.run(parts: (count + size - 1) / size) { worker, part in
      let rows = part * size..<min((part + 1) * size, count)
      body(
        worker, rows,
        UnsafeMutableBufferPointer(
          rebasing: all[rows.lowerBound * width..<rows.upperBound * width]))
    }
    initialized = count * width
  }
}
