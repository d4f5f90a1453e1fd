import Foundation

/// A composition's privacy loss in one direction, from which bounds on it are computed grid by grid.
struct DirectedLoss {
  struct Step {
    let loss: SampledLoss
    let count: Double
    let survey: LossSurvey
  }

  let steps: [Step]
  /// The probability of each step that may be counted as loss infinity.
  let logLostMass: Double

  var stepCount: Double { steps.reduce(0) { $0 + $1.count } }

  /// `logDelta` is that of the question: what is lost is negligible beside it.
  init(_ steps: [(loss: SampledLoss, count: Int)], logDelta: Double) {
    let total = steps.reduce(0) { $0 + Double($1.count) }
    let logLostMass = logDelta - log(total) - Self.logNegligible
    self.logLostMass = logLostMass
    self.steps = steps.map {
      Step(
        loss: $0.loss, count: Double($0.count),
        survey: LossSurvey(of: $0.loss, logLostMass: logLostMass))
    }
  }

  func cumulant(tilt: Double) -> Cumulant {
    steps.reduce(Cumulant()) { $0 + $1.count * $1.survey.cumulant(tilt: tilt) }
  }

  /// A distance that the lattice should divide, if all steps agree on one.
  private var latticeStep: Double? {
    guard let first = steps.first?.loss.latticeStep,
      steps.allSatisfy({ $0.loss.latticeStep == first })
    else { return nil }
    return first
  }

  /// Beyond it the largest losses of bounded noise make up all of the tilted law.
  private var largestTilt: Double {
    guard steps.allSatisfy(\.loss.isBounded) else { return .infinity }
    let widths = steps.map { step in
      let range = step.loss.lossRange(of: step.loss.noiseRange(logLostMass: logLostMass))
      return range.upperBound - range.lowerBound
    }
    return (40 + log(stepCount)) / (widths.min() ?? 0)
  }

  func grid(about point: SaddlePoint, epsilonGap: Double, largestCount: Int) -> LossGrid {
    let masses = steps.map { $0.survey.tiltedMasses(tilt: point.tilt) }
    let grid = LossGrid(
      about: point, epsilonGap: epsilonGap, stepCount: stepCount, largestCount: largestCount,
      largestTilt: largestTilt, cumulant: cumulant
    ) { spacing in
      zip(steps, masses).reduce(0) { sum, each in
        let (step, masses) = each
        return sum
          + step.count
          * LossOffset(
            of: masses, at: step.survey.losses, for: step.loss, spacing: spacing
          ).addedVariance
      }
    }
    guard let latticeStep, latticeStep > grid.spacing / 8 else { return grid }
    return LossGrid(grid, alignedTo: latticeStep)
  }

  /// Whether whole numbers tell the points of the lattice apart, and a step's knots are affordable.
  func isResolved(by grid: LossGrid) -> Bool {
    guard grid.spacing.isNormal, grid.tilt.isFinite else { return false }
    return steps.allSatisfy { step in
      let range = step.loss.lossRange(of: step.loss.noiseRange(logLostMass: logLostMass))
      let farthest = max(abs(range.lowerBound), abs(range.upperBound)) / grid.spacing
      // Where smooth losses are bounded, there are no tails in which knots thin out.
      let knotCount = step.loss.isBounded && step.loss.atomLosses == nil ? 2 * farthest : 0
      return farthest * max(1, stepCount) < 0x1p60 && knotCount < Self.largestKnotCount
    }
  }

  private static let largestKnotCount = 0x1p17

  func bounds(on grid: LossGrid) -> LossBounds {
    let counts = steps.map(\.count)
    return LossBoundsFamily(of: self, on: grid, leastCounts: counts).bounds(counts: counts)
  }

  private static let logNegligible = 8.0
}
