internal import Accounting
internal import Datasets
internal import Results

/// All that determines a trial: two trials with equal plans give equal bytes.
public enum TaskPlan: Hashable, Sendable {
  case training(TrialPlan)
  case analytics(AnalyticsPlan)

  /// - Parameters:
  ///   - settings: with the noise calibrated.
  ///   - fingerprint: of a user's own data.
  init(
    _ settings: TaskSettings, seed: UInt64, replicate: Int,
    fingerprint: (FileDataset) throws -> String
  ) rethrows {
    switch settings {
    case .training(let settings):
      self = .training(
        TrialPlan(
          seed: seed, replicate: replicate, dataset: settings.dataset,
          datasetFingerprint: try settings.dataset.source.fingerprint(read: fingerprint),
          model: settings.model, training: settings.training,
          evaluation: settings.evaluation, privacy: settings.privacy, audit: settings.audit))
    case .analytics(let settings):
      self = .analytics(
        AnalyticsPlan(
          seed: seed, replicate: replicate, datasetFingerprint: settings.corpus.name.fingerprint,
          settings: settings))
    }
  }

  func fingerprint() throws(ResultsError) -> TrialID {
    TrialID(fingerprinting: try CanonicalJSON.line(self))
  }

  /// From 0.
  public var replicate: Int {
    switch self {
    case .training(let plan): plan.replicate
    case .analytics(let plan): plan.replicate
    }
  }

  /// How many releases there are.
  var rounds: Int {
    switch self {
    case .training(let plan): plan.training.rounds
    case .analytics: AnalyticsPlan.rounds
    }
  }

  var measuredRounds: [Int] {
    switch self {
    case .training(let plan): plan.evaluation.measuredRounds(of: plan.training.rounds)
    case .analytics: [AnalyticsPlan.rounds]
    }
  }

  /// Which examples the results are measured on.
  var evaluationSplit: String {
    switch self {
    case .training(let plan): plan.evaluation.split.rawValue
    case .analytics: "held-out"
    }
  }

  /// How many examples an accuracy is the share of; nil where it is no share of single examples.
  var evaluationExampleCount: Int? {
    switch self {
    case .training(let plan):
      switch plan.evaluation.split {
      case .test: plan.dataset.source.testExampleCount
      case .validation: plan.dataset.validationExamples
      }
    case .analytics: nil
    }
  }

  /// What the column of accuracies holds.
  var measure: String {
    switch self {
    case .training: "accuracy"
    case .analytics(let plan): "recall at \(plan.settings.evaluation.recallAt)"
    }
  }

  /// Whether there is a loss to measure.
  var hasLoss: Bool {
    switch self {
    case .training: true
    case .analytics: false
    }
  }

  /// On what the settings were chosen.
  var tunedOn: EvaluationSettings.TunedOn {
    switch self {
    case .training(let plan): plan.evaluation.tunedOn
    case .analytics(let plan): plan.settings.evaluation.tunedOn
    }
  }

  var datasetDescription: String {
    switch self {
    case .training(let plan): "\(plan.dataset.source.name) sha256:\(plan.datasetFingerprint)"
    case .analytics(let plan):
      "\(plan.settings.corpus.name.rawValue) sha256:\(plan.datasetFingerprint)"
    }
  }

  /// The largest Euclidean norm of one unit's contribution to a release, where contributions are
  /// bounded.
  var sensitivity: Double {
    switch self {
    case .training(let plan): plan.privacy.clippingNorm
    case .analytics(let plan): plan.settings.sensitivity
    }
  }

  /// What a finished trial took of links and devices.
  func links(of outcome: FinishedTrial) -> LinkUse {
    switch self {
    case .training(let plan): plan.links(of: outcome)
    case .analytics: .none
    }
  }

  /// What a finished trial's audit came to; nil without one.
  func audit(of outcome: FinishedTrial) throws(ResultsError) -> TrialAudit? {
    switch self {
    case .training(let plan): try plan.audit?.audit(of: outcome)
    case .analytics: nil
    }
  }

  /// What a release record costs by the terms of the plan.
  func claim(on event: PrivacyEvent) throws(AccountingError) -> PrivacyClaim {
    switch self {
    case .training(let plan):
      try plan.privacy.claim(on: event, sampling: plan.training.samplingLabel)
    case .analytics(let plan): try plan.settings.claim(on: event)
    }
  }
}

extension TaskPlan: Encodable {
  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .training(let plan): try plan.encode(to: encoder)
    case .analytics(let plan): try plan.encode(to: encoder)
    }
  }
}
