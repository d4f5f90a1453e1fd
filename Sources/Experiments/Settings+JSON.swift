internal import Datasets
internal import Features
internal import Mechanisms

/// Settings in `plan.json` have the names and shapes that experiment files give them. The encoding is
/// fingerprinted: a change here changes the identity of every trial.
extension DatasetSettings: Encodable {
  private enum CodingKeys: String, CodingKey {
    case name
    case csv
    case npz
    case leaf
    case features
    case sites
    case clients
    case partition
    case validationExamples = "validation_examples"
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try encode(source, into: &fields)
    try fields.encode(validationExamples, forKey: .validationExamples)
    try fields.encodeIfPresent(
      sites.map { $0.map { source.sites[$0].name } }, forKey: .sites)
    try fields.encodeIfPresent(clients?.count ?? silos?.count, forKey: .clients)
    switch clients?.holding ?? silos.map({ .dealt($0.partition) }) {
    case nil: break
    case .dealt(.iid):
      try fields.encode("iid", forKey: .partition)
    case .dealt(.labelShards(let shardsPerClient)):
      try fields.encode(["label_shards": shardsPerClient], forKey: .partition)
    case .dealt(.dirichlet(let alpha)):
      try fields.encode(["dirichlet": alpha], forKey: .partition)
    case .dealt(.powerLaw(let exponent)):
      try fields.encode(["power_law": exponent], forKey: .partition)
    case .dealt(.natural):
      try fields.encode("natural", forKey: .partition)
    case .drawn(let examplesPerClient):
      try fields.encode(["drawn": examplesPerClient], forKey: .partition)
    }
  }

  private func encode(
    _ source: DatasetSource, into fields: inout KeyedEncodingContainer<CodingKeys>
  ) throws {
    switch source {
    case .known(let dataset): try fields.encode(dataset, forKey: .name)
    case .files(let files):
      let key: CodingKeys =
        switch files.format {
        case .csv: .csv
        case .npz: .npz
        case .leaf: .leaf
        }
      try fields.encode(files, forKey: key)
    case .features(let extraction, let original):
      try fields.encode(extraction.steps, forKey: .features)
      try encode(original, into: &fields)
    }
  }
}

extension SamplingSettings: Encodable {
  public func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    switch self {
    case .poisson(let rate): try value.encode(["poisson_rate": rate])
    case .withoutReplacement(let cohortSize): try value.encode(["cohort_size": cohortSize])
    case .everyone: try value.encode("everyone")
    case .inTurn: try value.encode("in_turn")
    }
  }
}

extension EvaluationSettings: Encodable {
  private enum CodingKeys: String, CodingKey {
    case split
    case every
    case tunedOn = "tuned_on"
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(split.rawValue, forKey: .split)
    try fields.encode(every, forKey: .every)
    try fields.encode(tunedOn.rawValue, forKey: .tunedOn)
  }
}

/// Keys that experiments did not have from the start are left out where they say nothing new.
extension PrivacySettings: Encodable {
  private enum CodingKeys: String, CodingKey {
    case unit
    case neighboringRelation = "neighboring_relation"
    case delta
    case accountant
    case clippingNorm = "clipping_norm"
    case clipping
    case mechanism
    case noise
    case gaussianSampler = "gaussian_sampler"
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(unit, forKey: .unit)
    try fields.encode(neighboringRelation, forKey: .neighboringRelation)
    try fields.encode(delta, forKey: .delta)
    try fields.encode(accountant, forKey: .accountant)
    try fields.encode(clippingNorm, forKey: .clippingNorm)
    if clipping != .rule(.flat) { try fields.encode(clipping, forKey: .clipping) }
    if mechanismSettings != .gaussian {
      try fields.encode(mechanismSettings, forKey: .mechanism)
    }
    try fields.encode(noise, forKey: .noise)
    if case .discreteGaussian = mechanismSettings { return }
    try fields.encode(gaussianSampler, forKey: .gaussianSampler)
  }
}

extension ClippingSettings: Encodable {
  public func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    switch self {
    case .rule(.flat): try value.encode("flat")
    case .rule(.perLayer): try value.encode("per-layer")
    case .rule(.automatic(let stability)): try value.encode(["automatic": stability])
    case .quantile(let target, let learningRate, let countStandardDeviation):
      try value.encode([
        "quantile": [
          "target": target, "learning_rate": learningRate,
          "count_standard_deviation": countStandardDeviation,
        ]
      ])
    }
  }
}

extension MechanismSettings: Encodable {
  private enum CodingKeys: String, CodingKey {
    case hardened = "discrete_gaussian"
    case discreteGaussian = "distributed_discrete_gaussian"
    case skellam = "distributed_skellam"
  }

  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .gaussian, .localGaussian:
      var value = encoder.singleValueContainer()
      try value.encode(self == .gaussian ? "gaussian" : "local-gaussian")
    case .discreteGaussian(.system):
      var value = encoder.singleValueContainer()
      try value.encode("discrete-gaussian")
    case .discreteGaussian(let entropy):
      var fields = encoder.container(keyedBy: CodingKeys.self)
      try fields.encode(["entropy": entropy.rawValue], forKey: .hardened)
    case .distributed(let settings):
      var fields = encoder.container(keyedBy: CodingKeys.self)
      switch settings.law {
      case .discreteGaussian: try fields.encode(settings, forKey: .discreteGaussian)
      case .skellam: try fields.encode(settings, forKey: .skellam)
      }
    }
  }
}

extension DistributedSettings: Encodable {
  private enum CodingKeys: String, CodingKey {
    case bits
    case noiseContributors = "noise_contributors"
    case granularity
    case headroom
    case rotation
    case redrawProbability = "redraw_probability"
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(bits, forKey: .bits)
    try fields.encode(noiseContributors, forKey: .noiseContributors)
    switch granularity {
    case .relative(let step): try fields.encode(step, forKey: .granularity)
    case .headroom(let headroom): try fields.encode(headroom, forKey: .headroom)
    }
    try fields.encode(isRotated ? "hadamard" : "none", forKey: .rotation)
    try fields.encode(redrawProbability, forKey: .redrawProbability)
  }
}

extension NoiseSettings: Encodable {
  public func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    switch self {
    case .none: try value.encode("none")
    case .multiplier(let multiplier): try value.encode(["multiplier": multiplier])
    case .targetEpsilon(let epsilon): try value.encode(["target_epsilon": epsilon])
    }
  }
}
