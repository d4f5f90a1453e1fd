import Accounting
import Results

/// Tables to report.
enum Samples {
  static func claim(
    _ epsilon: Double, noiseMultiplier: Double, delta: Double = 1e-5,
    sampling: String = "poisson(rate=0.1)", accountant: AccountantKind = .pld,
    limit: PrecisionLimit? = nil, epsilonUpperRDP: Double? = nil
  ) throws -> PrivacyClaim {
    PrivacyClaim(
      epsilon: try PrivacyBound(
        lower: epsilon.isFinite ? epsilon / 2 : epsilon, upper: epsilon, limit: limit),
      delta: delta, noiseMultiplier: noiseMultiplier, privacyUnit: .client,
      neighboringRelation: .addOrRemoveOne, sampling: sampling, accountant: accountant,
      epsilonUpperRDP: epsilonUpperRDP)
  }

  /// One row a setting: sweep, claim and the accuracies of its replicates, and what it took of links.
  static func rows(
    _ settings: [(sweep: String, claim: PrivacyClaim, accuracies: [Double])], links: [LinkUse] = []
  ) -> [TradeoffRow] {
    TradeoffRow.summarize(trials(settings, links: links))
  }

  static func trials(
    _ settings: [(sweep: String, claim: PrivacyClaim, accuracies: [Double])], links: [LinkUse] = []
  ) -> [TrialRow] {
    settings.enumerated().flatMap { index, setting in
      setting.accuracies.enumerated().map { replicate, accuracy in
        TrialRow(
          trial: "t", setting: index, replicate: replicate, sweep: setting.sweep,
          claim: setting.claim, clippingNorm: nil, targetEpsilon: nil, rounds: 1,
          evaluationSplit: "test", accuracy: accuracy, loss: 1,
          links: links.isEmpty ? .none : links[index])
      }
    }
  }

  /// Without noise, and two epsilons; single runs.
  static func single() throws -> [TradeoffRow] {
    rows([
      ("privacy.noise=none", try claim(.infinity, noiseMultiplier: 0), [0.85]),
      ("privacy.noise=target_epsilon:8", try claim(8, noiseMultiplier: 0.5), [0.75]),
      ("privacy.noise=target_epsilon:2", try claim(2, noiseMultiplier: 1.25), [0.5]),
    ])
  }
}
