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

  /// How noise and cohorts are drawn, for provenance.
  public var randomnessDescription: String {
    let kinds: [(EntropySource?, String)] = [
      (
        nil,
        "ChaCha20 streams through GSL; research noise, not hardened against attacks on "
          + "floating-point bits"
      ),
      (
        .system,
        "hardened release: exact discrete Gaussian noise on a public grid; noise, cohorts and batches "
          + "from ChaCha20 streams of the operating system's entropy, erased before the results were put "
          + "in place; the time that a draw takes is not hidden"
      ),
      (
        .seed,
        "exact discrete Gaussian noise on a public grid, hardened against attacks on low bits; research "
          + "randomness all the same: ChaCha20 streams of the seed, which is no secret"
      ),
    ]
    let sources = Set(trials.map(\.task.hardenedEntropy))
    return kinds.filter { sources.contains($0.0) }.map(\.1).joined(separator: "; and ")
  }

  /// What must be known of trials whose release is hardened, or meant to be, in lines; none without them.
  public var hardeningDescriptions: [String] {
    EntropySource.allCases.compactMap { source in
      let count = trials.count { $0.task.hardenedEntropy == source }
      guard count > 0 else { return nil }
      let which = count == trials.count ? "all trials" : "\(count) of \(trials.count) trials"
      let entropy =
        switch source {
        case .system:
          "noise, cohorts and batches from the operating system's entropy, which is erased: they cannot "
            + "be repeated"
        case .seed:
          "noise, cohorts and batches from the seed, which is no secret: reproducible, and not for "
            + "real data"
        }
      return "hardened release, \(which): exact discrete Gaussian noise on a public grid; "
        + entropy
    }
  }

  private func unique(_ describe: (TaskPlan) -> String) -> [String] {
    Set(trials.map { describe($0.task) }).sorted()
  }
}

extension TaskPlan {
  /// Where the release is hardened.
  fileprivate var hardenedEntropy: EntropySource? {
    guard case .training(let plan) = self, plan.privacy.noise != .none,
      case .discreteGaussian(let entropy) = plan.privacy.mechanismSettings
    else { return nil }
    return entropy
  }
}
