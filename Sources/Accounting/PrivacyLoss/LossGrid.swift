import Foundation
import SpecialMath

/// The lattice on which privacy losses are added up, and the tilt under which.
///
/// All losses are multiples of `spacing`. Sums are kept modulo `count` of them. Probabilities are
/// multiplied by e^(tilt loss) throughout, so that the losses that make up delta are the likely ones
/// and rounding is relative to them.
struct LossGrid {
  let tilt: Double
  let spacing: Double
  let count: Int
  /// How much smaller each step's loss may become on average without it being noticed.
  let negligibleShift: Double
  /// What lies outside of the window about a threshold.
  let window: LossWindow

  var width: Double { Double(count) * spacing }

  /// The coarsest grid for the losses about a saddle point of which a wished-for gap between the
  /// bounds is to be expected.
  ///
  /// Splitting a loss between two neighbors on the lattice, and the converse for the lower bound,
  /// each change its variance by about `addedVariance`(spacing). That changes the cumulant at tilt +
  /// 1 by half as much, times tilt (tilt + 1), and epsilon by that through tilt.
  init(
    about point: SaddlePoint, epsilonGap: Double, stepCount: Double, largestCount: Int,
    largestTilt: Double, cumulant: (Double) -> Cumulant, addedVariance: (Double) -> Double
  ) {
    negligibleShift = 0.05 * epsilonGap / stepCount
    (tilt, window) = Self.narrowest(
      about: point, largestTilt: largestTilt, cumulant: cumulant)
    let range = window.width / Double(largestCount)...window.width / 64
    var spacing = range.upperBound
    for _ in 1...8 {
      let expected = (point.tilt + 1) * addedVariance(spacing)
      let change = (epsilonGap / expected).squareRoot()
      if change >= 1 { break }
      spacing = max(spacing * max(change * 0.99, 1e-3), range.lowerBound)
    }
    self.spacing = spacing
    count = RealFourierTransform.efficientCount(
      atLeast: Int((window.width / spacing).rounded(.up)))
  }

  /// The same losses on a lattice at least as fine, of which `step` is a multiple.
  init(_ grid: LossGrid, alignedTo step: Double) {
    tilt = grid.tilt
    window = grid.window
    negligibleShift = grid.negligibleShift
    spacing = step / max(step / grid.spacing, step * tilt / 8).rounded(.up)
    count = RealFourierTransform.efficientCount(
      atLeast: Int((window.width / spacing).rounded(.up)))
  }

  /// The tilt, of those not above the saddle point's, at which the window is narrowest.
  ///
  /// Where rare large losses make up delta, a tilt as large as the saddle point's makes several of
  /// them likely at once, and the window wide.
  private static func narrowest(
    about point: SaddlePoint, largestTilt: Double, cumulant: (Double) -> Cumulant
  ) -> (tilt: Double, window: LossWindow) {
    let candidates = [1, 0.8, 0.6, 0.45, 0.3].map { factor in
      let tilt = factor * min(point.tilt, largestTilt)
      let here = tilt == point.tilt ? point.cumulant : cumulant(tilt)
      return (
        tilt: tilt,
        window: LossWindow(
          epsilon: point.epsilon, logDelta: point.logDelta, tilt: tilt, here: here,
          cumulant: cumulant)
      )
    }
    return candidates.min { $0.window.width < $1.window.width }!
  }
}
