import LinearAlgebra
import Testing

@Suite struct ElementwiseTests {
  @Test(arguments: awkwardLengths) func rectifyKeepsWhatIsPositive(count: Int) {
    let before = samples(count + 3, seed: 4)
    var values = before
    rectify(&values, count: count)
    #expect(values == before.prefix(count).map { $0 < 0 ? 0 : $0 } + before.suffix(3))
  }

  /// A training run that has diverged must not look like one that has not.
  @Test func rectifyLetsNotANumberThrough() {
    var values = [Float](repeating: 1, count: 37)
    values[5] = .nan
    values[36] = .nan
    values[7] = .infinity
    values[8] = -.infinity
    rectify(&values, count: 37)
    #expect(values.indices.filter { values[$0].isNaN } == [5, 36])
    #expect(values[7] == .infinity)
    #expect(values[8] == 0)
  }

  @Test(arguments: awkwardLengths) func theRectifiersGradientPassesWhereItIsActive(count: Int) {
    let before = samples(count + 3, seed: 5)
    var activation = samples(count + 3, seed: 6)
    rectify(&activation, count: activation.count)
    var gradient = before
    rectifierGradient(&gradient, activation: activation, count: count)
    let expected = (0..<count).map { activation[$0] == 0 ? 0 : before[$0] } + before.suffix(3)
    #expect(gradient == expected)
  }

  @Test(arguments: [(0, 4), (1, 1), (3, 17), (5, 0), (20, 33)], [0, 1, 3])
  func columnSumsAddToTheirRange(shape: (rows: Int, columns: Int), offset: Int) {
    let view = MatrixView(offset: offset, rows: shape.rows, columns: shape.columns)
    let values = samples(view.range.upperBound + 1, seed: 7)
    let before = samples(offset + shape.columns + 2, seed: 8)
    var total = before
    let range = (offset + 1)..<(offset + 1 + shape.columns)
    addColumnSums(of: values, view, scale: -0.5, to: &total, at: range)
    for place in before.indices {
      let column = place - range.lowerBound
      let sum =
        range.contains(place)
        ? (0..<shape.rows).reduce(0.0) { $0 + Double(values[offset + $1 * shape.columns + column]) }
        : 0
      let expected = Double(before[place]) - 0.5 * sum
      #expect((Double(total[place]) - expected).magnitude <= 1e-5)
    }
  }

  @Test(arguments: awkwardLengths) func differencesAreElementwise(count: Int) {
    let left = samples(count, seed: 9)
    let right = samples(count, seed: 10)
    var difference = [Float](repeating: .nan, count: count)
    subtract(right, from: left, into: &difference)
    #expect(difference == zip(left, right).map { $0 - $1 })
  }

  @Test(arguments: [0, 1, 4], [0, 1, 17]) func rowsAreCopied(rows: Int, columns: Int) {
    let source = samples(columns + 4, seed: 11)
    let row = 3..<(3 + columns)
    var buffer = samples(rows * columns + 2, seed: 12)
    let rest = buffer.suffix(2)
    broadcast(row, of: source, toRows: rows, of: &buffer)
    #expect(buffer == (0..<rows).flatMap { _ in source[row] } + rest)
  }

  @Test(arguments: [1, 3, 16, 49, 784]) func bytesAreGatheredByRow(rowLength: Int) {
    let bytes = (0..<(20 * rowLength)).map { UInt8(truncatingIfNeeded: 37 * $0 + 11) }
    let indices: [Int32] = [4, 19, 0, 0, 7]
    var rows = AlignedFloats(count: 6 * rowLength)
    for index in rows.values.indices { rows.values[index] = -1 }
    var squares = [UInt64](repeating: 5, count: 5)
    gather(
      indices[1...], from: bytes, rowLength: rowLength, scale: 1 / 255, into: &rows,
      squares: &squares)
    let sums = indices[1...].map { index in
      (0..<rowLength).reduce(UInt64(0)) {
        let byte = UInt64(bytes[Int(index) * rowLength + $1])
        return $0 + byte * byte
      }
    }
    #expect(squares == sums + [5])
    let scale: Float = 1 / 255
    let expected = indices[1...].flatMap { index in
      (0..<rowLength).map { scale * Float(bytes[Int(index) * rowLength + $0]) }
    }
    let gathered = rows.offset..<rows.offset + 4 * rowLength
    #expect(rows.values[gathered] == expected[...])
    #expect(rows.values[..<gathered.lowerBound].allSatisfy { $0 == -1 })
    #expect(rows.values[gathered.upperBound...].allSatisfy { $0 == -1 })
  }

  @Test(arguments: [0, 1, 15, 16, 17, 1000]) func alignedFloatsBeginAtACacheLine(count: Int) {
    let aligned = AlignedFloats(count: count)
    #expect(aligned.count == count)
    #expect(aligned.offset + count <= aligned.values.count)
    let address = aligned.values.withUnsafeBufferPointer {
      Int(bitPattern: $0.baseAddress) + aligned.offset * MemoryLayout<Float>.stride
    }
    #expect(address.isMultiple(of: 64))
    #expect(AlignedFloats(count: count, isAligned: false).offset == 0)
  }

  @Test(arguments: [0..<0, 0..<20, 3..<17]) func partsAreCopiedToACacheLine(range: Range<Int>) {
    let values = samples(20, seed: 13)
    var aligned = AlignedFloats(count: 20)
    copy(values, range, into: &aligned)
    #expect(Array(aligned.values[aligned.offset...].prefix(range.count)) == Array(values[range]))
  }
}
