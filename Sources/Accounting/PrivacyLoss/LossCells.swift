import Foundation

/// What the cells between neighboring knots hold of one step's privacy loss, all of it multiplied
/// by e^(tilt loss - logScale) at the knot that it belongs to.
struct LossCells {
  /// The distance from each knot to the next.
  let widths: [Double]
  /// The probability at each knot when losses are split between neighbors, keeping P and Q: with
  /// losses rounded up, for an upper bound.
  private(set) var splitUp: [Double]
  /// The same with losses rounded down.
  private(set) var splitDown: [Double]
  /// By cell, at its lower knot.
  private(set) var bends: [ChordBend]
  let logScale: Double
  /// How far each of the splits may be off in total, by rounding and by the rule of integration.
  private(set) var error = 0.0

  init(
    of step: SampledLoss, within noiseRange: ClosedRange<Double>, losses: [Double], indices: [Int],
    grid: LossGrid, logScale: Double
  ) {
    widths = (1..<indices.count).map { Double(indices[$0] - indices[$0 - 1]) * grid.spacing }
    splitUp = Array(repeating: 0, count: losses.count)
    splitDown = splitUp
    bends = Array(repeating: ChordBend(), count: losses.count - 1)
    self.logScale = logScale

    let isRemoval = step.direction == .remove
    // Rising in the noise's loss or falling, a boundary belongs to one cell alone.
    let boundaries = losses.map { loss in
      min(max(step.noiseLoss(atLoss: loss), noiseRange.lowerBound), noiseRange.upperBound)
    }
    let lastCell = losses.count - 2
    var nodes: [LossNode] = []
    for cell in 0...lastCell {
      let isFirst = cell == 0
      let isLast = cell == lastCell
      nodes.removeAll(keepingCapacity: true)
      if isRemoval {
        step.noise.appendNodes(
          between: isFirst ? noiseRange.lowerBound : boundaries[cell],
          and: isLast ? noiseRange.upperBound : boundaries[cell + 1], to: &nodes)
      } else {
        step.noise.appendNodes(
          between: isLast ? noiseRange.lowerBound : boundaries[cell + 1],
          and: isFirst ? noiseRange.upperBound : boundaries[cell], to: &nodes)
      }
      guard !nodes.isEmpty else { continue }
      add(nodes, to: cell, at: losses[cell], of: step, tilt: grid.tilt)
    }
  }

  private mutating func add(
    _ nodes: [LossNode], to cell: Int, at base: Double, of step: SampledLoss, tilt: Double
  ) {
    let isRemoval = step.direction == .remove
    let rate = step.samplingRate
    let width = widths[cell]
    let fullDecline = -expm1(-width)
    let fullGrowth = expm1(width)
    let tiltGrowth = exp(tilt * width)
    let tiltAtBase = tilt * base - logScale

    var (upLow, upHigh, downLow, downHigh) = (0.0, 0.0, 0.0, 0.0)
    var (spread, excess, deficit) = (0.0, 0.0, 0.0)
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
      let growthLeft = (fullGrowth * (1 - decline) - decline)
      spread += weight * decline * growthLeft / ((1 - decline) * fullGrowth)
      excess += weight * decline
      deficit += weight * growthLeft
      error +=
        weight * (abs(exponent) + 2 * abs(node.logWeight) + abs(tiltAtBase) + 16)
        * .unitRoundoff * max(1, tiltGrowth)
    }
    splitUp[cell] += upLow
    splitUp[cell + 1] += upHigh * tiltGrowth
    splitDown[cell] += downLow
    splitDown[cell + 1] += downHigh * tiltGrowth
    bends[cell] = ChordBend(
      top: max(0, spread) * (1 + Self.bendSlack), fromLow: max(0, excess) * (1 + Self.bendSlack),
      fromHigh: max(0, deficit) * (1 + Self.bendSlack))
  }

  /// Covers the rule of integration, which near the poles of e^-Lambda is good to 1e-10, and the
  /// rounding of offsets that are small beside their losses.
  private static let bendSlack = 1e-6
}

/// How far delta's chord over a cell lies above delta, told by lines: what it rises above each of
/// three lines through its ends, lowered, lies below delta.
///
/// A Q-probability dq at y raises the chord by a tent over the cell, (y - z) (z' - y) / (z' - z) dq
/// high at y. Over the tent lie the horizontal line through its top, its falling side, which is
/// (y - z) dq high at z and 0 at z', and its rising side, 0 at z and (z' - y) dq high at z'.
struct ChordBend {
  /// The sum of the tents' heights, which is enough at both ends.
  var top = 0.0
  /// Enough at the low end, if the high end stays.
  var fromLow = 0.0
  /// Enough at the high end, if the low end stays.
  var fromHigh = 0.0

  /// How much to lower the two ends: as little as seems to be needed. Where nearly all of the cell's
  /// probability is near one end, lowering that end is enough.
  var lowering: (low: Double, high: Double) {
    if fromLow < Self.heapShare * fromHigh { return (fromLow, 0) }
    if fromHigh < Self.heapShare * fromLow { return (0, fromHigh) }
    return (top, top)
  }

  private static let heapShare = 0.2
}
