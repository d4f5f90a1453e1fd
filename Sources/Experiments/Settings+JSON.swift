internal import Datasets

/// Settings in `plan.json` have the names and shapes that experiment files give them. The encoding is
/// fingerprinted: a change here changes the identity of every trial.
extension DatasetSettings: Encodable {
  private enum CodingKeys: String, CodingKey {
    case name
    case clients
    case partition
    case validationExamples = "validation_examples"
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(name, forKey: .name)
    try fields.encode(clientCount, forKey: .clients)
    try fields.encode(validationExamples, forKey: .validationExamples)
    switch partition {
    case .iid:
      try fields.encode("iid", forKey: .partition)
    case .labelShards(let shardsPerClient):
      try fields.encode(["label_shards": shardsPerClient], forKey: .partition)
    case .dirichlet(let alpha):
      try fields.encode(["dirichlet": alpha], forKey: .partition)
    }
  }
}

extension ModelSettings: Encodable {
  private enum CodingKeys: String, CodingKey {
    case kind
    case hiddenWidths = "hidden_widths"
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(kind.rawValue, forKey: .kind)
    if !hiddenWidths.isEmpty { try fields.encode(hiddenWidths, forKey: .hiddenWidths) }
  }
}

extension SamplingSettings: Encodable {
  public func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    switch self {
    case .poisson(let rate): try value.encode(["poisson_rate": rate])
    case .withoutReplacement(let cohortSize): try value.encode(["cohort_size": cohortSize])
    case .everyone: try value.encode("everyone")
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
