import Foundation

/// Where one step's lattice lies: at the multiples of a spacing plus an offset.
///
/// Rare cohorts leave most of a step's loss in a heap narrower than the spacing, at the lowest loss
/// when the unit is removed and at the highest when it is added. On a lattice with a point in the
/// heap little of it is moved; on another one all of it is.
struct LossOffset {
  let value: Double
  /// About how much splitting losses between lattice points adds to their variance under the tilt.
  let addedVariance: Double

  /// The best of several offsets for losses that have the tilted probabilities `masses`.
  init(of masses: [Double], at losses: [Double], for step: SampledLoss, spacing: Double) {
    func cost(_ offset: Double) -> Double {
      var cost = 0.0
      for (mass, loss) in zip(masses, losses) {
        let place = (loss - offset) / spacing
        let share = place - place.rounded(.down)
        cost += mass * share * (1 - share)
      }
      return cost * spacing * spacing
    }
    var best: Double
    if step.isBounded {
      best = step.loss(atNoiseLoss: step.noise.smallestLoss)
    } else {
      let heap = zip(masses, losses).max { $0.0 < $1.0 }?.1 ?? 0
      let candidates = (0..<8).map { heap + Double($0) / 8 * spacing }
      let rated = candidates.map { (offset: $0, cost: cost($0)) }
      best = rated.min { $0.cost < $1.cost }!.offset
      if step.samplingRate < 1 {
        let side = step.direction == .remove ? 1.0 : -1.0
        best +=
          side
          * Self.imbalance(
            of: masses, at: losses.map { $0 * side }, offset: best * side, spacing: spacing)
      }
    }
    let reduced = best - (best / spacing).rounded() * spacing
    // Atoms meant to be on the lattice must not be below it by rounding: where nothing is above, the
    // lower bound would put them on the next point below.
    value = step.isBounded ? reduced - Self.atomMargin * abs(best) : reduced
    addedVariance = cost(value)
  }

  /// How far to the right the lattice must go for its first point not to lie below the mean of the
  /// losses that are nearest to it.
  ///
  /// The lower bound puts these losses on that point. Further right it takes from others, too; but
  /// to the left of their mean it has to make them smaller.
  private static func imbalance(
    of masses: [Double], at losses: [Double], offset: Double, spacing: Double
  ) -> Double {
    guard let lowest = losses.min() else { return 0 }
    var shift = 0.0
    for _ in 1...4 {
      let place = offset + shift
      let first = place + ((lowest - place) / spacing).rounded() * spacing
      var (mass, moment) = (0.0, 0.0)
      for (index, loss) in losses.enumerated() where loss < first + spacing / 2 {
        mass += masses[index]
        moment += masses[index] * (first - loss)
      }
      let missing = margin * spacing * mass - moment
      if missing <= 0 || mass < 1e-9 { break }
      shift += min(missing / mass, spacing / 4)
    }
    return shift
  }

  private static let margin = 0.03
  private static let atomMargin = 64 * Double.unitRoundoff
}
