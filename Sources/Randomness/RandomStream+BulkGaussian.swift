import CKernels

extension RandomStream {
  /// Replaces every value by an independent Gaussian sample with mean 0, many at a time.
  ///
  /// Box-Muller (Box and Muller, A note on the generation of random normal deviates, 1958) in
  /// single precision: rounding moves a pair of samples by less than 4e-7 of its length. A sample
  /// never exceeds 10.92 standard deviations, which cuts off a probability of 1e-27. Like
  /// ``gaussian(standardDeviation:)``, not hardened against attacks on low bits.
  ///
  /// Position: the fill starts at the first block of 16 words of which no word has been drawn, and
  /// takes 16 blocks for each 256 values begun; later draws, scalar or bulk, go on at the block
  /// after. So one fill of n + m values equals a fill of n and a fill of m when n is a multiple
  /// of 256, and begins with the same n values in any case. Filling no values only moves to the
  /// next untouched block.
  ///
  /// The result is the same in every bit on every processor. The standard deviation is absolute, at
  /// least 0, and finite as a `Float`, to which it is rounded.
  public mutating func fillGaussian(_ values: inout [Float], standardDeviation: Double) {
    let whole = values.indices
    fillGaussian(&values, range: whole, standardDeviation: standardDeviation)
  }

  /// Replaces the values in `range` by what a fill of all values would put there, and leaves the
  /// stream where that fill would.
  ///
  /// So streams of one key, each with its own part of the range, fill an array together, in any
  /// order. The range begins at a multiple of 256.
  public mutating func fillGaussian(
    _ values: inout [Float], range: Range<Int>, standardDeviation: Double
  ) {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= values.count, "the range ends outside the array")
    let start = tradeoff_chacha20_stream_untouched_block(state)
    fill(
      &values, range: range, standardDeviation: standardDeviation, from: range.lowerBound,
      startingAt: start)
    let batches = (values.count + Self.batch - 1) / Self.batch
    tradeoff_chacha20_stream_seek(state, Self.block(ofBatch: batches, startingAt: start))
  }

  /// Fills the first `count` values with what a fill of a new stream would put at `sample` and after,
  /// so that several streams of one key fill the parts of one long fill.
  ///
  /// - Precondition: nothing has been drawn, and `sample` is a multiple of 256.
  public mutating func fillGaussian(
    _ values: inout [Float], count: Int, standardDeviation: Double, startingAt sample: Int
  ) {
    precondition((0...values.count).contains(count), "count exceeds the buffer")
    fill(
      &values, range: 0..<count, standardDeviation: standardDeviation, from: sample, startingAt: 0)
  }

  private static let batch = Int(tradeoff_chacha20_batch_words)

  private static func block(ofBatch index: Int, startingAt start: UInt64) -> UInt64 {
    start &+ UInt64(index) &* UInt64(tradeoff_chacha20_batch_blocks)
  }

  /// Puts sample `sample` and those after it, of the fill that starts at block `start`, in `range`.
  private mutating func fill(
    _ values: inout [Float], range: Range<Int>, standardDeviation: Double, from sample: Int,
    startingAt start: UInt64
  ) {
    requireStandardDeviation(standardDeviation)
    let standardDeviation = Float(standardDeviation)
    precondition(standardDeviation.isFinite, "standardDeviation must be finite as a Float")
    precondition(
      sample >= 0 && sample.isMultiple(of: Self.batch), "a part begins at a multiple of 256")
    tradeoff_chacha20_stream_seek(
      state, Self.block(ofBatch: sample / Self.batch, startingAt: start))
    values.withUnsafeMutableBufferPointer {
      let part = UnsafeMutableBufferPointer(rebasing: $0[range])
      tradeoff_gaussian_fill_f32(
        tradeoff_vector_level_best(), state, part.baseAddress, part.count, standardDeviation)
    }
  }

  /// Replaces every value by an independent Gaussian sample with mean 0, many at a time.
  ///
  /// As for floats, in double precision: rounding moves a pair of samples of length r by less than
  /// 1e-15 r + 3e-16 / r, none exceeds 9.42 standard deviations (which cuts off a probability of
  /// 5e-21), and the fill takes 16 blocks for each 128 values begun. The standard
  /// deviation is absolute, finite and at least 0.
  public mutating func fillGaussian(_ values: inout [Double], standardDeviation: Double) {
    requireStandardDeviation(standardDeviation)
    values.withUnsafeMutableBufferPointer {
      tradeoff_gaussian_fill_f64(
        tradeoff_vector_level_best(), state, $0.baseAddress, $0.count, standardDeviation)
    }
  }
}
