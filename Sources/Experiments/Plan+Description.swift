internal import Accounting
internal import Datasets
internal import Results

extension Plan {
  /// Which splits the trials are measured on: `test`, `validation`, or both.
  public var evaluationDescription: String {
    unique { $0.evaluationSplit }.joined(separator: " or ")
  }

  /// How many examples every accuracy is the share of; nil where that differs, or is not known.
  public var evaluationExampleCount: Int? {
    let counts = Set(trials.map(\.task.evaluationExampleCount))
    return counts.count == 1 ? counts.first ?? nil : nil
  }

  /// What the column of accuracies holds: `accuracy`, `recall at 3`.
  public var measureDescription: String {
    unique { $0.measure }.joined(separator: " or ")
  }

  /// The swept values of every setting, as `path=value` joined by `;`.
  public var settingLabels: [String] { settings.map(\.point.label) }

  /// On what the experiment's settings were chosen.
  public var tuningDescription: String {
    "settings tuned on: \(unique { $0.tunedOn.rawValue }.joined(separator: ", "))"
      + (trials.contains { $0.task.tunedOn == .nothing }
        ? "" : " (not charged to any epsilon)")
  }

  /// What it costs to publish rows of the sweep, in lines; of an experiment that chooses privately, what
  /// its choice costs.
  public var publicationDescription: String {
    guard let choice else {
      return "\(publication)\n\(SelectionCost(of: settings))"
    }
    return
      "publishing the chosen run alone, of \(choice.tuning.repetitions.label) runs: epsilon <= "
      + "\(OutwardDecimal.text(choice.epsilon.upper, rounded: .up)) at delta = \(choice.terms.delta), "
      + "by rdp; the other runs are not to be published"
  }

  /// What the epsilons of private trials are about, once for each meaning that occurs.
  public var termsDescriptions: [String] {
    var terms: [String] = []
    for claim in trials.map(\.claim) where claim.isPrivate && !terms.contains(claim.terms) {
      terms.append(claim.terms)
    }
    return terms
  }

  /// The data sets with the fingerprints of their files.
  public var datasetDescription: String {
    unique { $0.datasetDescription }.joined(separator: ", ")
  }

  private func unique(_ describe: (TaskPlan) -> String) -> [String] {
    Set(trials.map { describe($0.task) }).sorted()
  }
}
