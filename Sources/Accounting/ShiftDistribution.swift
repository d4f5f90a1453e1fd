import Foundation

/// How far one unit moves a sum: finitely many shifts, in increasing order, with their
/// probabilities.
///
/// Whatever is approximated here moves probability towards smaller shifts. Both kinds of hypotheses
/// about the sum come closer when the shift gets smaller, so what an attack achieves against the
/// approximation it achieves against the original. The weights' rounding errors are below a
/// relative 1e-9.
struct ShiftDistribution {
  struct Point {
    let shift: Double
    /// log P(this shift).
    let logWeight: Double
  }

  let points: [Point]

  /// `offset` + `step` K with K ~ Binomial(`trials`, `rate`) and 0 < rate < 1.
  ///
  /// Values of K are rounded down to multiples, so that shifts are about `resolution` apart or
  /// more. Values 1e-100 times as likely as the most likely one, and those beyond them, are left
  /// out: above, the normalization divides their probability among smaller ones; below, it goes to
  /// K = 0.
  init(offset: Double, step: Double, trials: Int, rate: Double, resolution: Double) {
    let window = BinomialWindow(trials: trials, rate: rate)
    let binWidth = min(max(1, (resolution / step).rounded(.down)), Double(window.weights.count))
    var bins: [(start: Int, weight: Double)] = [(0, window.weightBelow)]
    for (index, weight) in window.weights.enumerated() {
      if Double(index).truncatingRemainder(dividingBy: binWidth) == 0 {
        bins.append((window.first + index, 0))
      }
      bins[bins.count - 1].weight += weight
    }
    let total = window.weights.reduce(0, +)
    points = bins.filter { $0.weight > 0 }.map {
      Point(shift: offset + step * Double($0.start), logWeight: log($0.weight / total))
    }
  }

  var largestShift: Double { points[points.count - 1].shift }
}

/// The part of a binomial distribution that is not negligible, up to a common factor.
struct BinomialWindow {
  /// The number of successes that the first weight is for.
  let first: Int
  let weights: [Double]
  /// At least the weight of all numbers below `first`.
  let weightBelow: Double

  /// Starts from the most likely number of successes and multiplies by the ratios of neighbors.
  init(trials: Int, rate: Double) {
    let odds = rate / (1 - rate)
    let mode = min(Int((Double(trials) + 1) * rate), trials)
    var below: [Double] = []
    var weight = 1.0
    var successes = mode
    while successes > 0, weight > Self.negligible {
      weight *= Double(successes) / (odds * Double(trials - successes + 1))
      successes -= 1
      below.append(weight)
    }
    var above: [Double] = []
    weight = 1
    successes = mode
    while successes < trials, weight > Self.negligible {
      weight *= odds * Double(trials - successes) / Double(successes + 1)
      successes += 1
      above.append(weight)
    }
    first = mode - below.count
    weights = below.reversed() + [1] + above
    // Each of the `first` numbers below is less likely than the last one that was kept.
    weightBelow = Double(first) * (below.last ?? 1)
  }

  private static let negligible = 1e-100
}
