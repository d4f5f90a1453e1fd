import Foundation

/// How far about a threshold losses must be kept apart for the others to be negligible.
///
/// A loss counts at its distance from the threshold modulo the window's width. Those below the
/// threshold, down to `lowReach`, then count where the payoff has declined by e^-(tilt
/// payoffReach); those lower still or above the window are improbable under the tilted law, by
/// Chernoff's bound at the changes of tilt kept here.
struct LossWindow {
  let width: Double
  let payoffReach: Double
  /// Positive.
  let lowTiltChange: Double
  /// Positive.
  let highTiltChange: Double

  var lowReach: Double { width - payoffReach }

  /// A window for the payoff above `epsilon`, which is to be delta, under a tilt at which the sum of
  /// losses has the cumulant `here`.
  init(
    epsilon: Double, logDelta: Double, tilt: Double, here: Cumulant,
    cumulant: (Double) -> Cumulant
  ) {
    // The smaller delta is under the tilt, the less may be lost.
    let logTiltedDelta = logDelta + tilt * epsilon - here.value
    let logNegligible = max(17, 12 - logTiltedDelta)
    // Bounded losses can leave next to no variance; the tilt tells a scale, too.
    let deviation = max(here.variance.squareRoot(), 0.5 / tilt)
    func reach(sign: Double) -> (distance: Double, tiltChange: Double) {
      let reaches = [0.5, 1, 2, 4, 6, 9].map { multiple in
        let change = multiple / deviation
        let growth = cumulant(tilt + sign * change).value - here.value
        return (
          distance: (logNegligible + growth) / change - sign * epsilon, tiltChange: change
        )
      }
      return reaches.min { $0.distance < $1.distance }!
    }
    let (high, low) = (reach(sign: 1), reach(sign: -1))
    payoffReach = (logNegligible + log1p(tilt)) / tilt
    width = max(high.distance, max(low.distance, 0) + payoffReach)
    lowTiltChange = low.tiltChange
    highTiltChange = high.tiltChange
  }
}
