internal import Accounting
internal import Analytics

extension AnalyticsSettings {
  static let keys = ["dataset", "analytics", "evaluation", "privacy"]

  /// Decodes one point of the sweep from the experiment's document with the point's values in place.
  init(_ document: SettingsReader) throws(ExperimentError) {
    for key in ["model", "training"] where document.contains(key) {
      throw document.problem(
        .inconsistent(reason: "an experiment has either analytics or a model and its training"),
        at: key)
    }
    guard !document.contains(AuditSettings.key) else {
      throw document.problem(
        .inconsistent(reason: "an audit needs a model in training; remove this section"),
        at: AuditSettings.key)
    }
    corpus = try CorpusSettings(try document.reader("dataset"))
    query = try QuerySettings(try document.reader("analytics"))
    evaluation = try RecallSettings(try document.reader("evaluation"), kind: query.kind)
    privacy = try ReleaseSettings(try document.reader("privacy"))
  }
}

extension CorpusSettings {
  fileprivate init(_ reader: SettingsReader) throws(ExperimentError) {
    try reader.expectOnly(["name", "held_out"])
    name = try reader.choice("name")
    heldOut = try reader.number("held_out", in: .openUnit)
    guard heldOutCount > 0, heldOutCount < name.userCount else {
      throw reader.problem(
        .inconsistent(
          reason: "of \(name.userCount) users, some must be held out and some contribute"),
        at: "held_out")
    }
  }
}

extension QuerySettings {
  fileprivate init(_ reader: SettingsReader) throws(ExperimentError) {
    kind = try reader.choice("kind")
    let limits = 1...ContributionLimit.mostKeysPerUser / 2
    switch kind {
    case .nextWords:
      try reader.expectOnly(["kind", "pairs_per_user", "words_per_user", "weights", "choose"])
      pairsPerUser = try reader.integer("pairs_per_user", in: limits)
    case .wordList:
      try reader.expectOnly(["kind", "words_per_user", "weights", "choose"])
      pairsPerUser = 0
    }
    wordsPerUser = try reader.integer("words_per_user", in: limits)
    weights = reader.contains("weights") ? try reader.choice("weights") : .one
    choice = reader.contains("choose") ? try reader.choice("choose") : .atRandom
  }
}

extension RecallSettings {
  fileprivate init(
    _ reader: SettingsReader, kind: QuerySettings.Kind
  ) throws(ExperimentError) {
    try reader.expectOnly(["recall_at", "tuned_on"])
    recallAt = try reader.integer("recall_at", in: 1...Int.max)
    let ranks = kind.recalls.map(\.rank)
    guard ranks.contains(recallAt) else {
      throw reader.problem(
        .outOfRange(
          allowed: "one of \(ranks.map(String.init).joined(separator: ", "))",
          found: String(recallAt)),
        at: "recall_at")
    }
    tunedOn = try reader.choice("tuned_on")
  }
}

extension ReleaseSettings {
  fileprivate init(_ reader: SettingsReader) throws(ExperimentError) {
    try reader.expectOnly([
      "unit", "neighboring_relation", "delta", "accountant", "threshold_share", "noise",
    ])
    terms = PrivacyTerms(
      unit: try reader.choice("unit"),
      neighboringRelation: try reader.choice("neighboring_relation"),
      delta: try reader.number("delta", in: .openUnit), accountant: try AccountantKind(reader))
    guard terms.unit == .client else {
      throw reader.problem(
        .inconsistent(
          reason: "a corpus belongs to its users, who are protected as a whole; use client"),
        at: "unit")
    }
    guard terms.neighboringRelation != .replaceOne else {
      throw reader.problem(
        .inconsistent(
          reason:
            "the threshold hides keys that one user brings, not those that vanish with another; "
            + "use add-or-remove-one or zero-out"),
        at: "neighboring_relation")
    }
    thresholdShare =
      reader.contains("threshold_share")
      ? try reader.number("threshold_share", in: .openUnit) : 0.5
    noise = try HistogramNoise(reader)
  }
}

extension HistogramNoise {
  fileprivate init(_ reader: SettingsReader) throws(ExperimentError) {
    switch try reader.variant("noise") {
    case .name("none"):
      self = .none
    case .name("bounds-only"):
      self = .boundsOnly
    case .keyed("multiplier", let settings):
      self = .multiplier(try settings.number("multiplier", in: .noiseMultiplier))
    case .keyed("target_epsilon", let settings):
      self = .targetEpsilon(try settings.number("target_epsilon", in: .positive))
    case let other:
      throw reader.unknownChoice(
        other.name, choices: ["none", "bounds-only", "{multiplier: 1.0}", "{target_epsilon: 2}"],
        at: "noise")
    }
  }
}
