import CKernels

extension DiscreteGaussian {
  /// Replaces every value by an independent sample: the law of ``sample(from:)`` by other means, some 25 times
  /// as fast, and as exact.
  ///
  /// Rejection from cells of one size that cover the curve f(y) = e^(-y² / 2σ²), y ≥ 0. Of N cells, all equally
  /// likely, those of a bin of w numbers stand on each other, each 1/H high. A pair of words proposes a cell,
  /// one of its bin's numbers and a sign. Cells below the curve are taken at once; in others, a uniform
  /// height in the cell must lie below f(y), which is decided without error (``GaussianCurve``). So a number
  /// y of either sign is taken with probability
  ///
  ///     sum over its bin's cells i of (1 / 2Nw) clamp(H f(y) - i, 0 ... 1) = H f(y) / 2Nw,
  ///
  /// and from the tail's one cell with the same (``GaussianCells/tail(nextWord:)``); zero with one sign alone.
  /// Until a pair is taken further pairs follow, independent of what went before. Hence a value x has probability
  /// in proportion to f(|x|): the discrete Gaussian. The bounds by which cells are called closed need only be
  /// bounds, and no floating-point number takes part.
  ///
  /// Two words of the stream give a value its first pair. Whatever else it takes comes from a key of the batch.
  ///
  /// Position: the fill starts at the first block of 16 words of which no word has been drawn, and
  /// takes 32 blocks for each 256 values begun; later draws go on at the block after. So one fill of
  /// n + m values equals a fill of n and a fill of m when n is a multiple of 256, and begins with
  /// the same n values in any case. Filling no values only moves to the next untouched block.
  ///
  /// The result is the same on every processor.
  public func fill(_ values: inout [Int], from stream: inout RandomStream) {
    let whole = values.indices
    fill(&values, range: whole, from: &stream)
  }

  /// Replaces the values in `range` by what a fill of all values would put there, and leaves the
  /// stream where that fill would.
  ///
  /// So streams of one key, each with its own part of the range, fill an array together, in any
  /// order. The range begins at a multiple of 256.
  public func fill(_ values: inout [Int], range: Range<Int>, from stream: inout RandomStream) {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= values.count, "the range ends outside the array")
    precondition(range.lowerBound.isMultiple(of: Self.batch), "a part begins at a multiple of 256")
    let start = tradeoff_chacha20_stream_untouched_block(stream.state)
    values.withUnsafeMutableBufferPointer { values in
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: Self.words) { words in
        for first in Swift.stride(from: range.lowerBound, to: range.upperBound, by: Self.batch) {
          let part = first..<min(first + Self.batch, range.upperBound)
          fillBatch(
            UnsafeMutableBufferPointer(rebasing: values[part]), words: words, from: stream,
            block: Self.block(of: first, startingAt: start))
        }
      }
    }
    let batches = (values.count + Self.batch - 1) / Self.batch
    let end = Self.block(of: batches * Self.batch, startingAt: start)
    tradeoff_chacha20_stream_seek(stream.state, end)
  }

  private func fillBatch(
    _ values: UnsafeMutableBufferPointer<Int>, words: UnsafeMutableBufferPointer<UInt32>,
    from stream: borrowing RandomStream, block: UInt64
  ) {
    stream.readBatch(at: block, into: words.baseAddress!)
    stream.readBatch(at: block + 16, into: words.baseAddress! + Self.batch)
    withUnsafeTemporaryAllocation(of: UInt16.self, capacity: Self.batch) { open in
      let openCount = cells.candidates(words, values, open)
      if openCount == 0 { return }
      var spare = RandomStream(stream.spareKey(at: block))
      for index in open.prefix(openCount) {
        let index = Int(index)
        var value = cells.sample(words[index], words[Self.batch + index], more: &spare)
        while value == nil {
          let word = spare.uniformWord()
          value = cells.sample(
            UInt32(word >> 32), UInt32(truncatingIfNeeded: word), more: &spare)
        }
        values[index] = value!
      }
    }
  }

  private static let batch = Int(tradeoff_lattice_batch_values)
  private static let words = Int(tradeoff_lattice_batch_words)
  private static let blocksPerBatch = words / Int(tradeoff_chacha20_block_words)

  private static func block(of value: Int, startingAt start: UInt64) -> UInt64 {
    start &+ UInt64(value / batch) &* UInt64(blocksPerBatch)
  }
}

extension GaussianCells {
  fileprivate func candidates(
    _ words: UnsafeMutableBufferPointer<UInt32>, _ values: UnsafeMutableBufferPointer<Int>,
    _ open: UnsafeMutableBufferPointer<UInt16>
  ) -> Int {
    values.withMemoryRebound(to: Int64.self) { values in
      tradeoff_lattice_candidates(
        words.baseAddress, cells, UInt32(cells.count), rejectedBelow, UInt32(binBits),
        values.baseAddress, values.count, open.baseAddress)
    }
  }
}

extension RandomStream {
  fileprivate func readBatch(at block: UInt64, into words: UnsafeMutablePointer<UInt32>) {
    withUnsafePointer(to: state.pointee.key) { key in
      key.withMemoryRebound(to: UInt32.self, capacity: 8) {
        tradeoff_chacha20_batch(tradeoff_vector_level_best(), $0, block, words)
      }
    }
  }

  /// The key of further words for the batch at `block`: it takes as many as chance wants. Made like a
  /// child's key, under the nonce 2³³, which nothing else uses.
  fileprivate func spareKey(at block: UInt64) -> StreamKey {
    let counterAndNonce = SIMD4(
      UInt32(truncatingIfNeeded: block), UInt32(truncatingIfNeeded: block >> 32), 0, 2)
    var words = SIMD16<UInt32>()
    withUnsafePointer(to: state.pointee.key) { key in
      key.withMemoryRebound(to: UInt32.self, capacity: 8) { key in
        counterAndNonce.withWords { tail in
          words.withMutableWords { tradeoff_chacha20_block(key, tail, $0) }
        }
      }
    }
    return StreamKey(words: words.lowHalf)
  }
}
