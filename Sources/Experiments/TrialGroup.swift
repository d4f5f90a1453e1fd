internal import Accounting
internal import Models
internal import Results
internal import Training

/// A trial that trains a model.
struct TrainingTrial: Sendable {
  let id: TrialID
  let setting: Int
  let plan: TrialPlan
}

extension PlannedTrial {
  /// The trial as one that trains, if it does.
  var training: TrainingTrial? {
    switch task {
    case .training(let plan): TrainingTrial(id: id, setting: setting, plan: plan)
    case .analytics: nil
    }
  }
}

/// Trials that train side by side: they share data, model, cohorts and batches, and pass over each
/// batch together. What becomes of a trial does not depend on who else is in its group.
struct TrialGroup: Sendable {
  let trials: [TrainingTrial]
  /// Where they go on, one a trial and all after the same round; empty where they start.
  let progress: [TrialProgress]

  /// The last round that is through.
  var round: Int { progress.first?.round ?? 0 }

  /// What trials of a group have in common.
  private struct Shared: Hashable {
    /// The last one that is through.
    let round: Int
    let replicate: Int
    let dataset: DatasetSettings
    let model: ModelSettings
    let rounds: Int
    let sampling: SamplingSettings
    let local: LocalTraining?
    let silos: SiloTraining?
    let links: LinkSettings
    let split: EvaluationSettings.Split
    let every: Int
    let audit: AuditSettings?
    /// Of audited trials, whose canaries follow it.
    let relation: NeighboringRelation?

    init(_ plan: TrialPlan, round: Int) {
      self.round = round
      replicate = plan.replicate
      dataset = plan.dataset
      model = plan.model
      rounds = plan.training.rounds
      sampling = plan.training.sampling
      local = plan.training.local
      silos = plan.training.silos
      links = plan.training.links
      split = plan.evaluation.split
      every = plan.evaluation.every
      audit = plan.audit
      relation = plan.audit == nil ? nil : plan.privacy.neighboringRelation
    }
  }

  /// Parameters of all models of a group, so that their buffers fit into memory.
  private static let mostParameters = 1 << 22

  /// How many trials like this one may train side by side.
  private static func most(like plan: TrialPlan) -> Int {
    let parameterCount = plan.network.parameterCount
    let kept = plan.dataset.unitCount * plan.training.keptElements(parameterCount: parameterCount)
    return max(
      1, min(mostParameters / parameterCount, ClientMemory.mostElements / max(1, kept)))
  }

  /// The fewest groups of these trials, in the order of their first ones.
  static func groups(
    of trials: [TrainingTrial], goingOnFrom progress: [TrialID: TrialProgress] = [:]
  ) -> [TrialGroup] {
    var order: [Shared] = []
    var members: [Shared: [TrainingTrial]] = [:]
    for trial in trials {
      let shared = Shared(trial.plan, round: progress[trial.id]?.round ?? 0)
      if members[shared] == nil { order.append(shared) }
      members[shared, default: []].append(trial)
    }
    return order.flatMap { shared in
      let trials = members[shared]!
      let most = most(like: trials[0].plan)
      return stride(from: 0, to: trials.count, by: most).map { start in
        let trials = Array(trials[start..<min(start + most, trials.count)])
        return TrialGroup(trials: trials, progress: trials.compactMap { progress[$0.id] })
      }
    }
  }
}
