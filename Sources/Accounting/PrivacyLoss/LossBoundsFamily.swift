/// The bounds of all compositions of the same steps in different numbers, on one grid.
struct LossBoundsFamily {
  private let upper: LossPowers
  private let lower: LossPowers
  private let lowerGrowths: [WrappedMass.StepGrowth]
  private let grid: LossGrid

  /// `leastCounts` are the smallest numbers of each step.
  init(of loss: DirectedLoss, on grid: LossGrid, leastCounts: [Double]) {
    let pairs = loss.steps.map {
      DiscreteLossPair(
        of: $0.loss, survey: $0.survey, grid: grid, logLostMass: loss.logLostMass)
    }
    self.grid = grid
    upper = LossPowers(
      pairs.map { LossSpectrum(of: $0.upper, grid: grid) }, leastCounts: leastCounts, grid: grid)
    lower = LossPowers(
      pairs.map { LossSpectrum(of: $0.lower, grid: grid) }, leastCounts: leastCounts, grid: grid)
    lowerGrowths = pairs.map { WrappedMass.StepGrowth(of: $0.lower, grid: grid) }
  }

  func bounds(counts: [Double]) -> LossBounds {
    LossBounds(
      upper: upper.composed(counts), lower: lower.composed(counts),
      lowerWrap: WrappedMass(of: lowerGrowths, counts: counts, grid: grid))
  }
}
