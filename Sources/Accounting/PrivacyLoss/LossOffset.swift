import Foundation

/// Where one step's lattice lies: at the multiples of a spacing plus an offset.
///
/// Rare cohorts leave most of a step's loss in a heap narrower than the spacing. On a lattice with a
/// point in the heap little of it is moved; on another one all of it is.
struct LossOffset {
  let value: Double
  /// About how much splitting losses between lattice points adds to their variance under the tilt.
  let addedVariance: Double

  /// The best of several offsets; zero unless it is worse by some.
  init(of masses: [Double], at losses: [Double], spacing: Double) {
    let candidates = stride(from: 0, to: 8, by: 1).map { Double($0) / 8 }
    let heap = zip(masses, losses).max { $0.0 < $1.0 }?.1 ?? 0
    var best = (offset: 0.0, cost: Double.infinity)
    for candidate in [0] + candidates.map({ heap + $0 * spacing }) {
      var cost = 0.0
      for (mass, loss) in zip(masses, losses) {
        let place = (loss - candidate) / spacing
        let share = place - place.rounded(.down)
        cost += mass * share * (1 - share)
      }
      if cost < best.cost * 0.99 { best = (candidate, cost) }
    }
    value = best.offset - (best.offset / spacing).rounded() * spacing
    addedVariance = best.cost * spacing * spacing
  }
}
