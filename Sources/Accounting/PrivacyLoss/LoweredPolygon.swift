import Foundation

/// The lower bound of ``DiscreteLossPair``: the split of losses between knots, less what lowering the
/// knots takes.
///
/// Masses are multiplied by e^(tilt loss) at their knots, as in ``LossCells``.
struct LoweredPolygon {
  private(set) var masses: [Double]
  /// How far the polygon may lie above delta for rounding, in total.
  private(set) var error = 0.0
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
  ///
  /// A tangent at a cell's middle is no use where it would take the next knot below 0, or near it:
  /// there the tangent at the cell's high end leaves that knot alone, and the low end above 0.
  private mutating func lower(_ cells: LossCells) {
    let heights = heights
    var lowerings = Array(repeating: 0.0, count: masses.count)
    for cell in widths.indices {
      let high = cells.lowerings[cell].high * exp(tilt * widths[cell])
      let isSteep = high > heights[cell + 1] / 2
      let low = isSteep ? cells.excesses[cell] : cells.lowerings[cell].low
      lowerings[cell] = max(lowerings[cell], low)
      lowerings[cell + 1] = isSteep ? 0 : high
      if lowerings[cell] > heights[cell] {
        error += lowerings[cell] * Self.heightSlack
        lowerings[cell] = heights[cell]
      }
    }
    for knot in masses.indices {
      var taken = -lowerings[knot]
      if knot + 1 < masses.count {
        let next = lowerings[knot + 1] * exp(-tilt * widths[knot])
        taken += (next - lowerings[knot]) / expm1(widths[knot])
      }
      if knot > 0 {
        let previous = lowerings[knot - 1] * exp(tilt * widths[knot - 1])
        taken += lowerings[knot] - (lowerings[knot] - previous) / -expm1(-widths[knot - 1])
      }
      masses[knot] -= taken
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
      heights[knot] = max(0, truePositive - falsePositive - Self.heightSlack * truePositive)
    }
    return heights
  }

  /// Takes out knots where the polygon bends the wrong way, from left to right, and looks again at
  /// those before. It falls to 0 and not below, so that the last knot stays.
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

  private static let heightSlack = 1e-13

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
