import Accounting
import Foundation
import Results

/// Rows with values that are hard to write.
enum Samples {
  static func claim(
    epsilon: (lower: Double, upper: Double) = (2.5, 3.0000000000000004),
    limit: PrecisionLimit? = nil, delta: Double = 1e-7, noiseMultiplier: Double = 1 / 3,
    epsilonUpperRDP: Double? = 3.2
  ) throws -> PrivacyClaim {
    PrivacyClaim(
      epsilon: try PrivacyBound(lower: epsilon.lower, upper: epsilon.upper, limit: limit),
      delta: delta, noiseMultiplier: noiseMultiplier, privacyUnit: .client,
      neighboringRelation: .addOrRemoveOne, sampling: "poisson(rate=0.1)", accountant: .pld,
      epsilonUpperRDP: epsilonUpperRDP)
  }

  static func nonPrivateClaim() throws -> PrivacyClaim {
    try claim(
      epsilon: (.infinity, .infinity), noiseMultiplier: 0, epsilonUpperRDP: .infinity)
  }

  static func trial(
    _ trial: String = "0123456789abcdef", setting: Int = 0, replicate: Int = 0,
    sweep: String = "privacy.noise=none", claim: PrivacyClaim, clippingNorm: Double? = 0.5,
    accuracy: Double = 0.1, links: LinkUse = .none
  ) -> TrialRow {
    TrialRow(
      trial: trial, setting: setting, replicate: replicate, sweep: sweep, claim: claim,
      clippingNorm: clippingNorm, targetEpsilon: nil, rounds: 2, evaluationSplit: "test",
      accuracy: accuracy, loss: 2.3, links: links)
  }

  static let event = PrivacyEvent.poissonSampled(
    .gaussian(noiseMultiplier: 0.7), samplingRate: 0.1)

  /// The files of a run with one trial.
  static func files(accuracy: Double = 0.5, plan: String = "{}\n") throws -> RunFiles {
    var ledger = Ledger()
    try ledger.record(event, count: 2)
    let claim = try claim()
    return try RunFiles(
      plan: .init(plan.utf8), trials: [trial(claim: claim, accuracy: accuracy)],
      rounds: [RoundRow(trial: "0123456789abcdef", round: 2, metric: .accuracy, value: accuracy)],
      ledgers: [
        LedgerRow(
          trial: "0123456789abcdef", privacyUnit: .client, neighboringRelation: .addOrRemoveOne,
          events: ledger)
      ])
  }

  static let id = TrialID(fingerprinting: .init("abc".utf8))

  static func finished(_ measurements: [FinishedTrial.Measurement]) throws -> FinishedTrial {
    var ledger = Ledger()
    try ledger.record(event, count: 2)
    return FinishedTrial(
      measurements: measurements, ledger: ledger,
      timing: TimingRow(trial: id.description, seconds: 0.25, updates: 7))
  }
}
