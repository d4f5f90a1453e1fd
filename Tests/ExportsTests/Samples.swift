import Accounting
import Foundation
import Results

@testable import Exports

/// A run to export: a setting without noise and a private one, the ids of whose trials look like numbers.
enum Samples {
  static let ids = ["0123456789012345", "12e4567890123456"]

  static func run() throws -> ExportedRun {
    let claims = [
      PrivacyClaim(
        epsilon: try PrivacyBound(lower: .infinity, upper: .infinity), delta: 1e-5,
        noiseMultiplier: 0, privacyUnit: .client, neighboringRelation: .addOrRemoveOne,
        sampling: "poisson(rate=0.1)", accountant: .pld, epsilonUpperRDP: nil),
      PrivacyClaim(
        epsilon: try PrivacyBound(lower: 1.9, upper: 1.99999), delta: 1e-5, noiseMultiplier: 1.5,
        privacyUnit: .client, neighboringRelation: .addOrRemoveOne, sampling: "poisson(rate=0.1)",
        accountant: .pld, epsilonUpperRDP: 2.1),
    ]
    let trials = zip(ids, claims).enumerated().map { index, trial in
      TrialRow(
        trial: trial.0, setting: index, replicate: 0,
        sweep: index == 0 ? "privacy.noise=none" : "privacy.noise=target_epsilon:2",
        claim: trial.1, clippingNorm: nil, targetEpsilon: nil, rounds: 2,
        evaluationSplit: "test", accuracy: 0.75, loss: nil, links: .none)
    }
    let rounds = ids.flatMap { id in
      [
        RoundRow(trial: id, round: 1, metric: .accuracy, value: 0.5),
        RoundRow(trial: id, round: 2, metric: .accuracy, value: 0.75),
        RoundRow(trial: id, round: 2, metric: .accuracy, site: "a", value: 0.7),
      ]
    }
    let plan = """
      {"name": "x", "trials": [
        {"trial": "\(ids[0])", "setting": 0, "plan": {"privacy": {"noise": "none"}, "seed": 1}},
        {"trial": "\(ids[1])", "setting": 1, "plan": {"privacy": {"noise": {"multiplier": 1.5}}}}
      ]}
      """
    return try ExportedRun(
      files: RunFiles(plan: Data(plan.utf8), trials: trials, rounds: rounds, ledgers: []),
      name: "x", question: "What is it?", finished: Date(timeIntervalSince1970: 1_700_000_000),
      program: "tradeoff 0.1.0", cautions: ["publishing all: no bound"])
  }

  static func files(_ format: ExportFormat) throws -> [String: Data] {
    Dictionary(
      uniqueKeysWithValues: try format.files(of: run(), in: "/tmp/a b").map {
        ($0.path, $0.contents)
      })
  }
}
