public import Accounting
internal import Analytics
public import Datasets
internal import Features
internal import Mechanisms
internal import Models
internal import Results
internal import Training

/// Something that an experiment does and that somebody has published.
public enum Method: Hashable, Sendable {
  case federatedAveraging
  /// A client is the privacy unit.
  case clientLevelPrivacy
  /// An example is the privacy unit.
  case dpSGD
  case gaussianMechanism
  case proximalTerm
  case controlVariates
  case serverMomentum
  case adaptiveServerOptimizer
  case adam
  case cosineSchedule
  case modelAveraging
  case warmedUpModelAveraging
  case takingTurns
  case quantileClipping
  case perLayerClipping
  case automaticClipping
  case localPrivacy
  case distributedDiscreteGaussian
  case distributedSkellam
  case dirichletPartition
  case labelShards
  case stochasticRounding
  case sparsification
  case errorFeedback
  case deviceAvailability
  case scattering
  case groupNormalization
  case temperedSigmoid
  case temperedConvolution
  case thresholdedHistogram
  case unitNormContributions
  case privateSelection
  /// Guesses about canaries in one run.
  case oneRunAudit
  case gradientCanaries
  case oneShotEstimate
  case accountant(AccountantKind)
  /// Cohorts of fixed size under Renyi divergences.
  case fixedSizeCohorts
  case dataset(KnownDataset)
  /// Who says what in Shakespeare's plays.
  case speakers
}

extension Plan {
  /// What its settings do, each method once, in the order in which settings come to them.
  public var methods: [Method] {
    var methods: [Method] = []
    for method in settings.flatMap(\.methods) + (choice == nil ? [] : [.privateSelection])
    where !methods.contains(method) {
      methods.append(method)
    }
    return methods
  }
}

extension PricedSetting {
  fileprivate var methods: [Method] {
    let accountants: [Method] =
      claim.isPrivate
      ? [.accountant(claim.accountant)] + (claim.epsilonUpperRDP == nil ? [] : [.accountant(.rdp)])
      : []
    switch task {
    case .training(let settings):
      return settings.methods(isPrivate: claim.hasNoise) + accountants
    case .analytics(let settings):
      return settings.methods(isPrivate: claim.hasNoise) + accountants
    }
  }
}

extension Settings {
  fileprivate func methods(isPrivate: Bool) -> [Method] {
    dataset.methods + model.methods + training.methods
      + (isPrivate ? privacy.methods(sampling: training.sampling) : []) + (audit?.methods ?? [])
  }
}

extension DatasetSettings {
  fileprivate var methods: [Method] {
    var methods = source.methods
    let partition =
      if case .dealt(let partition) = clients?.holding { partition } else { silos?.partition }
    switch partition {
    case .dirichlet: methods.append(.dirichletPartition)
    case .labelShards: methods.append(.labelShards)
    case .iid, .powerLaw, .natural, nil: break
    }
    return methods
  }
}

extension DatasetSource {
  fileprivate var methods: [Method] {
    switch self {
    case .known(let dataset): [.dataset(dataset)]
    case .files: []
    case .features(let extraction, let source):
      source.methods
        + extraction.steps.flatMap { step -> [Method] in
          switch step {
          case .scattering: [.scattering]
          case .groupNorm: [.groupNormalization]
          case .log, .syntheticWhitening, .norm: []
          }
        }
    }
  }
}

extension ModelSettings {
  fileprivate var methods: [Method] {
    var methods: [Method] = []
    if case .temperedConvolution = form { methods.append(.temperedConvolution) }
    for layer in architecture.hiddenLayers {
      switch layer {
      case .activation(.temperedSigmoid): methods.append(.temperedSigmoid)
      case .groupNorm: methods.append(.groupNormalization)
      default: break
      }
    }
    return methods
  }
}

extension TrainingSettings {
  fileprivate var methods: [Method] {
    var methods: [Method] = []
    func add(_ method: Method, if isUsed: Bool) {
      if isUsed { methods.append(method) }
    }
    add(.federatedAveraging, if: local != nil || silos != nil)
    add(.proximalTerm, if: (local?.proximal ?? 0) > 0)
    add(.controlVariates, if: local?.controlVariates != nil)
    switch optimizer.rule {
    case .sgd(let momentum, _): add(.serverMomentum, if: local != nil && momentum > 0)
    case .adam: methods.append(.adam)
    case .fedAdagrad, .fedAdam, .fedYogi: methods.append(.adaptiveServerOptimizer)
    }
    if case .cosine = optimizer.schedule.shape { methods.append(.cosineSchedule) }
    switch averaging {
    case .none: break
    case .exponential(_, let warmUp):
      methods.append(warmUp ? .warmedUpModelAveraging : .modelAveraging)
    case .tail: methods.append(.modelAveraging)
    }
    add(.takingTurns, if: sampling == .inTurn)
    switch links.link.compression {
    case .stochastic: methods.append(.stochasticRounding)
    case .topK, .randomK: methods.append(.sparsification)
    case .none, .decimals, .uniform: break
    }
    add(.errorFeedback, if: links.link.errorFeedback)
    add(
      .deviceAvailability,
      if: links.participation.availability != .always || links.overSelection > 1)
    return methods
  }
}

extension PrivacySettings {
  fileprivate func methods(sampling: SamplingSettings) -> [Method] {
    var methods: [Method] = [unit == .client ? .clientLevelPrivacy : .dpSGD]
    switch mechanismSettings {
    case .gaussian: methods.append(.gaussianMechanism)
    case .localGaussian: methods.append(.localPrivacy)
    case .distributed(let settings):
      switch settings.law {
      case .discreteGaussian: methods.append(.distributedDiscreteGaussian)
      case .skellam: methods.append(.distributedSkellam)
      }
    }
    switch clipping {
    case .rule(.flat): break
    case .rule(.perLayer): methods.append(.perLayerClipping)
    case .rule(.automatic): methods.append(.automaticClipping)
    case .quantile: methods.append(.quantileClipping)
    }
    if case .withoutReplacement = sampling { methods.append(.fixedSizeCohorts) }
    return methods
  }
}

extension AuditSettings {
  fileprivate var methods: [Method] {
    [.oneRunAudit] + (canary == .gradient ? [.gradientCanaries] : [])
      + (estimates ? [.oneShotEstimate] : [])
  }
}

extension AnalyticsSettings {
  fileprivate func methods(isPrivate: Bool) -> [Method] {
    [.speakers] + (isPrivate ? [.thresholdedHistogram] : [])
      + (isPrivate && query.weights == .unitNorm ? [.unitNormContributions] : [])
  }
}
