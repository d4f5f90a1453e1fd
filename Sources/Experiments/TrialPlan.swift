internal import Accounting
internal import Datasets
internal import Mechanisms
internal import Models
internal import Randomness
internal import Results
internal import Training

/// All that determines a trial of training.
public struct TrialPlan: Hashable, Encodable, Sendable {
  public let seed: UInt64
  /// From 0.
  public let replicate: Int
  public let dataset: DatasetSettings
  /// Of the data set's files.
  public let datasetFingerprint: String
  public let model: ModelSettings
  public let training: TrainingSettings
  public let evaluation: EvaluationSettings
  /// With the noise calibrated: none, or a multiplier.
  public let privacy: PrivacySettings
  /// Nil where nothing is audited.
  public let audit: AuditSettings?

  private enum CodingKeys: String, CodingKey {
    case seed
    case replicate
    case dataset
    case datasetFingerprint = "dataset_fingerprint"
    case model
    case training
    case evaluation
    case privacy
    case audit
  }
}

extension TrialPlan {
  /// Initial parameters, cohorts and batches hang from the replicate, so that its settings are
  /// compared like with like.
  var sharedKeys: SharedKeys {
    SharedKeys(StreamKey(seed: seed).child(.replicate, UInt64(replicate)))
  }

  func noiseKeys(of trial: TrialID) -> NoiseKeys { NoiseKeys(StreamKey(seed: seed, trial: trial)) }

  var network: Network { model.network(for: dataset.source) }

  var sampler: any CohortSampler { training.sampler(unitCount: unitCount) }
}

extension ModelSettings {
  func network(for source: DatasetSource) -> Network {
    Network(architecture, input: source.shape, classCount: source.classCount)
  }
}

extension TrainingSettings {
  func sampler(unitCount: Int) -> any CohortSampler {
    switch sampling {
    case .poisson(let rate): PoissonSampler(samplingRate: rate, unitCount: unitCount)
    case .withoutReplacement(let cohortSize):
      FixedSizeSampler(
        cohortSize: cohortSize, populationSize: unitCount, overSelection: links.overSelection)
    case .everyone: FullParticipation(unitCount: unitCount)
    case .inTurn: InTurnSampler(unitCount: unitCount)
    }
  }

  /// What all rounds cost together when each release is one mechanism's output.
  func event(of mechanism: PrivacyEvent, unitCount: Int) -> PrivacyEvent {
    .repeated(
      sampler(unitCount: unitCount).amplified(mechanism), count: rounds * releasesPerRound)
  }
}

extension PrivacySettings {
  /// Throws where the noise on a count is too small for the calibrated noise, and where there is no
  /// sampler for the noise of a contributor.
  var mechanism: any NoiseMechanism {
    get throws {
      switch noise {
      case .none: return NonPrivateMechanism()
      case .multiplier(let multiplier):
        switch (mechanismSettings, clipping) {
        case (.gaussian, .rule(let rule)):
          return GaussianMechanism(
            clippingNorm: clippingNorm, rule: rule, noiseMultiplier: multiplier,
            sampler: gaussianSampler)
        case (.localGaussian, .rule(let rule)):
          return LocalGaussianMechanism(
            clippingNorm: clippingNorm, rule: rule, noiseMultiplier: multiplier,
            sampler: gaussianSampler)
        case (.distributed(let settings), .rule(let rule)):
          return try DistributedMechanism(
            encoding: settings.encoding(
              clippingNorm: clippingNorm, noiseMultiplier: multiplier),
            noise: settings.noise(clippingNorm: clippingNorm, noiseMultiplier: multiplier),
            rule: rule)
        case (_, .quantile(let target, let learningRate, let countStandardDeviation)):
          return try AdaptiveGaussianMechanism(
            clipping: QuantileClipping(
              initialClippingNorm: clippingNorm, targetQuantile: target,
              clippingLearningRate: learningRate,
              countStandardDeviation: countStandardDeviation),
            noiseMultiplier: multiplier, sampler: gaussianSampler)
        }
      case .targetEpsilon: preconditionFailure("noise is calibrated before it is used")
      }
    }
  }

  /// The mechanism that releases, with noise of this standard deviation, how many contribute as well;
  /// ``mechanism`` where that is not asked for, or needs no noise. Its event is the same. That there is
  /// one for these settings is checked where they are read.
  func mechanism(counting countStandardDeviation: Double?) throws -> any NoiseMechanism {
    guard let countStandardDeviation, case .multiplier(let multiplier) = noise else {
      return try mechanism
    }
    guard mechanismSettings == .gaussian, case .rule(let rule) = clipping else {
      preconditionFailure("no other mechanism counts")
    }
    return try CountedGaussianMechanism(
      clippingNorm: clippingNorm, rule: rule, noiseMultiplier: multiplier,
      countStandardDeviation: countStandardDeviation, sampler: gaussianSampler)
  }

  func with(noise: NoiseSettings) -> PrivacySettings {
    PrivacySettings(
      unit: unit, neighboringRelation: neighboringRelation, delta: delta, accountant: accountant,
      clippingNorm: clippingNorm, clipping: clipping, mechanismSettings: mechanismSettings,
      noise: noise, gaussianSampler: gaussianSampler)
  }
}
