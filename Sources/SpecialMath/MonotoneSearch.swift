/// Searches that end with evidence on both sides, so a caller can take the safe one.
public enum MonotoneSearch {
  /// Two points no further apart than `relativeTolerance` times the upper one, or adjacent, between
  /// which a condition turns from false to true.
  ///
  /// `below` is the range's lower end, assumed false and not evaluated, or a point seen to be
  /// false. `above` is the range's upper end, assumed true and not evaluated, or a point seen to be
  /// true: also where rounding makes the condition waver, it was seen to hold at `above` itself.
  /// The range holds no negative number.
  public static func bisect<Failure: Error>(
    _ range: ClosedRange<Double>, relativeTolerance: Double,
    until isTrue: (Double) throws(Failure) -> Bool
  ) throws(Failure) -> (below: Double, above: Double) {
    precondition(range.lowerBound >= 0, "the range must not hold negative numbers")
    var (below, above) = (range.lowerBound, range.upperBound)
    while above - below > relativeTolerance * above {
      let middle = midpoint(below, above)
      guard below < middle, middle < above else { break }
      if try isTrue(middle) { above = middle } else { below = middle }
    }
    return (below, above)
  }

  /// Geometric while the range spans factors, arithmetic once it does not: few steps over many
  /// decades.
  static func midpoint(_ below: Double, _ above: Double) -> Double {
    let floor = max(below, above * 0x1p-100)
    guard above > 4 * floor else { return below + (above - below) / 2 }
    return floor.squareRoot() * above.squareRoot()
  }

  /// The index in `indices` where `value` is least, for a sequence that falls and then rises.
  ///
  /// Plateaus are allowed at the bottom only. Asks for about 2 log2(count) values.
  public static func argmin<Failure: Error>(
    _ indices: Range<Int>, value: (Int) throws(Failure) -> Double
  ) throws(Failure) -> Int {
    precondition(!indices.isEmpty, "an empty range has no least value")
    var (first, last) = (indices.lowerBound, indices.upperBound - 1)
    while first < last {
      let middle = first + (last - first) / 2
      if try value(middle) <= value(middle + 1) { last = middle } else { first = middle + 1 }
    }
    return first
  }
}
