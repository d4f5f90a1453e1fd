import Foundation
import SpecialMath

/// How much a circular sum of discrete losses may count beyond what is there.
struct WrappedMass {
  private let grid: LossGrid
  /// log E[e^(change L)] under the tilted law, at the window's changes of tilt.
  private let logLowGrowth: Double
  private let logHighGrowth: Double

  init(of steps: [StepGrowth], counts: [Double], grid: LossGrid) {
    self.grid = grid
    logLowGrowth = zip(steps, counts).reduce(0) { $0 + $1.1 * $1.0.logLow }
    logHighGrowth = zip(steps, counts).reduce(0) { $0 + $1.1 * $1.0.logHigh }
  }

  /// One step's part of the growths.
  struct StepGrowth {
    let logLow: Double
    let logHigh: Double

    init(of loss: DiscreteLoss, grid: LossGrid) {
      func logGrowth(_ change: Double) -> Double {
        var total = LogSum()
        for (loss, mass) in zip(loss.knots.losses, loss.masses) where mass > 0 {
          total.add(log(mass) + change * loss)
        }
        return total.logarithm + 1e-13
      }
      logLow = logGrowth(-grid.window.lowTiltChange)
      logHigh = logGrowth(grid.window.highTiltChange)
    }
  }

  /// An upper bound on what ``ComposedExpectation/value(atThreshold:)`` holds too much.
  ///
  /// Losses in the window above the threshold count again the payoff a width farther; those below
  /// it by less than the low reach count where the payoff has declined; all others may count in
  /// full.
  func excess(of payoff: LossPayoff, aboveThreshold threshold: Double) -> Double {
    let window = grid.window
    let repetition = -expm1(-grid.tilt * grid.width)
    let again = exp(-grid.tilt * grid.width) / repetition
    let declined = exp(-grid.tilt * (grid.width - window.lowReach)) / repetition
    let low = exp(logLowGrowth + window.lowTiltChange * (threshold - window.lowReach))
    let high = exp(logHighGrowth - window.highTiltChange * (threshold + grid.width))
    return again + declined + (payoff.largest(tilt: grid.tilt) + again) * (low + high)
  }
}
