internal import Accounting
internal import Results

/// Settings of an experiment that an audit trains again, those of one group side by side, with their data.
struct AuditSubjects {
  let groups: [(group: TrialGroup, data: TrialData)]

  /// Throws ``ExperimentError``, in the name of `file`, where a setting's guarantee is not about whether
  /// single examples took part, which is what audits vary.
  ///
  /// - Parameter settings: numbers of the settings to train.
  init(
    _ settings: [Int], of plan: Plan, file: String, runner: SweepRunner
  ) throws {
    try plan.checkPresenceOfExamples(file: file)
    let trials = settings.compactMap { setting in plan.trials.first { $0.setting == setting } }
    let jobs = try runner.jobs(for: trials, goingOnFrom: [:]) { _ in }
    groups = jobs.compactMap { job in
      switch job {
      case .training(let group, let data): (group, data)
      case .analytics: nil
      }
    }
  }
}

extension Plan {
  fileprivate func checkPresenceOfExamples(file: String) throws(ExperimentError) {
    func refuse(_ path: String, _ reason: String) throws(ExperimentError) {
      throw ExperimentError(
        file: file, line: nil, path: path, problem: .inconsistent(reason: reason))
    }
    if choice != nil {
      try refuse("tuning", "an audit is of single settings; leave this section out")
    }
    for trial in trials {
      guard case .training(let plan) = trial.task else {
        return try refuse("", "nothing is trained here, and an audit attacks trained models")
      }
      guard plan.audit == nil else {
        return try refuse("audit", "this audit has no canaries; leave this section out")
      }
      guard plan.privacy.unit == .example else {
        return try refuse(
          "privacy.unit",
          "the audit puts single examples in and leaves them out, and the unit here is a client; "
            + "audit an experiment with unit: example")
      }
      guard plan.training.silos == nil else {
        return try refuse(
          "dataset.clients", "the audit trains in one place; leave out the silos' keys")
      }
      guard plan.privacy.neighboringRelation != .replaceOne else {
        return try refuse(
          "privacy.neighboring_relation",
          "the audit puts examples in and leaves them out, and replace-one is about examples that "
            + "change; use add-or-remove-one or zero-out")
      }
      if case .withoutReplacement = plan.training.sampling {
        try refuse(
          "training.sampling",
          "the audit varies how many examples there are, which cohorts of fixed size show; use "
            + "{poisson_rate: ...} or everyone")
      }
    }
  }
}
