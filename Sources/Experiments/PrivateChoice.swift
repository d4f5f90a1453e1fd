internal import Accounting
internal import Randomness
internal import Results

/// The choice that an experiment makes privately, priced before anything runs.
struct PrivateChoice: Sendable {
  let tuning: TuningSettings
  let seed: UInt64
  let terms: PrivacyTerms
  let epsilon: PrivacyBound
  /// How the settings draw cohorts.
  let sampling: String

  init(
    _ tuning: TuningSettings, from settings: [PricedSetting], seed: UInt64
  ) throws(AccountingError) {
    self.tuning = tuning
    self.seed = seed
    terms = PrivacyTerms(choosingBy: settings[0].claim)
    epsilon = try terms.price(tuning.event(choosingFrom: settings.map(\.event)))
    sampling = Set(settings.map(\.claim.sampling)).sorted().joined(separator: " or ")
  }

  /// What is published of runs that ended so: the one with the best noised score, or none of none.
  func row(
    of trials: [PlannedTrial], _ outcomes: [FinishedTrial]
  ) throws(ResultsError) -> SelectionRow {
    var best: (trial: PlannedTrial, score: Double)?
    for (trial, outcome) in zip(trials, outcomes) {
      let score = try noisedScore(of: trial, outcome)
      if score > best?.score ?? -.infinity { best = (trial, score) }
    }
    return SelectionRow(
      setting: best?.trial.setting, sweep: best?.trial.sweep, noisedScore: best?.score,
      scoreNoiseMultiplier: tuning.scoreNoiseMultiplier, repetitions: tuning.repetitions.label,
      claim: SelectionRow.Claim(
        epsilonLower: epsilon.lower, epsilonUpper: epsilon.upper, delta: terms.delta,
        privacyUnit: terms.unit, neighboringRelation: terms.neighboringRelation,
        sampling: sampling, accountant: terms.accountant))
  }

  private func noisedScore(
    of trial: PlannedTrial, _ outcome: FinishedTrial
  ) throws(ResultsError) -> Double {
    guard let training = trial.training else { preconditionFailure("only training is scored") }
    let examples = Double(training.plan.dataset.validationExamples)
    var noise = RandomStream(StreamKey(seed: seed, trial: trial.id).child(.score))
    return (try outcome.final(.accuracy) * examples).rounded()
      + noise.gaussian(standardDeviation: tuning.scoreNoiseMultiplier)
  }
}
