internal import Datasets

extension Plan {
  /// Which splits the trials are measured on: `test`, `validation`, or both.
  public var evaluationDescription: String {
    unique { $0.evaluationSplit }.joined(separator: " or ")
  }

  /// What the column of accuracies holds: `accuracy`, `recall at 3`.
  public var measureDescription: String {
    unique { $0.measure }.joined(separator: " or ")
  }

  /// On what the experiment's settings were chosen.
  public var tuningDescription: String {
    "settings tuned on: \(unique { $0.tunedOn.rawValue }.joined(separator: ", "))"
      + (trials.contains { $0.task.tunedOn == .nothing }
        ? "" : " (not charged to any epsilon)")
  }

  /// The data sets with the fingerprints of their files.
  public var datasetDescription: String {
    unique { $0.datasetDescription }.joined(separator: ", ")
  }

  private func unique(_ describe: (TaskPlan) -> String) -> [String] {
    Set(trials.map { describe($0.task) }).sorted()
  }
}
