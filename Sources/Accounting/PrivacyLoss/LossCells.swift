import Foundation

/// What the cells between neighboring knots hold of one step's privacy loss, all of it multiplied
/// by e^(tilt loss - logScale) at the knot that it belongs to.
struct LossCells {
  private let direction: LossDirection
  /// The distance from each knot to the next.
  let widths: [Double]
  /// The probability at each knot when losses are split between neighbors, keeping P and Q: with
  /// losses rounded up, for an upper bound.
  private(set) var splitUp: [Double]
  /// The same with losses rounded down.
  private(set) var splitDown: [Double]
  /// By cell, at its lower knot: how far the two ends of delta's chord lie above the tangent to
  /// delta at the cell's middle, and in the first cell at its low end.
  private(set) var lowerings: [(low: Double, high: Double)]
  /// By cell, at its lower knot: how far the chord's low end lies above a tangent to delta at the
  /// high end.
  private(set) var excesses: [Double]
  let logScale: Double
  /// How far each of the splits may be off in total, by rounding and by the rule of integration.
  private(set) var error = 0.0

  init(
    of step: SampledLoss, within noiseRange: ClosedRange<Double>, knots: LossKnots, grid: LossGrid,
    logScale: Double
  ) {
    let losses = knots.losses
    direction = step.direction
    widths = knots.widths
    splitUp = Array(repeating: 0, count: losses.count)
    splitDown = splitUp
    lowerings = Array(repeating: (0, 0), count: losses.count - 1)
    excesses = Array(repeating: 0, count: losses.count - 1)
    self.logScale = logScale

    func place(of loss: Double) -> Double {
      min(max(step.noiseLoss(atLoss: loss), noiseRange.lowerBound), noiseRange.upperBound)
    }
    let isRemoval = step.direction == .remove
    let lowest = isRemoval ? noiseRange.lowerBound : noiseRange.upperBound
    let highest = isRemoval ? noiseRange.upperBound : noiseRange.lowerBound
    var nodes: [LossNode] = []
    var start = lowest
    for cell in widths.indices {
      // To the left of all losses delta is 1 - y, which is the first tangent.
      let middle = cell == 0 ? lowest : place(of: losses[cell] + widths[cell] / 2)
      let end = cell == widths.count - 1 ? highest : place(of: losses[cell + 1])
      for half in [CellHalf.low, .high] {
        let ends = half == .low ? (start, middle) : (middle, end)
        nodes.removeAll(keepingCapacity: true)
        step.noise.appendNodes(
          between: min(ends.0, ends.1), and: max(ends.0, ends.1), to: &nodes)
        if !nodes.isEmpty {
          add(nodes, of: half, to: cell, at: losses[cell], of: step, tilt: grid.tilt)
        }
      }
      start = end
    }
  }

  /// How far the lattice must go inwards for the heap of losses at its end to lie on the outer side
  /// of the lattice point that the lower bound puts it on, and near it (``LossOffset``).
  func offsetCorrection(on grid: LossGrid) -> Double {
    guard widths.count > 1 else { return 0 }
    func growth(_ cell: Int) -> Double { exp(grid.tilt * widths[cell]) }
    // Of the outermost cell: how far its losses lie from its outer and from its inner end. Of the
    // cell beside it: how far those near the point between lie from there.
    let (outer, inner, beyond): (Double, Double, Double)
    let (outerMass, innerMass): (Double, Double)
    switch direction {
    case .remove:
      (outer, inner, beyond) = (
        excesses[0], lowerings[0].high, lowerings[1].low / growth(0)
      )
      (outerMass, innerMass) = (splitDown[0], splitDown[1] / growth(0))
    case .add:
      let last = widths.count - 1
      (outer, inner, beyond) = (
        lowerings[last].high, excesses[last], lowerings[last - 1].high * growth(last - 1)
      )
      (outerMass, innerMass) = (splitDown[last + 1] / growth(last), splitDown[last])
    }
    let missing: Double
    if inner > grid.negligibleShift, outer < inner / 2 {
      missing = outer / outerMass
    } else if beyond - inner > grid.negligibleShift {
      missing = (beyond - inner) / innerMass
    } else {
      return 0
    }
    return missing > 0 ? min(missing, widths[0] / 4) : 0
  }

  /// The part of a cell on one side of where the tangent touches delta.
  private enum CellHalf {
    case low
    case high
  }

  private mutating func add(
    _ nodes: [LossNode], of half: CellHalf, to cell: Int, at base: Double, of step: SampledLoss,
    tilt: Double
  ) {
    let isRemoval = step.direction == .remove
    let rate = step.samplingRate
    let width = widths[cell]
    let fullDecline = -expm1(-width)
    let fullGrowth = expm1(width)
    let tiltGrowth = exp(tilt * width)
    let tiltAtBase = tilt * base - logScale

    var (upLow, upHigh, downLow, downHigh) = (0.0, 0.0, 0.0, 0.0)
    var (lowering, excess) = (0.0, 0.0)
    for node in nodes {
      let lambda = step.logMixture(node.loss)
      // d lambda / d b
      let slope = rate == 1 ? 1 : rate * exp(node.loss - lambda)
      let lambdaError =
        rate == 1
        ? node.lossError
        : slope * node.lossError
          + .unitRoundoff * (4 * abs(lambda) + 4 * abs(slope - rate * exp(-lambda)))
      let exponent = (isRemoval ? node.logWeight + lambda : node.logWeight) + tiltAtBase
      let weight = exp(exponent)
      let loss = isRemoval ? lambda : -lambda
      let offset = min(max(loss - base, 0), width)
      let offsetError = lambdaError + 2 * .unitRoundoff * (abs(loss) + abs(base))
      let decline = -expm1(-offset)
      let share = decline / fullDecline
      let shareError = offsetError / fullDecline
      let shareUp = min(share + shareError, 1)
      let shareDown = max(share - shareError, 0)
      upHigh += weight * shareUp
      upLow += weight * (1 - shareUp)
      downHigh += weight * shareDown
      downLow += weight * (1 - shareDown)
      excess += weight * decline
      lowering += weight * (half == .low ? decline : fullGrowth * (1 - decline) - decline)
      error +=
        weight * (abs(exponent) + 2 * abs(node.logWeight) + abs(tiltAtBase) + 16) * .unitRoundoff
        * max(1, tiltGrowth)
    }
    splitUp[cell] += upLow
    splitUp[cell + 1] += upHigh * tiltGrowth
    splitDown[cell] += downLow
    splitDown[cell + 1] += downHigh * tiltGrowth
    excesses[cell] += max(0, excess) * (1 + Self.loweringSlack)
    lowering = max(0, lowering) * (1 + Self.loweringSlack)
    switch half {
    case .low: lowerings[cell].low += lowering
    case .high: lowerings[cell].high += lowering
    }
  }

  /// Covers the rule of integration, which near the poles of e^-Lambda is good to 1e-10, and the
  /// rounding of offsets that are small beside their losses.
  private static let loweringSlack = 1e-6
}
