import Foundation
import SpecialMath

/// Gaussian noise: b is normal with mean -precision / 2 and variance precision.
///
/// Smooth parts are integrated over the noise in its standard deviations. The functions that are
/// integrated are the two normal densities and, times a bounded factor, their ratio, which on a
/// complex neighborhood of radius r of a point s grow by at most e^(r (|s| + r / 2 + 2 deviation)).
/// A panel of width D makes the rule with n points err by less than a relative
/// 64 / 15 M (4 r / D)^(-2 n) (Trefethen 2013, Theorem 19.3) with r (|s| + 2 deviation + 1) = 2 and M
/// about e^2; the numbers of points below keep that under 1e-15.
struct GaussianLaw: NoiseLaw {
  /// The standard deviation of b.
  let deviation: Double

  init(precision: Double) {
    deviation = precision.squareRoot()
  }

  private var mean: Double { -deviation * deviation / 2 }

  private func loss(at place: Double) -> Double { deviation * place + mean }

  private func place(of loss: Double) -> Double { (loss - mean) / deviation }

  func lossRange(logTailBelow: Double, logTailAbove: Double) -> ClosedRange<Double> {
    let below = Self.logTailQuantile(logTailBelow)
    let above = Self.logTailQuantile(logTailAbove)
    return loss(at: -below)...loss(at: above + deviation)
  }

  func logMass(of tail: LossTail, beyond loss: Double, isShifted: Bool) -> Double {
    let place = place(of: loss) - (isShifted ? deviation : 0)
    return StandardNormal.logUpperTail(tail == .high ? place : -place)
  }

  func appendNodes(between lower: Double, and upper: Double, to nodes: inout [LossNode]) {
    var start = place(of: lower)
    let last = place(of: upper)
    while start < last {
      let steepness = abs(start) + 2 * deviation + 1
      let end = last - start < 1.5 / steepness ? last : start + 1 / steepness
      appendPanel(from: start, to: end, steepness: steepness, to: &nodes)
      start = end
    }
  }

  private func appendPanel(
    from start: Double, to end: Double, steepness: Double, to nodes: inout [LossNode]
  ) {
    let halfWidth = (end - start) / 2
    let middle = start + halfWidth
    let logHalfWidth = log(halfWidth)
    let rule = Self.rule(relativeWidth: 2 * halfWidth * steepness)
    for node in rule.nodes {
      let place = middle + halfWidth * node.place
      let loss = loss(at: place)
      nodes.append(
        LossNode(
          logWeight: StandardNormal.logDensity(place) + logHalfWidth + node.logWeight, loss: loss,
          lossError: 2 * .unitRoundoff * (abs(deviation * place) - mean)))
    }
  }

  func survey(of range: ClosedRange<Double>) -> [LossNode] {
    let (first, last) = (place(of: range.lowerBound), place(of: range.upperBound))
    let count = max(2, ((last - first) / 0.2).rounded(.up))
    let step = (last - first) / count
    return (0...Int(count)).map {
      let place = first + Double($0) * step
      return LossNode(
        logWeight: StandardNormal.logDensity(place) + log(step), loss: loss(at: place), lossError: 0
      )
    }
  }

  var largestLoss: Double { .infinity }

  var smallestLoss: Double { -.infinity }

  var scale: Double { max(deviation, deviation * deviation / 2) }

  var nodeCount: Double { 10 * (20 + deviation) * (20 + 2 * deviation) }

  /// About the place beyond which a standard normal variable has the probability e^`logTail`, and
  /// not less.
  private static func logTailQuantile(_ logTail: Double) -> Double {
    MonotoneSearch.bisect(0...2 + (-2 * logTail).squareRoot(), relativeTolerance: 1e-3) {
      StandardNormal.logUpperTail($0) <= logTail
    }.above
  }

  private static func rule(relativeWidth: Double) -> GaussLegendreRule {
    switch relativeWidth {
    case ...0.015: narrowest
    case ...0.06: narrow
    case ...0.3: medium
    default: wide
    }
  }

  private static let narrowest = GaussLegendreRule(count: 3)
  private static let narrow = GaussLegendreRule(count: 4)
  private static let medium = GaussLegendreRule(count: 6)
  private static let wide = GaussLegendreRule(count: 12)
}
