internal import Accounting
internal import Analytics
internal import Results

/// One point of a sweep over questions to a corpus, fully spelled out except for noise that is still to
/// be calibrated.
struct AnalyticsSettings: Hashable, Sendable {
  let corpus: CorpusSettings
  let query: QuerySettings
  let evaluation: RecallSettings
  let privacy: ReleaseSettings
}

/// Whose text, and whose of it is protected.
struct CorpusSettings: Hashable, Sendable {
  let name: Corpus
  /// The share of users, in (0, 1), whose text is public: they contribute nothing, and what the others
  /// released is measured on them.
  let heldOut: Double

  enum Corpus: String, CaseIterable, Sendable {
    case shakespeareWords = "shakespeare-words"
  }
}

/// What is asked.
struct QuerySettings: Hashable, Sendable {
  let kind: Kind
  /// 0 where none are asked for.
  let pairsPerUser: Int
  let wordsPerUser: Int
  let weights: KeyWeight
  let choice: KeyChoice

  /// What one user may contribute, all together.
  var limit: ContributionLimit {
    ContributionLimit(keysPerUser: pairsPerUser + wordsPerUser, weights: weights)
  }

  enum Kind: String, CaseIterable, Sendable {
    /// Pairs of a word and the next, and words that follow others, to suggest next words by.
    case nextWords = "next-words"
    /// Words, to know them.
    case wordList = "word-list"
  }
}

/// At which rank an answer counts as accurate.
struct RecallSettings: Hashable, Sendable {
  let recallAt: Int
  /// On what the settings of this experiment were chosen.
  let tunedOn: EvaluationSettings.TunedOn
}

/// What is protected, and how.
struct ReleaseSettings: Hashable, Sendable {
  let terms: PrivacyTerms
  /// The share of delta, in (0, 1), that the threshold may fail with.
  let thresholdShare: Double
  let noise: HistogramNoise
}

/// How much noise.
enum HistogramNoise: Hashable, Sendable {
  /// Neither noise nor threshold, and users contribute all that they hold.
  case none
  /// Neither noise nor threshold.
  case boundsOnly
  case multiplier(Double)
  case targetEpsilon(Double)

  var targetEpsilon: Double? {
    guard case .targetEpsilon(let target) = self else { return nil }
    return target
  }
}

extension QuerySettings.Kind {
  /// The ranks at which recall is measured, and under which name.
  var recalls: [(rank: Int, metric: Metric)] {
    switch self {
    case .nextWords: [(1, .recallAt1), (3, .recallAt3), (5, .recallAt5), (10, .recallAt10)]
    case .wordList:
      [
        (10, .recallAt10), (30, .recallAt30), (100, .recallAt100), (300, .recallAt300),
        (1000, .recallAt1000),
      ]
    }
  }
}

extension ReleaseSettings {
  /// What the threshold may fail with.
  var failureProbability: Double { thresholdShare * terms.delta }

  /// Over the norm of a user's contribution; 0 without noise.
  var noiseMultiplier: Double {
    guard case .multiplier(let multiplier) = noise else { return 0 }
    return multiplier
  }
}

extension AnalyticsSettings {
  /// The mechanism of the one release, whose noise is calibrated.
  var mechanism: any HistogramMechanism {
    switch privacy.noise {
    case .none: ExactHistogram(limit: nil)
    case .boundsOnly: ExactHistogram(limit: query.limit)
    case .multiplier(let multiplier):
      ThresholdedGaussian(
        limit: query.limit, noiseMultiplier: multiplier,
        failureProbability: privacy.failureProbability)
    case .targetEpsilon: preconditionFailure("noise is calibrated before it is used")
    }
  }
}
