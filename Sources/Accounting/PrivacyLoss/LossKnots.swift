import Foundation

/// The points of a lattice between which one step's losses are split: all of them where the losses
/// are likely, fewer and fewer outside.
struct LossKnots {
  /// As multiples of the spacing from the offset, rising, two or more.
  let indices: [Int]
  let offset: Double
  private let spacing: Double

  var losses: [Double] { indices.map { Double($0) * spacing + offset } }

  /// The distance from each knot to the next.
  var widths: [Double] {
    (1..<indices.count).map { Double(indices[$0] - indices[$0 - 1]) * spacing }
  }

  /// The lattice points on either side of each of the losses, which rise, and one below all.
  init(around losses: [Double], offset: Double, grid: LossGrid) {
    self.offset = offset
    spacing = grid.spacing
    var indices =
      losses.first.map {
        [Int((($0 - offset) / grid.spacing).rounded(.down)) - 1]
      } ?? []
    for loss in losses {
      let below = Int(((loss - offset) / grid.spacing).rounded(.down))
      for index in [below, below + 1] where index > indices.last ?? .min { indices.append(index) }
    }
    self.indices = indices
  }

  /// Knots from at most the first to at least the last loss of `range`, with one below an atom that
  /// is the first and one at it.
  ///
  /// A cell of m spacings on which the tilted law has the probability p costs about p m^2, times
  /// the tilt's growth over it; cells widen where that is negligible.
  init(
    over range: ClosedRange<Double>, offset: Double, survey: LossSurvey, tiltedMasses: [Double],
    startsWithAtom: Bool, grid: LossGrid
  ) {
    self.offset = offset
    spacing = grid.spacing
    let surveyed = survey.losses.indices.map { index in
      SurveyedTail(
        loss: survey.losses[index] - offset, mass: exp(survey.logMasses[index]),
        tiltedMass: tiltedMasses[index])
    }
    let mean = zip(survey.losses, tiltedMasses).reduce(0) { $0 + $1.0 * $1.1 } - offset
    let lowest = Int(((range.lowerBound - offset) / grid.spacing).rounded(.down))
    let first = startsWithAtom ? lowest - 1 : lowest
    let last = max(first + 1, Int(((range.upperBound - offset) / grid.spacing).rounded(.up)))
    let center = min(max(Int((mean / grid.spacing).rounded()), first), last)

    func walk(to end: Int, sign: Int, through losses: [SurveyedTail]) -> [Int] {
      let tails = SurveyedTail.accumulated(losses)
      var passed = 0
      var position = center
      var width = 1
      var found: [Int] = []
      while (end - position) * sign > 0 {
        let loss = Double(position) * grid.spacing
        // One surveyed loss behind, so that the probability is not taken for less than it is.
        while passed + 1 < tails.count, (loss - tails[passed + 1].loss) * Double(sign) > 0 {
          passed += 1
        }
        func isNegligible(_ width: Int) -> Bool {
          guard passed < tails.count else { return true }
          let size = Double(width)
          return size * grid.spacing <= tails[passed].reach
            && size * size * tails[passed].tiltedMass
              * exp((grid.tilt + 1) * size * grid.spacing) <= Self.negligibleCost
        }
        while width > 1, !isNegligible(width) { width /= 2 }
        if isNegligible(2 * width), Double(2 * width) * grid.spacing <= Self.widestCell {
          width *= 2
        }
        let left = abs(end - position)
        if found.count >= Self.thinningCount { width = max(width, left / Self.thinningCount + 1) }
        position += sign * min(width, left)
        found.append(position)
      }
      return found
    }
    let below = surveyed.filter { $0.loss <= Double(center) * grid.spacing }
    let above = surveyed.filter { $0.loss > Double(center) * grid.spacing }
    var indices =
      walk(to: first, sign: -1, through: below.reversed()).reversed() + [center]
      + walk(to: last, sign: 1, through: above)
    // Else the atom would be inside of the first cell, where the lower bound makes losses smaller.
    if startsWithAtom, indices[1] > lowest { indices.insert(lowest, at: 1) }
    self.indices = indices
  }

  private static let negligibleCost = 0.002
  private static let widestCell = 4.0
  /// After so many knots on one side the rest has no more than as many again, good or not.
  private static let thinningCount = 1 << 14
}

/// The probability from a surveyed loss on, away from the center.
private struct SurveyedTail {
  var loss: Double
  var mass: Double
  var tiltedMass: Double
  /// About how far it is until the probability has halved.
  var reach = Double.infinity

  static func accumulated(_ losses: [SurveyedTail]) -> [SurveyedTail] {
    var tails = losses
    for index in tails.indices.dropLast().reversed() {
      tails[index].mass += tails[index + 1].mass
      tails[index].tiltedMass += tails[index + 1].tiltedMass
      let decline = log(tails[index].mass / tails[index + 1].mass)
      tails[index].reach = abs(tails[index].loss - tails[index + 1].loss) * log(2) / decline
    }
    return tails
  }
}
