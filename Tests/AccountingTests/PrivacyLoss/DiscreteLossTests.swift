import Foundation
import Testing

@testable import Accounting

/// Delta of one step's discrete bounds, against the closed form.
@Suite struct DiscreteLossTests {
  /// A step whose delta is known: of noise, on cohorts, from the noise's own.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let step: SampledLoss
    /// delta of the noise with everybody in the cohort, at any epsilon.
    let noiseDelta: @Sendable (Double) -> Double

    var testDescription: String {
      "\(name), rate \(step.samplingRate), \(step.direction)"
    }

    /// With P = (1 - q) N + q N' and Q = N, delta at epsilon is q times the noise's where the
    /// noise's ratio is (e^epsilon - 1 + q) / q. With P and Q exchanged it is 1 - (1 - q) e^epsilon
    /// times the noise's where the ratio the other way round is q e^epsilon over that. Where
    /// numbers are negative everything counts.
    func delta(_ epsilon: Double) -> Double {
      let rate = step.samplingRate
      switch step.direction {
      case .remove:
        let growth = exp(epsilon) - (1 - rate)
        return growth <= 0 ? 1 - exp(epsilon) : rate * noiseDelta(log(growth / rate))
      case .add:
        let left = 1 - (1 - rate) * exp(epsilon)
        return left <= 0 ? 0 : left * noiseDelta(log(rate) + epsilon - log(left))
      }
    }
  }

  static func gaussianDelta(_ noise: Double) -> @Sendable (Double) -> Double {
    {
      let (a, b) = ($0 * noise - 0.5 / noise, $0 * noise + 0.5 / noise)
      return (erfc(a / 2.0.squareRoot()) - exp($0) * erfc(b / 2.0.squareRoot())) / 2
    }
  }

  static func laplaceDelta(_ noise: Double) -> @Sendable (Double) -> Double {
    { epsilon in
      let distance = 1 / noise
      if epsilon >= distance { return 0 }
      return epsilon <= -distance ? 1 - exp(epsilon) : 1 - exp((epsilon - distance) / 2)
    }
  }

  /// By the sum over the outcomes of (probability at x - sensitivity) - e^epsilon (at x).
  static func discreteDelta(
    sensitivity: Int, weight: @escaping @Sendable (Int) -> Double
  ) -> @Sendable (Double) -> Double {
    let reach = 120
    let total = (-reach...reach).reduce(0) { $0 + weight($1) }
    return { epsilon in
      (-reach...reach + sensitivity).reduce(0) {
        $0 + max(0, weight($1 - sensitivity) - exp(epsilon) * weight($1)) / total
      }
    }
  }

  static let cases: [Case] = LossDirection.allCases.flatMap { direction -> [Case] in
    func step(_ noise: any NoiseLaw, _ rate: Double) -> SampledLoss {
      SampledLoss(noise: noise, samplingRate: rate, direction: direction)
    }
    let gaussian = [1, 0.3, 0.01, 1e-4].flatMap { rate in
      [0.5, 1, 4].map { noise in
        Case(
          name: "Gaussian \(noise)",
          step: step(GaussianLaw(precision: 1 / (noise * noise)), rate),
          noiseDelta: gaussianDelta(noise))
      }
    }
    let laplace = [1, 0.1].flatMap { rate in
      [0.5, 3].map { noise in
        Case(
          name: "Laplace \(noise)", step: step(LaplaceLaw(noiseMultiplier: noise), rate),
          noiseDelta: laplaceDelta(noise))
      }
    }
    let discrete = [1, 0.1].flatMap { rate in
      [
        Case(
          name: "discrete Gaussian",
          step: step(AtomicLaw.discreteGaussian(standardDeviation: 2, sensitivity: 3)!, rate),
          noiseDelta: discreteDelta(sensitivity: 3) { exp(-Double($0 * $0) / 8) }),
        Case(
          name: "discrete Laplace",
          step: step(AtomicLaw.discreteLaplace(scale: 2.5, sensitivity: 4)!, rate),
          noiseDelta: discreteDelta(sensitivity: 4) { exp(-Double(abs($0)) / 2.5) }),
      ]
    }
    return gaussian + laplace + discrete
  }

  static func pair(
    of step: SampledLoss, relativeGap: Double
  ) -> (grid: LossGrid, pair: DiscreteLossPair) {
    let logDelta = log(step.samplingRate) - 8
    let loss = DirectedLoss([(loss: step, count: 1)], logDelta: logDelta)
    let point = SaddlePoint.at(logDelta: logDelta, cumulant: loss.cumulant)
    let grid = loss.grid(
      about: point, epsilonGap: relativeGap * point.epsilon, largestCount: 1 << 12)
    let pair = DiscreteLossPair(
      of: step, survey: loss.steps[0].survey, grid: grid, logLostMass: loss.logLostMass)
    return (grid, pair)
  }

  /// P-probabilities by loss, from where the tilted ones do not underflow.
  static func masses(
    _ loss: DiscreteLoss, tilt: Double
  ) -> [(loss: Double, mass: Double)] {
    zip(loss.knots.losses, loss.masses)
      .filter { tilt * $0.0 - loss.logScale > leastLogFactor }
      .map { ($0, $1 * exp(loss.logScale - tilt * $0)) }
  }

  static let leastLogFactor = -600.0

  static func delta(_ masses: [(loss: Double, mass: Double)], _ epsilon: Double) -> Double {
    masses.reduce(0) { $0 + ($1.loss > epsilon ? $1.mass * -expm1(epsilon - $1.loss) : 0) }
  }

  /// Polygons above and below delta, everywhere: at the knots, between them and beyond.
  @Test(arguments: cases)
  func boundsLieOnEitherSide(example: Case) {
    for gap in [0.1, 1e-3] {
      let (grid, pair) = Self.pair(of: example.step, relativeGap: gap)
      let upper = Self.masses(pair.upper, tilt: grid.tilt)
      let lower = Self.masses(pair.lower, tilt: grid.tilt)
      let outside = exp(pair.upper.logOutside)
      let knots = upper.map(\.loss)
      let every = knots.count / 30 + 1
      let places =
        knots.enumerated().filter { $0.offset.isMultiple(of: every) }.flatMap {
          [$0.element, $0.element + 0.3 * grid.spacing, $0.element + 1.7 * grid.spacing]
        } + [knots[0] - 3, knots[0] - 1e-3, knots[1], knots[knots.count - 1]]
      for epsilon in places
      where grid.tilt * epsilon - pair.upper.logScale > Self.leastLogFactor {
        let truth = example.delta(epsilon)
        // Rounding in these sums, of probabilities and of e^epsilon times more.
        let digits = 1e-13 * (1 + exp(epsilon) * truth)
        #expect(Self.delta(upper, epsilon) + outside >= truth - digits, "\(gap), \(epsilon)")
        #expect(Self.delta(lower, epsilon) <= truth + digits, "\(gap), \(epsilon)")
      }
    }
  }

  /// Neither side has more than all of P, nor the upper one more than all of Q.
  @Test(arguments: cases)
  func massesAreProbabilities(example: Case) {
    let (grid, pair) = Self.pair(of: example.step, relativeGap: 1e-2)
    for side in [pair.upper, pair.lower] {
      let masses = Self.masses(side, tilt: grid.tilt)
      #expect(masses.allSatisfy { $0.mass >= 0 })
      #expect(masses.reduce(0) { $0 + $1.mass } <= 1 + 1e-12)
      #expect(abs(side.masses.reduce(0, +) - 1) < 1e-12)
    }
    let upper = Self.masses(pair.upper, tilt: grid.tilt)
    #expect(upper.reduce(0) { $0 + $1.mass * exp(-$1.loss) } <= 1 + 1e-12)
    #expect(pair.upper.error < 1e-12 && pair.lower.error < 1e-11)
    guard upper.count == pair.upper.masses.count else { return }
    #expect(upper.reduce(0) { $0 + $1.mass } + exp(pair.upper.logOutside) >= 1 - 1e-12)
  }

  @Test func finerLatticesAreCloser() {
    let step = SampledLoss(
      noise: GaussianLaw(precision: 1), samplingRate: 1, direction: .remove)
    let gaps = [1e-2, 1e-4].map { gap in
      let (grid, pair) = Self.pair(of: step, relativeGap: gap)
      return Self.delta(Self.masses(pair.upper, tilt: grid.tilt), 3)
        - Self.delta(Self.masses(pair.lower, tilt: grid.tilt), 3)
    }
    #expect(gaps[1] < gaps[0] / 30)
  }
}
