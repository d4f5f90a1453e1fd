import Foundation
import SpecialMath

/// Laplace noise with the ratio R of the shift to its scale: b is -R with probability 1/2, R with
/// probability e^-R / 2, and has the density e^(-(R + b) / 2) / 4 between.
struct LaplaceLaw: NoiseLaw {
  /// The shift divided by the scale.
  let largestLoss: Double

  init(noiseMultiplier: Double) {
    largestLoss = 1 / noiseMultiplier
  }

  func lossRange(logTailBelow: Double, logTailAbove: Double) -> ClosedRange<Double> {
    (-largestLoss).nextDown...largestLoss
  }

  func logMass(of tail: LossTail, beyond loss: Double, isShifted: Bool) -> Double { -.infinity }

  func appendNodes(between lower: Double, and upper: Double, to nodes: inout [LossNode]) {
    if lower < -largestLoss, -largestLoss <= upper { nodes.append(lowAtom) }
    let last = min(upper, largestLoss)
    var start = max(lower, -largestLoss)
    while start < last {
      let end = last - start < 1.5 ? last : start + 1
      appendPanel(from: start, to: end, to: &nodes)
      start = end
    }
    if lower < largestLoss, largestLoss <= upper { nodes.append(highAtom) }
  }

  func survey(of range: ClosedRange<Double>) -> [LossNode] {
    var nodes = [lowAtom]
    let count = 8 + (2 * largestLoss / 0.2).rounded(.up)
    let step = 2 * largestLoss / count
    for index in 0..<Int(count) {
      let loss = -largestLoss + (Double(index) + 0.5) * step
      nodes.append(LossNode(logWeight: logDensity(loss) + log(step), loss: loss, lossError: 0))
    }
    return nodes + [highAtom]
  }

  var smallestLoss: Double { -largestLoss }

  var scale: Double { largestLoss }

  var nodeCount: Double { 8 * (10 + 2 * largestLoss) }

  private func appendPanel(from start: Double, to end: Double, to nodes: inout [LossNode]) {
    let halfWidth = (end - start) / 2
    let middle = start + halfWidth
    let logHalfWidth = log(halfWidth)
    for node in Self.rule.nodes {
      let loss = middle + halfWidth * node.place
      nodes.append(
        LossNode(
          logWeight: logDensity(loss) + logHalfWidth + node.logWeight, loss: loss,
          lossError: 2 * .unitRoundoff * abs(loss)))
    }
  }

  private func logDensity(_ loss: Double) -> Double { -(largestLoss + loss) / 2 - log(4) }

  private var lowAtom: LossNode {
    LossNode(
      logWeight: -log(2), loss: -largestLoss, lossError: 2 * .unitRoundoff * largestLoss)
  }

  private var highAtom: LossNode {
    LossNode(
      logWeight: -largestLoss - log(2), loss: largestLoss,
      lossError: 2 * .unitRoundoff * largestLoss)
  }

  /// The integrands are exponentials; on panels of width 1.5 eight points err by less than 1e-16.
  private static let rule = GaussLegendreRule(count: 8)
}
