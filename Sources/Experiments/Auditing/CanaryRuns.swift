internal import Auditing
internal import Datasets
internal import LinearAlgebra
internal import Mechanisms
internal import Models
internal import Randomness
internal import Training

/// Runs of the settings of one group on one example or on none.
struct CanaryRuns: Sendable {
  /// What an adversary makes of one setting's run.
  struct Outcome: Sendable {
    /// From every release.
    let logLikelihoodRatio: Double
    /// Of the canary's label, from the last model alone.
    let logOdds: Double
    /// See ``CanaryAdversary/totalShare``.
    let totalShare: Double
  }

  private let group: TrialGroup
  private let network: Network
  private let canary: LabeledExamples
  private let seed: UInt64

  init(group: TrialGroup, pool: LabeledExamples, canary: Int, seed: UInt64) {
    self.group = group
    self.seed = seed
    network = group.trials[0].plan.network
    self.canary = pool.selecting([Int32(canary)])
  }

  /// Whether the run of this number has the canary.
  static func isIn(_ number: Int) -> Bool { number.isMultiple(of: 2) }

  /// - Returns: one a trial.
  func run(_ number: Int) throws -> [Outcome] {
    let plan = group.trials[0].plan
    let key = StreamKey(seed: seed).child(.auditedRun, UInt64(number))
    let observers = group.trials.map { _ in ReleaseObserver() }
    let places = Dictionary(
      uniqueKeysWithValues: group.trials.enumerated().map { ($1.id, $0) })
    let training = AuditTraining(
      group: group, network: network,
      examples: Self.isIn(number) ? canary : canary.selecting([]),
      unitCount: plan.dataset.unitCount, key: key)
    var adversaries = group.trials.map { adversary(of: $0, key) }
    let models = try training.run(
      mechanism: {
        ObservedMechanism(try $0.plan.privacy.mechanism, observer: observers[places[$0.id]!])
      },
      afterRound: { models in
        for (index, model) in models.enumerated() {
          guard let release = observers[index].take() else {
            preconditionFailure("a round is a release")
          }
          adversaries[index].see(release.mean, next: model.parameters)
        }
      })
    return models.indices.map { index in
      Outcome(
        logLikelihoodRatio: adversaries[index].logLikelihoodRatio,
        logOdds: adversaries[index].logOdds(models[index].evaluatedParameters),
        totalShare: adversaries[index].totalShare)
    }
  }

  private func adversary(of trial: TrainingTrial, _ key: StreamKey) -> CanaryAdversary {
    let (plan, privacy) = (trial.plan, trial.plan.privacy)
    guard case .multiplier(let multiplier) = privacy.noise else {
      preconditionFailure("settings without noise are left out")
    }
    let rate = if case .poisson(let rate) = plan.training.sampling { rate } else { 1.0 }
    var initialization = RandomStream(SharedKeys(key).initialParameters)
    return CanaryAdversary(
      network: network, canary: canary,
      release: GaussianRelease(
        standardDeviation: multiplier * privacy.clippingNorm, samplingRate: rate),
      clippingNorm: privacy.clippingNorm, divisor: plan.sampler.expectedCohortSize,
      initialParameters: network.initialParameters(from: &initialization))
  }
}
