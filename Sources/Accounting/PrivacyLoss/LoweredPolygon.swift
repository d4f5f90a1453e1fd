import Foundation

/// The lower bound of ``DiscreteLossPair``: the split of losses between knots, less what lowering the
/// knots takes.
///
/// Masses are multiplied by e^(tilt loss) at their knots, as in ``LossCells``.
struct LoweredPolygon {
  private(set) var masses: [Double]
  private let widths: [Double]
  private let tilt: Double

  init(cells: LossCells, tilt: Double) {
    self.tilt = tilt
    widths = cells.widths
    masses = cells.splitDown
    lower(cells)
    makeConvex()
  }

  /// Lowering a knot by c takes the Q-probability c / (z' - z) + c / (z - z_) from it and gives the
  /// shares to its neighbors. Below the first knot lies y = 0, where nothing is lowered.
  private mutating func lower(_ cells: LossCells) {
    let heights = heights
    var lowerings = Array(repeating: 0.0, count: masses.count)
    for cell in widths.indices {
      let (low, high) = cells.lowerings[cell]
      lowerings[cell] = max(lowerings[cell], low)
      lowerings[cell + 1] = high * exp(tilt * widths[cell])
    }
    // Near the top delta is too small to be lowered like that. There the polygon ends, at the last
    // knot but which it can still be above 0. If the tangent of the cell between reaches 0 before
    // its end, the low end alone is lowered, so far that the high one need not be.
    var end = masses.count - 1
    var height = 0.0
    while end > 0 {
      let cell = end - 1
      let high = cells.lowerings[cell].high * exp(tilt * widths[cell])
      let low = high <= heights[end] ? cells.lowerings[cell].low : cells.excesses[cell]
      let before = cell > 0 ? cells.lowerings[cell - 1].high * exp(tilt * widths[cell - 1]) : 0
      let lowering = max(before, low)
      height = heights[end - 1] - lowering
      if height > 0 {
        lowerings[end - 1] = lowering
        lowerings[end] = heights[end]
        break
      }
      end -= 1
    }

    for knot in 0..<end {
      let next = lowerings[knot + 1] * exp(-tilt * widths[knot])
      var taken = (next - lowerings[knot]) / expm1(widths[knot]) - lowerings[knot]
      if knot > 0 {
        let previous = lowerings[knot - 1] * exp(tilt * widths[knot - 1])
        taken += lowerings[knot] - (lowerings[knot] - previous) / -expm1(-widths[knot - 1])
      }
      masses[knot] -= taken
    }
    for knot in end..<masses.count { masses[knot] = 0 }
    if end > 0 {
      masses[end] = height * exp(tilt * widths[end - 1]) / -expm1(-widths[end - 1])
    }
  }

  /// Delta at the knots, of the split losses, rounded down.
  private var heights: [Double] {
    var heights = Array(repeating: 0.0, count: masses.count)
    // Beyond the knot: P, and Q times e^loss.
    var (truePositive, falsePositive) = (0.0, 0.0)
    for knot in masses.indices.dropLast().reversed() {
      truePositive = (truePositive + masses[knot + 1]) * exp(-tilt * widths[knot])
      falsePositive = (falsePositive + masses[knot + 1]) * exp(-(tilt + 1) * widths[knot])
      heights[knot] = max(0, truePositive - falsePositive - 1e-13 * truePositive)
    }
    return heights
  }

  /// Takes out knots where the polygon bends the wrong way, from left to right, and looks again at
  /// those before. It falls to 0, so that the last knot stays.
  private mutating func makeConvex() {
    var kept: [Int] = []
    for knot in masses.indices {
      kept.append(knot)
      while let bent = kept.last, masses[bent] < 0, knot + 1 < masses.count {
        kept.removeLast()
        split(bent, between: kept.last, and: knot + 1)
      }
    }
    if let last = kept.last { masses[last] = max(0, masses[last]) }
  }

  private func distance(from lower: Int, to upper: Int) -> Double {
    var distance = 0.0
    for cell in lower..<upper { distance += widths[cell] }
    return distance
  }

  /// Moves the mass of `knot` to its neighbors, keeping P and Q. To the left of the first one lies
  /// y = 0, which has no P.
  private mutating func split(_ knot: Int, between lower: Int?, and upper: Int) {
    let mass = masses[knot]
    masses[knot] = 0
    let above = distance(from: knot, to: upper)
    guard let lower else {
      masses[upper] += mass * exp(tilt * above)
      return
    }
    let below = distance(from: lower, to: knot)
    let share = -expm1(-below) / -expm1(-(below + above))
    masses[upper] += mass * share * exp(tilt * above)
    masses[lower] += mass * (1 - share) * exp(-tilt * below)
  }
}
