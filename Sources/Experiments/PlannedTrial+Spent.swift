internal import Accounting
internal import Mechanisms
internal import Results
internal import Training

extension PlannedTrial {
  /// An upper bound on the epsilon of the trial's first rounds, at its delta and by its accountant.
  public func epsilonUpper(after rounds: Int) throws -> Double {
    guard case .training(let plan) = task, rounds < plan.training.rounds else {
      return claim.epsilonUpper
    }
    let mechanism = try plan.privacy.mechanism(
      counting: plan.training.links.countStandardDeviation)
    return try plan.privacy.price(
      .repeated(
        plan.sampler.amplified(mechanism.event), count: rounds * plan.training.releasesPerRound)
    ).upper
  }
}
