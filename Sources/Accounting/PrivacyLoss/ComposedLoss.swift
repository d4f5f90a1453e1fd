import Foundation

/// The sum of many steps' discrete privacy losses, by its Fourier transform on the grid, for one
/// side of a bound.
///
/// By Parseval's identity the expected payoff beyond a threshold is a sum over frequencies of the
/// product of the steps' transforms and the payoff's, which is known in closed form; frequencies at
/// which the product has vanished are left out and bounded.
struct ComposedLoss {
  let grid: LossGrid
  /// log of the factor that the tilt and the scales of all steps took out.
  let logScale: Double
  /// An upper bound on the probability of loss infinity, for all steps together.
  let outside: Double
  /// Where the sum's lattice lies.
  let offset: Double
  let frequencies: [Frequency]
  /// Of the payoff delta, by frequency.
  let deltaTransforms: [LossPayoff.Transform]
  /// At most the sum of the products at frequencies that were left out.
  let omitted: Double

  /// A product of the steps' transforms, with its conjugate's.
  struct Frequency {
    var index: Int
    var real: Double
    var imaginary: Double
    /// A bound on the error of the product.
    var error: Double
  }

  /// A payoff's expectations beyond all thresholds.
  func expectation(of payoff: LossPayoff) -> ComposedExpectation {
    let scale = 1 / Double(grid.count)
    let transforms =
      payoff == .delta
      ? deltaTransforms
      : frequencies.map { payoff.transform(atFrequency: $0.index, grid: grid) }
    var coefficients: [ComposedExpectation.Coefficient] = []
    coefficients.reserveCapacity(frequencies.count)
    var error = 0.0
    var total = 0.0
    for (frequency, payoffAt) in zip(frequencies, transforms) {
      let real = frequency.real * payoffAt.real - frequency.imaginary * payoffAt.imaginary
      let imaginary = frequency.real * payoffAt.imaginary + frequency.imaginary * payoffAt.real
      coefficients.append(
        .init(index: frequency.index, real: scale * real, imaginary: scale * imaginary))
      let size = payoffAt.real.magnitude + payoffAt.imaginary.magnitude
      error += size * frequency.error
      total += real.magnitude + imaginary.magnitude
    }
    let atZero = payoff.transform(atFrequency: 0, grid: grid).real
    error += omitted * atZero + total * Self.sumError
    return ComposedExpectation(
      grid: grid, payoff: payoff, coefficients: coefficients, error: scale * error)
  }

  /// Rounding in a payoff's transform and in the sum over frequencies.
  private static let sumError = 512 * Double.unitRoundoff
}

/// E[payoff(L - t)] e^(tilt t - logScale) by threshold t, where the payoff repeats with the width of
/// the grid: at least the expectation itself, but for `error`.
struct ComposedExpectation {
  struct Coefficient {
    var index: Int
    var real: Double
    var imaginary: Double
  }

  let grid: LossGrid
  let payoff: LossPayoff
  let coefficients: [Coefficient]
  let error: Double

  /// At t = `threshold` times the spacing.
  func value(atThreshold threshold: Int) -> Double {
    let count = grid.count
    let angleStep = 2 * Double.pi / Double(count)
    let shift = ((threshold % count) + count) % count
    let (turnReal, turnImaginary) = (
      cos(angleStep * Double(shift)), sin(angleStep * Double(shift))
    )
    var sum = 0.0
    var (real, imaginary) = (0.0, 0.0)
    var nextIndex = -1
    for coefficient in coefficients {
      if coefficient.index == nextIndex, coefficient.index & 63 != 0 {
        (real, imaginary) = (
          real * turnReal - imaginary * turnImaginary, real * turnImaginary + imaginary * turnReal
        )
      } else {
        let (_, place) = (0, coefficient.index.multipliedFullWidth(by: shift))
        let angle = angleStep * Double(count.dividingFullWidth(place).remainder)
        (real, imaginary) = (cos(angle), sin(angle))
      }
      nextIndex = coefficient.index + 1
      sum += coefficient.real * real - coefficient.imaginary * imaginary
    }
    return sum
  }
}
