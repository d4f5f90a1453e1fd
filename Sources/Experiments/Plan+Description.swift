internal import Datasets

extension Plan {
  /// Which splits the trials are measured on: `test`, `validation`, or both.
  public var evaluationDescription: String {
    unique { $0.evaluation.split.rawValue }.joined(separator: " or ")
  }

  /// On what the experiment's settings were chosen.
  public var tuningDescription: String {
    "settings tuned on: \(unique { $0.evaluation.tunedOn.rawValue }.joined(separator: ", "))"
      + (trials.contains { $0.plan.evaluation.tunedOn == .nothing }
        ? "" : " (not charged to any epsilon)")
  }

  /// The data sets with the fingerprints of their files.
  public var datasetDescription: String {
    unique { "\($0.dataset.source.name) sha256:\($0.datasetFingerprint)" }
      .joined(separator: ", ")
  }

  private func unique(_ describe: (TrialPlan) -> String) -> [String] {
    Set(trials.map { describe($0.plan) }).sorted()
  }
}
