internal import Accounting
internal import Analytics

/// Plans in `plan.json` have the names and shapes that experiment files give them, and say the threshold
/// that follows. The encoding is fingerprinted: a change here changes the identity of every trial.
extension AnalyticsPlan: Encodable {
  private enum CodingKeys: String, CodingKey {
    case seed
    case replicate
    case dataset
    case datasetFingerprint = "dataset_fingerprint"
    case analytics
    case evaluation
    case privacy
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(seed, forKey: .seed)
    try fields.encode(replicate, forKey: .replicate)
    try fields.encode(settings.corpus, forKey: .dataset)
    try fields.encode(datasetFingerprint, forKey: .datasetFingerprint)
    try fields.encode(settings.query, forKey: .analytics)
    try fields.encode(settings.evaluation, forKey: .evaluation)
    try fields.encode(
      ResolvedRelease(
        settings: settings.privacy,
        threshold: (settings.mechanism as? ThresholdedGaussian)?.threshold),
      forKey: .privacy)
  }
}

extension CorpusSettings: Encodable {
  private enum CodingKeys: String, CodingKey {
    case name
    case heldOut = "held_out"
  }

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(name.rawValue, forKey: .name)
    try fields.encode(heldOut, forKey: .heldOut)
  }
}

extension QuerySettings: Encodable {
  private enum CodingKeys: String, CodingKey {
    case kind
    case pairsPerUser = "pairs_per_user"
    case wordsPerUser = "words_per_user"
    case weights
    case choose
  }

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(kind.rawValue, forKey: .kind)
    if kind == .nextWords { try fields.encode(pairsPerUser, forKey: .pairsPerUser) }
    try fields.encode(wordsPerUser, forKey: .wordsPerUser)
    try fields.encode(weights.rawValue, forKey: .weights)
    try fields.encode(choice.rawValue, forKey: .choose)
  }
}

extension RecallSettings: Encodable {
  private enum CodingKeys: String, CodingKey {
    case recallAt = "recall_at"
    case tunedOn = "tuned_on"
  }

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(recallAt, forKey: .recallAt)
    try fields.encode(tunedOn.rawValue, forKey: .tunedOn)
  }
}

private struct ResolvedRelease: Encodable {
  let settings: ReleaseSettings
  /// nil where there is none.
  let threshold: Double?

  private enum CodingKeys: String, CodingKey {
    case unit
    case neighboringRelation = "neighboring_relation"
    case delta
    case accountant
    case thresholdShare = "threshold_share"
    case noise
    case threshold
  }

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(settings.terms.unit, forKey: .unit)
    try fields.encode(settings.terms.neighboringRelation, forKey: .neighboringRelation)
    try fields.encode(settings.terms.delta, forKey: .delta)
    try fields.encode(settings.terms.accountant, forKey: .accountant)
    try fields.encode(settings.thresholdShare, forKey: .thresholdShare)
    try fields.encode(settings.noise, forKey: .noise)
    try fields.encodeIfPresent(threshold, forKey: .threshold)
  }
}

extension HistogramNoise: Encodable {
  func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    switch self {
    case .none: try value.encode("none")
    case .boundsOnly: try value.encode("bounds-only")
    case .multiplier(let multiplier): try value.encode(["multiplier": multiplier])
    case .targetEpsilon(let epsilon): try value.encode(["target_epsilon": epsilon])
    }
  }
}
