internal import Datasets
internal import Features
internal import Foundation
internal import LinearAlgebra
public import Results

/// Runs the trials of a plan, in groups and several groups at a time, and puts the results in place.
public struct SweepRunner: Sendable {
  public enum Event: Sendable {
    /// Features of a data set are read where they are kept in this folder, and computed otherwise.
    case preparingFeatures(of: String, folder: String)
    case started(Workload)
    case startedGroup(RunningGroup)
    /// With one accuracy a trial, where the round was measured.
    case finishedRound(Int, of: RunningGroup, accuracies: [Double]?)
    /// The seconds are the trial's share of the time of its group.
    case finishedTrial(PlannedTrial, accuracy: Double, seconds: Double)
  }

  public let plan: Plan
  /// Shared by the groups that run at a time. Cannot change any result.
  public let threads: Int
  /// Least time between two checkpoints of a group. Cannot change any result.
  public let checkpointInterval: Duration
  private let load: @Sendable (DatasetSource) throws -> LabeledDataset
  private let loadPlays: @Sendable () throws -> Plays

  /// A known data set's files are read from `dataFolder`; nil is where they are installed. A user's own
  /// are where the plan found them.
  public init(plan: Plan, dataFolder: String?, threads: Int, checkpointInterval: Duration) {
    self.init(
      plan: plan, threads: threads, checkpointInterval: checkpointInterval,
      load: {
        try $0.load(
          folder: dataFolder, filesFolder: plan.filesFolder, seed: plan.experiment.seed,
          workers: Workers(count: threads))
      }, loadPlays: { try Plays.load(folder: dataFolder) })
  }

  init(
    plan: Plan, threads: Int, checkpointInterval: Duration,
    load: @escaping @Sendable (DatasetSource) throws -> LabeledDataset,
    loadPlays: @escaping @Sendable () throws -> Plays = { try Plays.load() }
  ) {
    precondition(threads > 0, "at least one thread")
    self.plan = plan
    self.threads = threads
    self.checkpointInterval = checkpointInterval
    self.load = load
    self.loadPlays = loadPlays
  }

  /// Runs what is not finished yet, and puts the results in place.
  ///
  /// Stops between rounds when the surrounding task is cancelled: finished trials, and how far the
  /// others have come, are kept in the directory, and a run of the same plan continues from there.
  public func run(
    in directory: RunDirectory, provenance: (RunFiles) -> Provenance,
    onEvent: @escaping @Sendable (Event) -> Void
  ) async throws -> RunFiles {
    let finished = try await finish(plan.trials, in: directory, onEvent: onEvent)
    let files = try plan.files(finished)
    try directory.publish(
      files, timings: finished.map(\.timing),
      provenance: try CanonicalJSON.document(provenance(files)))
    return files
  }

  /// Runs what is not finished yet of one part of the sweep, and leaves it to be merged.
  ///
  /// - Parameter provenance: for checksums of the part's trials.
  /// - Returns: how many trials the part has.
  public func run(
    _ shard: Shard, in directory: RunDirectory, provenance: ([String: String]) -> Provenance,
    onEvent: @escaping @Sendable (Event) -> Void
  ) async throws -> Int {
    let trials = shard.trials(of: plan)
    _ = try await finish(trials, in: directory, onEvent: onEvent)
    try directory.closeShard(trials.map(\.id), provenance: provenance)
    return trials.count
  }

  /// - Returns: what the trials left behind, in their order.
  private func finish(
    _ trials: [PlannedTrial], in directory: RunDirectory,
    onEvent: @escaping @Sendable (Event) -> Void
  ) async throws -> [FinishedTrial] {
    var outcomes: [FinishedTrial?] = []
    for trial in trials { outcomes.append(try directory.outcome(of: trial.id)) }
    let remaining = trials.indices.filter { outcomes[$0] == nil }
    let jobs = try jobs(
      for: remaining.map { trials[$0] },
      goingOnFrom: try TrialProgress.all(in: directory, of: plan), onEvent: onEvent)
    let places = Dictionary(
      uniqueKeysWithValues: trials.enumerated().map { ($1.id, $0) })
    let groups = jobs.enumerated().map { number, job in
      RunningGroup(
        number: number, trials: job.trials.map { trials[places[$0]!] },
        earlierRounds: job.round)
    }
    onEvent(.started(Workload(of: trials, left: groups)))

    let (jobsAtATime, threadsOfJob) = concurrency(of: jobs)
    try await withThrowingTaskGroup(of: [(TrialID, FinishedTrial)].self) { tasks in
      var waiting = zip(jobs, groups).makeIterator()
      func startNext() {
        guard let (job, group) = waiting.next() else { return }
        tasks.addTask {
          onEvent(.startedGroup(group))
          let outcomes = try job.run(
            in: directory, threads: threadsOfJob, checkpointInterval: checkpointInterval
          ) { onEvent(.finishedRound($0, of: group, accuracies: $1)) }
          let ended = zip(job.trials, outcomes)
          for (trial, outcome) in ended { try directory.keep(outcome, of: trial) }
          try directory.removeCheckpoint(of: job.trials[0])
          return Array(ended)
        }
      }
      for _ in 0..<jobsAtATime { startNext() }
      while let ended = try await tasks.next() {
        for (trial, outcome) in ended {
          let place = places[trial]!
          outcomes[place] = outcome
          onEvent(
            .finishedTrial(
              trials[place], accuracy: try outcome.final(.accuracy),
              seconds: outcome.timing.seconds))
        }
        startNext()
      }
    }

    return outcomes.compactMap { $0 }
  }

