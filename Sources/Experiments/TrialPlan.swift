internal import Accounting
internal import Datasets
internal import Mechanisms
internal import Models
internal import Randomness
internal import Results
internal import Training

/// All that determines a trial: two trials with equal plans give equal bytes.
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

  private enum CodingKeys: String, CodingKey {
    case seed
    case replicate
    case dataset
    case datasetFingerprint = "dataset_fingerprint"
    case model
    case training
    case evaluation
    case privacy
  }

  func fingerprint() throws(ResultsError) -> TrialID {
    TrialID(fingerprinting: try CanonicalJSON.line(self))
  }
}

extension TrialPlan {
  /// Initial parameters, cohorts and batches hang from the replicate, so that its settings are
  /// compared like with like.
  var sharedKeys: SharedKeys {
    SharedKeys(StreamKey(seed: seed).child(.replicate, UInt64(replicate)))
  }

  /// The noise hangs from all 256 bits of the trial's fingerprint.
  func noiseKeys(of trial: TrialID) -> NoiseKeys {
    NoiseKeys(trial.words.reduce(StreamKey(seed: seed)) { $0.child(.trial, $1) })
  }

  var network: Network {
    let architecture: Architecture =
      switch model.kind {
      case .logisticRegression: .logisticRegression
      case .multilayerPerceptron: .multilayerPerceptron(hiddenWidths: model.hiddenWidths)
      }
    return Network(
      architecture,
      input: Shape(height: dataset.name.imageHeight, width: dataset.name.imageWidth, channels: 1),
      classCount: dataset.name.classCount)
  }

  var localTraining: LocalTraining {
    LocalTraining(
      localEpochs: training.localEpochs, batchSize: training.batchSize,
      localLearningRate: training.localLearningRate)
  }
}

extension TrainingSettings {
  func sampler(clientCount: Int) -> any CohortSampler {
    switch sampling {
    case .poisson(let rate): PoissonSampler(samplingRate: rate, unitCount: clientCount)
    case .withoutReplacement(let cohortSize):
      FixedSizeSampler(cohortSize: cohortSize, populationSize: clientCount)
    case .everyone: FullParticipation(unitCount: clientCount)
    }
  }

  /// What all rounds cost together when each releases one mechanism's output.
  func event(of mechanism: PrivacyEvent, clientCount: Int) -> PrivacyEvent {
    .repeated(sampler(clientCount: clientCount).amplified(mechanism), count: rounds)
  }
}

extension PrivacySettings {
  var mechanism: any NoiseMechanism {
    switch noise {
    case .none: NonPrivateMechanism()
    case .multiplier(let multiplier):
      GaussianMechanism(
        clippingNorm: clippingNorm, noiseMultiplier: multiplier, sampler: gaussianSampler)
    case .targetEpsilon: preconditionFailure("noise is calibrated before it is used")
    }
  }

  func with(noise: NoiseSettings) -> PrivacySettings {
    PrivacySettings(
      unit: unit, neighboringRelation: neighboringRelation, delta: delta, accountant: accountant,
      clippingNorm: clippingNorm, noise: noise, gaussianSampler: gaussianSampler)
  }
}
