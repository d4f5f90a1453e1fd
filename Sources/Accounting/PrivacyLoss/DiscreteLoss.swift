import Foundation

/// One step's privacy loss, replaced by one on the knots of a lattice that bounds it from one side.
///
/// `masses[i]` is e^(tilt l) P(L = l) at the i-th knot l, divided by `e^logScale` so that they add
/// up to 1.
struct DiscreteLoss {
  let knots: LossKnots
  let masses: [Double]
  let logScale: Double
  /// log of the probability at loss infinity.
  let logOutside: Double
  /// How far the masses may be, in total, from those of a true bound.
  let error: Double

  init(
    knots: LossKnots, unscaledMasses: [Double], logScale: Double, logOutside: Double, error: Double
  ) {
    let total = unscaledMasses.reduce(0, +)
    self.knots = knots
    masses = unscaledMasses.map { $0 / total }
    self.logScale = logScale + log(total)
    self.logOutside = logOutside
    self.error = error / total + 4 * .unitRoundoff
  }
}

/// The upper and the lower bound of one step's privacy loss on the same knots.
///
/// With y = e^l, delta as a function of y is convex and falls; a privacy loss bounds another one if
/// its delta does, also under composition. Between neighboring knots z < z':
///
/// - **Upper** (connect the dots: Doroshenko et al. 2022): the chord of delta, which belongs to the
///   loss that moves each Q-probability at y to z and z', keeping its mean.
/// - **Lower**: the chord, lowered at both ends by at least as much as it lies above delta anywhere
///   between them. A Q-probability dq at y raises the chord above delta by at most
///   (y - z) (z' - y) / (z' - z) dq, so that the sum V of these over the cell is enough; a knot is
///   lowered by the larger V of its two cells. Where the lowered polygon is not convex, its convex
///   minorant is taken, which is below it.
struct DiscreteLossPair {
  let upper: DiscreteLoss
  let lower: DiscreteLoss

  /// `logLostMass` is the probability that may be counted as loss infinity.
  init(
    of step: SampledLoss, survey: LossSurvey, grid: LossGrid, logLostMass: Double
  ) {
    let noiseRange = step.noiseRange(logLostMass: logLostMass)
    let tiltedMasses = survey.tiltedMasses(tilt: grid.tilt)
    let logScale = survey.cumulant(tilt: grid.tilt).value
    var offset = LossOffset(
      of: tiltedMasses, at: survey.losses, for: step, spacing: grid.spacing
    ).value
    let atoms = step.atomLosses
    var knots: LossKnots
    var cells: LossCells
    var attempts = 0
    repeat {
      knots =
        atoms.map { LossKnots(around: $0, offset: offset, grid: grid) }
        ?? LossKnots(
          over: step.lossRange(of: noiseRange), offset: offset, survey: survey,
          tiltedMasses: tiltedMasses, startsWithAtom: step.isBounded, grid: grid)
      cells = LossCells(
        of: step, within: noiseRange, knots: knots, grid: grid, logScale: logScale)
      let isHeaped = step.samplingRate < 1 && !step.isBounded
      let correction = isHeaped ? cells.offsetCorrection(on: grid) : 0
      if correction == 0 { break }
      offset += (step.direction == .remove ? 1.2 : -1.2) * correction
      attempts += 1
    } while attempts < 4

    let losses = knots.losses
    let isRemoval = step.direction == .remove
    let lowMass = step.logMass(
      of: isRemoval ? .low : .high,
      beyondNoiseLoss: isRemoval ? noiseRange.lowerBound : noiseRange.upperBound)
    let highMass = step.logMass(
      of: isRemoval ? .high : .low,
      beyondNoiseLoss: isRemoval ? noiseRange.upperBound : noiseRange.lowerBound)

    var upperMasses = cells.splitUp
    upperMasses[0] += exp(lowMass + grid.tilt * losses[0] - cells.logScale)
    upper = DiscreteLoss(
      knots: knots, unscaledMasses: upperMasses, logScale: cells.logScale,
      logOutside: highMass, error: cells.error)

    let polygon = LoweredPolygon(cells: cells, tilt: grid.tilt)
    lower = DiscreteLoss(
      knots: knots, unscaledMasses: polygon.masses, logScale: cells.logScale,
      logOutside: -.infinity, error: 2 * cells.error + polygon.error)
  }
}