  /// How many of the jobs run at a time, and the threads of each.
  func concurrency(of jobs: [TrialJob]) -> (count: Int, threads: Int) {
    let count = max(1, min(threads, jobs.count))
    return (count, threads / count)
  }

  /// What is left to do, with its data in memory.
  func jobs(
    for trials: [PlannedTrial], goingOnFrom progress: [TrialID: TrialProgress],
    onEvent: (Event) -> Void
  ) throws -> [TrialJob] {
    let training = trials.compactMap(\.training)
    let data = try loadData(for: training, onEvent: onEvent)
    let analytics = trials.compactMap(\.analytics)
    let corpora = try loadCorpora(for: analytics)
    return TrialGroup.groups(of: training, goingOnFrom: progress)
      .map { .training($0, data[$0.trials[0].plan.dataset]!) }
      + analytics.map { .analytics($0, corpora[$0.plan.settings.source]!) }
  }

  private func loadData(
    for trials: [TrainingTrial], onEvent: (Event) -> Void
  ) throws -> [DatasetSettings: TrialData] {
    var sets: [DatasetSource: LabeledDataset] = [:]
    var data: [DatasetSettings: TrialData] = [:]
    for trial in trials.map(\.plan) where data[trial.dataset] == nil {
      let settings = trial.dataset
      if sets[settings.source] == nil, case .features = settings.source {
        onEvent(
          .preparingFeatures(of: settings.source.name, folder: FeatureCache.standard.folder))
      }
      let set = try sets[settings.source] ?? load(settings.source)
      guard set.fingerprint == trial.datasetFingerprint else {
        throw DatasetError.changed(expected: trial.datasetFingerprint, found: set.fingerprint)
      }
      sets[settings.source] = set
      data[settings] = try TrialData(set, settings: settings, seed: plan.experiment.seed)
    }
    return data
  }

  private func loadCorpora(
    for trials: [AnalyticsTrial]
  ) throws -> [AnalyticsSource: AnalyticsData] {
    guard !trials.isEmpty else { return [:] }
    let plays = try loadPlays()
    var corpora: [AnalyticsSource: AnalyticsData] = [:]
    for source in trials.map(\.plan.settings.source) where corpora[source] == nil {
      corpora[source] = try AnalyticsData(plays, source: source, seed: plan.experiment.seed)
    }
    return corpora
  }
}

extension Plan {
  /// The result files of a run whose trials, in the order of the plan, ended so.
  func files(_ outcomes: [FinishedTrial]) throws(ResultsError) -> RunFiles {
    try RunFiles(
      plan: try document(),
      trials: try zip(trials, outcomes).map { trial, outcome throws(ResultsError) in
        try trial.row(of: outcome)
      },
      rounds: outcomes.flatMap(\.rounds),
      ledgers: zip(trials, outcomes).map { $0.ledgerRow(of: $1) },
      selection: try choice?.row(of: trials, outcomes))
  }
}

extension PlannedTrial {
  fileprivate func row(of outcome: FinishedTrial) throws(ResultsError) -> TrialRow {
    TrialRow(
      trial: id.description, setting: setting, replicate: task.replicate, sweep: sweep,
      claim: claim, clippingNorm: claim.hasNoise ? task.sensitivity : nil,
      targetEpsilon: targetEpsilon, rounds: task.rounds,
      evaluationSplit: task.evaluationSplit, accuracy: try outcome.final(.accuracy),
      loss: try task.hasLoss ? outcome.final(.loss) : nil,
      links: task.links(of: outcome), audit: try task.audit(of: outcome))
  }

  fileprivate func ledgerRow(of outcome: FinishedTrial) -> LedgerRow {
    LedgerRow(
      trial: id.description, privacyUnit: claim.privacyUnit,
      neighboringRelation: claim.neighboringRelation, events: outcome.ledger)
  }
}
