internal import Accounting
internal import Analytics
internal import Datasets
internal import Randomness
internal import Results

/// All that determines a trial that asks a corpus.
public struct AnalyticsPlan: Hashable, Sendable {
  let seed: UInt64
  /// From 0.
  let replicate: Int
  /// Of the corpus's files.
  let datasetFingerprint: String
  /// With the noise calibrated: never a target.
  let settings: AnalyticsSettings

  /// There is one release.
  static let rounds = 1
}

extension AnalyticsPlan {
  /// Where a user's choice of what it contributes hangs: from the replicate, so that its settings are
  /// compared like with like.
  func choiceKey(user: Int) -> StreamKey {
    StreamKey(seed: seed).child(.replicate, UInt64(replicate)).child(.client, UInt64(user))
  }

  func noiseKey(of trial: TrialID) -> StreamKey {
    StreamKey(seed: seed, trial: trial).child(.noise)
  }
}

extension AnalyticsSettings {
  /// With the noise of a target calibrated; the threshold comes with it.
  func calibrated() throws(AccountingError) -> AnalyticsSettings {
    guard case .targetEpsilon(let target) = privacy.noise else { return self }
    let multiplier = try Calibration.noiseMultiplier(
      targetEpsilon: target, delta: privacy.terms.delta, accountant: privacy.terms.accountant,
      relation: privacy.terms.neighboringRelation
    ) {
      ThresholdedGaussian.event(
        noiseMultiplier: $0, failureProbability: privacy.failureProbability)
    }
    return AnalyticsSettings(
      corpus: corpus, query: query, evaluation: evaluation,
      privacy: ReleaseSettings(
        terms: privacy.terms, thresholdShare: privacy.thresholdShare,
        noise: .multiplier(multiplier)))
  }

  /// What the one release costs.
  var event: PrivacyEvent { mechanism.event }

  /// The largest Euclidean norm of one user's contribution.
  var sensitivity: Double { query.limit.norm }

  /// The price of an event by the terms of the experiment: everybody contributes.
  func claim(on event: PrivacyEvent) throws(AccountingError) -> PrivacyClaim {
    try privacy.terms.claim(
      on: event, noiseMultiplier: privacy.noiseMultiplier, sampling: SamplingSettings.everyone.label
    )
  }
}
