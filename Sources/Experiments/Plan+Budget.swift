internal import Accounting
internal import Datasets
internal import Mechanisms
public import Results
internal import Training

/// Why a plan cannot pay from a budget.
public enum BudgetRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  case asksACorpus
  case withoutNoise(sweep: String)
  case drawsSystemEntropy
  case severalSubjects
  case unlikeCohorts

  public var description: String {
    switch self {
    case .asksACorpus:
      "a budget adds up Renyi divergences, and a threshold on counts of words can fail, which has none: "
        + "experiments with `analytics` cannot pay from one"
    case .withoutNoise(let sweep):
      "a budget covers noised releases alone, and \(sweep.isEmpty ? "the experiment" : sweep) has no "
        + "noise; take it out of the sweep"
    case .drawsSystemEntropy:
      "a budget takes a trial that runs again for the same releases, and with entropy of the system they are "
        + "others; pay for mechanism: discrete-gaussian by hand, one run at a time"
    case .severalSubjects:
      "the trials are about different units, relations or data, and a budget is about one"
    case .unlikeCohorts:
      "trials of one replicate draw random cohorts from the same numbers by different rules (sampling, "
        + "population, over-selection or local steps), which has no price; put them into experiments "
        + "of their own, with other numbers for first_replicate or seed"
    }
  }
}

extension Plan {
  /// What running it asks of a budget: everything that its trials release.
  public func budgetRequest() throws(BudgetRefusal) -> BudgetRequest {
    var trials: [TrainingTrial] = []
    for trial in self.trials {
      guard let training = trial.training else { throw .asksACorpus }
      guard trial.claim.hasNoise else { throw .withoutNoise(sweep: trial.sweep) }
      guard !training.plan.drawsSystemEntropy else { throw .drawsSystemEntropy }
      trials.append(training)
    }
    guard let subject = trials.first?.plan.budgetSubject,
      trials.allSatisfy({ $0.plan.budgetSubject == subject })
    else { throw .severalSubjects }
    return BudgetRequest(
      experiment: experiment.folderName, subject: subject, schedules: try Self.schedules(of: trials)
    )
  }

  private static func schedules(
    of trials: [TrainingTrial]
  ) throws(BudgetRefusal) -> [ReleaseSchedule] {
    var groups: [[TrainingTrial]] = []
    for trial in trials {
      let cohorts = trial.plan.cohorts
      if cohorts != nil, let group = groups.firstIndex(where: { $0[0].plan.cohorts == cohorts }) {
        groups[group].append(trial)
      } else {
        groups.append([trial])
      }
    }
    var schedules: [ReleaseSchedule] = []
    for group in groups { schedules.append(try ReleaseSchedule(group)) }
    return schedules
  }
}

extension ReleaseSchedule {
  /// Trials that are asked about the same cohorts, or one trial.
  fileprivate init(_ trials: [TrainingTrial]) throws(BudgetRefusal) {
    let first = trials[0].plan
    guard trials.allSatisfy({ $0.plan.drawsCohorts(like: first) }) else { throw .unlikeCohorts }
    var events = Ledger()
    var passed = 0
    for end in Set(trials.map(\.plan.releases)).sorted() {
      let answers = trials.filter { $0.plan.releases >= end }.map(\.plan.releasedEvent)
      do {
        try events.record(
          first.sampler.amplified(answers.count == 1 ? answers[0] : .composed(answers)),
          count: end - passed)
      } catch {
        preconditionFailure("the plan has priced the event: \(error)")
      }
      passed = end
    }
    self.init(
      trials: trials.map { Trial(trial: $0.id.description, releases: $0.plan.releases) },
      cohorts: first.cohorts, events: events)
  }
}

extension TrialPlan {
  fileprivate var releases: Int { training.rounds * training.releasesPerRound }

  /// What one release costs on everybody.
  fileprivate var releasedEvent: PrivacyEvent {
    guard
      let mechanism = try? privacy.mechanism(counting: training.links.countStandardDeviation)
    else { preconditionFailure("the plan has made the mechanism") }
    return mechanism.event
  }

  /// nil where cohorts are not drawn, or make nothing cheaper: then each trial has its own price.
  fileprivate var cohorts: ReleaseSchedule.Cohorts? {
    switch sampler.amplified(releasedEvent) {
    case .poissonSampled(_, let rate) where rate < 1: break
    case .sampledWithoutReplacement(_, let cohortSize, let populationSize)
    where cohortSize < populationSize: break
    default: return nil
    }
    return ReleaseSchedule.Cohorts(seed: seed, replicate: replicate)
  }

  fileprivate func drawsCohorts(like other: TrialPlan) -> Bool {
    dataset == other.dataset && audit == other.audit
      && training.sampling == other.training.sampling
      && training.links.overSelection == other.training.links.overSelection
      && training.releasesPerRound == other.training.releasesPerRound
  }

  fileprivate var budgetSubject: BudgetSubject {
    let keptApart = dataset.keptApart
    return BudgetSubject(
      privacyUnit: privacy.unit, neighboringRelation: privacy.neighboringRelation,
      dataset: dataset.source.name, datasetFingerprint: datasetFingerprint,
      units: dataset.unitsDescription, keptApart: keptApart,
      drawnBySeed: keptApart != nil || dataset.drawsUnits ? seed : nil)
  }
}

extension DatasetSettings {
  /// Whether the experiment makes its clients up, and the data do not say who they are.
  fileprivate var drawsUnits: Bool {
    guard let clients else { return false }
    return clients.holding != .dealt(.natural)
  }

  fileprivate var unitsDescription: String {
    guard let clients else { return "training examples" }
    guard drawsUnits else { return "\(clients.count) \(source.ownersDescription)" }
    // Who is dealt to clients is part of who they are.
    let from = sites.map { " of \($0.map { source.sites[$0].name }.joined(separator: ", "))" } ?? ""
    return "\(clients.count) clients, partition \(clients.holding.label)\(from)"
  }

  /// Examples that are measured on without noise, and that another seed would train on.
  fileprivate var keptApart: String? {
    let parts = [
      validationExamples > 0 ? "\(validationExamples) training examples to tune on" : nil,
      source.heldOutTestExamples.map { "\($0) test examples held out" },
    ].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}

extension ClientSettings.Holding {
  fileprivate var label: String {
    switch self {
    case .dealt(.natural): "natural"
    case .dealt(.iid): "iid"
    case .dealt(.labelShards(let shards)): "label_shards: \(shards)"
    case .dealt(.dirichlet(let alpha)): "dirichlet: \(alpha)"
    case .dealt(.powerLaw(let exponent)): "power_law: \(exponent)"
    case .drawn(let examples): "drawn: \(examples)"
    }
  }
}

extension DatasetSource {
  /// Test examples that are drawn from the training files; nil where they have files of their own.
  fileprivate var heldOutTestExamples: Int? {
    switch self {
    case .known: nil
    case .files(let files): files.dataset.test == nil ? files.dataset.testExampleCount : nil
    case .features(_, let source): source.heldOutTestExamples
    }
  }

  /// What says whose an example is.
  fileprivate var ownersDescription: String {
    switch self {
    case .known: return "owners that the data set names"
    case .features(_, let source): return source.ownersDescription
    case .files(let files):
      switch files.dataset.training {
      case .leaf: return "users"
      case .arrays(let arrays, _): return "owners by the array \(arrays.users ?? "of users")"
      case .table:
        let column = files.columns.first { if case .user = $0.role { true } else { false } }
        return "owners by the column \(column?.name ?? "of users")"
      }
    }
  }
}
