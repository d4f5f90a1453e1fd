internal import Accounting
internal import Auditing
internal import Datasets
internal import LinearAlgebra
internal import Mechanisms
internal import Models
internal import Randomness
public import Results
public import Statistics
internal import Training

/// What many runs of each setting of an experiment, half of them with one example and half without, prove about
/// its epsilon (Jagielski, Ullman & Oprea 2020).
///
/// The data sets are the worst neighbors: the example alone, and none. Trainer, sampler, clipping, noise and
/// accounting are those of a sweep, and every run has initial weights, cohorts and noise of its own. Settings
/// without noise promise nothing and are left out.
public struct ManyRunExperiment: Sendable {
  public struct Options: Hashable, Sendable {
    /// With the example, and as many without it; 4 or more: half of them choose the threshold.
    public let runCount: Int
    /// The place of the example among the training examples, from 0.
    public let canary: Int
    public let confidence: Confidence

    public init(runCount: Int, canary: Int, confidence: Confidence) {
      precondition(runCount >= 4, "too few runs")
      precondition(canary >= 0, "places count from 0")
      self.runCount = runCount
      self.canary = canary
      self.confidence = confidence
    }
  }

  private let plan: Plan
  private let options: Options
  private let threads: Int
  private let subjects: AuditSubjects

  /// Reads the data. Errors name the experiment as `file`.
  public init(
    of plan: Plan, file: String, dataFolder: String?, options: Options, threads: Int
  ) throws {
    try self.init(
      of: plan, file: file, options: options,
      runner: SweepRunner(
        plan: plan, dataFolder: dataFolder, threads: threads, checkpointInterval: .zero))
  }

  init(of plan: Plan, file: String, options: Options, runner: SweepRunner) throws {
    self.plan = plan
    self.options = options
    threads = runner.threads
    let noised = plan.settings.indices.filter { plan.settings[$0].claim.hasNoise }
    subjects = try AuditSubjects(noised, of: plan, file: file, runner: runner)
    func refuse(_ path: String, _ reason: String) -> ExperimentError {
      ExperimentError(file: file, line: nil, path: path, problem: .inconsistent(reason: reason))
    }
    guard !noised.isEmpty else {
      throw refuse("privacy.noise", "no setting has noise, so that there is no epsilon to audit")
    }
    for (group, data) in subjects.groups {
      guard options.canary < data.training.exampleCount else {
        throw refuse(
          "dataset",
          "there are \(data.training.exampleCount) training examples, so that example "
            + "\(options.canary), counted from 0, is not one of them")
      }
      for trial in group.trials {
        guard case .gaussian = trial.plan.privacy.mechanismSettings,
          case .rule(.flat) = trial.plan.privacy.clipping
        else {
          throw refuse(
            "privacy",
            "the adversary of this audit reckons with flat clipping and Gaussian noise by whoever "
              + "adds up; use clipping: flat and mechanism: gaussian")
        }
      }
    }
  }

  /// How many trainings there are in all.
  public var trainingCount: Int { subjects.groups.count * 2 * options.runCount }

  /// Trains and audits.
  ///
  /// - Parameter progress: called after each training.
  public func run(progress: () -> Void) async throws -> ManyRunFiles {
    var rows: [ManyRunRow] = []
    for (group, data) in subjects.groups {
      let runs = CanaryRuns(
        group: group, pool: data.training, canary: options.canary, seed: plan.experiment.seed)
      // Half of the runs are with the canary, by turns.
      let outcomes = try await inParallel(
        2 * options.runCount, atATime: threads, progress: progress, runs.run)
      for (place, trial) in group.trials.enumerated() {
        rows += try audit(trial, outcomes.map { $0[place] })
      }
    }
    rows.sort { ($0.setting, $0.order) < ($1.setting, $1.order) }
    return ManyRunFiles(experiment: plan.experiment.source, rows: rows)
  }

  private func audit(
    _ trial: TrainingTrial, _ outcomes: [CanaryRuns.Outcome]
  ) throws -> [ManyRunRow] {
    let planned = plan.trials.first { $0.setting == trial.setting }!
    let delta = planned.claim.delta
    func scores(_ view: ManyRunRow.View) throws -> RunScores {
      func scores(isIn: Bool) -> [Double] {
        outcomes.enumerated().filter { CanaryRuns.isIn($0.offset) == isIn }
          .map { view == .everyRelease ? $0.element.logLikelihoodRatio : $0.element.logOdds }
      }
      return try RunScores(without: scores(isIn: false), with: scores(isIn: true))
    }
    let share =
      outcomes.reduce(0) { $0 + $1.totalShare }
      / Double(outcomes.count * trial.plan.training.rounds)
    var rows: [ManyRunRow] = []
    for view in ManyRunRow.View.allCases {
      let scores = try scores(view)
      func row(
        _ method: ManyRunRow.Method, _ audit: ManyRunAudit, _ epsilon: Double
      ) -> ManyRunRow {
        ManyRunRow(
          setting: trial.setting, sweep: planned.sweep, claim: planned.claim,
          runs: outcomes.count, canaryShare: share, view: view, method: method,
          withoutCount: audit.withoutCount, falseAlarmCount: audit.falseAlarmCount,
          withCount: audit.withCount, missCount: audit.missCount,
          confidence: options.confidence.level, epsilonAudited: epsilon)
      }
      let audit = scores.heldOutAudit(for: .epsilon(delta: delta))
      rows.append(
        row(
          .clopperPearson, audit,
          audit.epsilonLowerBound(delta: delta, confidence: options.confidence)))
      // A sampled mechanism is not Gaussian.
      guard trial.plan.training.sampling == .everyone else { continue }
      let gaussian = scores.heldOutAudit(for: .gaussian)
      rows.append(
        row(
          .gaussianDP, gaussian,
          try gaussian.gaussianBound(confidence: options.confidence).epsilon(atDelta: delta)))
    }
    return rows
  }
}
