import Foundation

/// The transforms of several steps' discrete losses on one grid, ready to be raised to powers.
///
/// Frequencies at which a power is negligible are left out. There the product of the powers is at
/// most e^`logNegligible`.
struct LossPowers {
  let grid: LossGrid
  let indices: [Int]
  /// Of the payoff delta, by kept frequency.
  private let deltaTransforms: [LossPayoff.Transform]
  private let steps: [Step]

  private struct Step {
    let logScale: Double
    let outside: Double
    let offset: Double
    /// By kept frequency.
    var logMagnitudes: [Double]
    var phases: [Double]
    /// log of how much larger the magnitude may truly be.
    var logErrors: [Double]
  }

  /// `leastCounts` are the smallest powers, by step.
  init(_ spectra: [LossSpectrum], leastCounts: [Double], grid: LossGrid) {
    self.grid = grid
    var kept = Array(0...grid.count / 2)
    for (spectrum, count) in zip(spectra, leastCounts) where count > 0 {
      let magnitude = exp(Self.logNegligible / count) - spectrum.error
      guard magnitude > 0 else { continue }
      let threshold = magnitude * magnitude
      spectrum.values.withUnsafeBufferPointer { values in
        kept.removeAll { index in
          let (real, imaginary) = (values[2 * index], values[2 * index + 1])
          return real * real + imaginary * imaginary <= threshold
        }
      }
    }
    indices = kept
    deltaTransforms = kept.map { LossPayoff.delta.transform(atFrequency: $0, grid: grid) }
    steps = spectra.map { spectrum in
      var step = Step(
        logScale: spectrum.logScale, outside: exp(spectrum.logOutside), offset: spectrum.offset,
        logMagnitudes: [], phases: [], logErrors: [])
      step.logMagnitudes.reserveCapacity(kept.count)
      step.phases.reserveCapacity(kept.count)
      step.logErrors.reserveCapacity(kept.count)
      for index in kept {
        let (real, imaginary) = (spectrum.values[2 * index], spectrum.values[2 * index + 1])
        let magnitude = max((real * real + imaginary * imaginary).squareRoot(), 1e-200)
        step.logMagnitudes.append(log(magnitude))
        step.phases.append(atan2(imaginary, real))
        step.logErrors.append(log1p((spectrum.error + Self.powerError) / magnitude))
      }
      return step
    }
  }

  /// The sum of `counts` losses of each step, not fewer than the least.
  func composed(_ counts: [Double]) -> ComposedLoss {
    var frequencies: [ComposedLoss.Frequency] = []
    frequencies.reserveCapacity(indices.count)
    for (place, index) in indices.enumerated() {
      var (logMagnitude, phase, logError) = (0.0, 0.0, 0.0)
      for (step, count) in zip(steps, counts) {
        logMagnitude += count * step.logMagnitudes[place]
        phase += count * step.phases[place]
        logError += count * step.logErrors[place]
      }
      // Frequencies between the ends stand for their conjugates too.
      let multiplicity = index == 0 || 2 * index == grid.count ? 1.0 : 2.0
      let magnitude = multiplicity * exp(logMagnitude)
      frequencies.append(
        .init(
          index: index, real: magnitude * cos(phase), imaginary: magnitude * sin(phase),
          error: logError < 1
            ? magnitude * expm1(logError) : multiplicity * exp(logMagnitude + logError)))
    }
    func sum(_ value: (Step) -> Double) -> Double {
      zip(steps, counts).reduce(0) { $0 + $1.1 * value($1.0) }
    }
    return ComposedLoss(
      grid: grid, logScale: sum(\.logScale), outside: sum(\.outside), offset: sum(\.offset),
      frequencies: frequencies, deltaTransforms: deltaTransforms,
      omitted: Double(grid.count) * exp(Self.logNegligible))
  }

  private static let logNegligible = -42.0
  /// Rounding in the logarithm and the phase of one factor.
  private static let powerError = 16 * Double.unitRoundoff
}
