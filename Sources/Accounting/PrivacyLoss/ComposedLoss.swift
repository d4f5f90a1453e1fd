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
  private let frequencies: [Frequency]
  /// Frequencies that were left out, times what each may have held.
  private let omitted: Double

  private struct Frequency {
    var index: Int
    var real: Double
    var imaginary: Double
    /// A bound on the error of the product.
    var error: Double
  }

  init(_ steps: [(spectrum: LossSpectrum, count: Double)], grid: LossGrid) {
    self.grid = grid
    logScale = steps.reduce(0) { $0 + $1.count * $1.spectrum.logScale }
    outside = steps.reduce(0) { $0 + $1.count * exp($1.spectrum.logOutside) }

    offset = steps.reduce(0) { $0 + $1.count * $1.spectrum.offset }

    var frequencies: [Frequency] = []
    let last = grid.count / 2
    // By step, the squared magnitude at which its power alone is negligible.
    let thresholds = steps.map { step in
      let magnitude = exp(Self.logNegligible / step.count) - step.spectrum.error
      return magnitude > 0 ? magnitude * magnitude : -1
    }
    let kept = Self.frequencies(upTo: last, of: steps.map(\.spectrum.values), above: thresholds)
    for index in kept {
      // Frequencies between the ends stand for their conjugates too.
      let multiplicity = index == 0 || 2 * index == grid.count ? 1.0 : 2.0
      var logMagnitude = 0.0
      var phase = 0.0
      var logError = 0.0
      for step in steps {
        let real = step.spectrum.values[2 * index]
        let imaginary = step.spectrum.values[2 * index + 1]
        let square = real * real + imaginary * imaginary
        let magnitude = square.squareRoot()
        logMagnitude += step.count * log(magnitude)
        phase += step.count * atan2(imaginary, real)
        logError += step.count * log1p((step.spectrum.error + Self.powerError) / magnitude)
      }
      if logMagnitude + logError <= Self.logNegligible { continue }
      let magnitude = multiplicity * exp(logMagnitude)
      frequencies.append(
        Frequency(
          index: index, real: magnitude * cos(phase), imaginary: magnitude * sin(phase),
          error: magnitude == 0
            ? multiplicity * exp(logError + logMagnitude) : magnitude * expm1(logError)))
    }
    self.frequencies = frequencies
    omitted = Double(grid.count) * exp(Self.logNegligible)
  }

  /// The frequencies at which no step's squared magnitude is at most its threshold.
  private static func frequencies(
    upTo last: Int, of spectra: [[Double]], above thresholds: [Double]
  ) -> [Int] {
    var kept = Array(0...last)
    for (values, threshold) in zip(spectra, thresholds) {
      values.withUnsafeBufferPointer { values in
        kept.removeAll { index in
          let (real, imaginary) = (values[2 * index], values[2 * index + 1])
          return real * real + imaginary * imaginary <= threshold
        }
      }
    }
    return kept
  }

  /// A payoff's expectations beyond all thresholds.
  func expectation(of payoff: LossPayoff) -> ComposedExpectation {
    let scale = 1 / Double(grid.count)
    let angleStep = 2 * Double.pi / Double(grid.count)
    var coefficients: [ComposedExpectation.Coefficient] = []
    coefficients.reserveCapacity(frequencies.count)
    var error = 0.0
    var total = 0.0
    for frequency in frequencies {
      let payoffAt = payoff.transform(angle: Double(frequency.index) * angleStep, grid: grid)
      let real = frequency.real * payoffAt.real - frequency.imaginary * payoffAt.imaginary
      let imaginary = frequency.real * payoffAt.imaginary + frequency.imaginary * payoffAt.real
      coefficients.append(
        .init(index: frequency.index, real: scale * real, imaginary: scale * imaginary))
      let size = payoffAt.real.magnitude + payoffAt.imaginary.magnitude
      error += size * frequency.error
      total += real.magnitude + imaginary.magnitude
    }
    let atZero = payoff.transform(angle: 0, grid: grid).real
    error += omitted * atZero + total * Self.sumError
    return ComposedExpectation(
      grid: grid, payoff: payoff, coefficients: coefficients, error: scale * error)
  }

  private static let logNegligible = -42.0
  /// Rounding in the logarithm and the phase of one factor.
  private static let powerError = 16 * Double.unitRoundoff
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
