internal import Accounting
public import Auditing
internal import Datasets
internal import LinearAlgebra
internal import Models
internal import Randomness
public import Results
internal import Statistics
internal import Training

/// How well membership in the training set can be inferred from the models of an experiment: by shadow models
/// and likelihood ratios, and by a threshold for the loss.
///
/// Of the training examples, the pool, each shadow model is trained on those for which a fair coin of its own
/// says so: half of them in expectation, and so many the run declares. Rate, noise, rounds and all else are
/// the setting's, and so is the event. Given all other coins, whether an example took part makes the
/// difference of neighbors under add-or-remove-one. So for every example the attack's errors lie on or above
/// the trade-off function of the setting's guarantee, and for all together as well, since it is convex
/// (Dong, Roth & Su 2022, Proposition 2.10); but for the chance in so many coins and models.
public struct MembershipAudit: Sendable {
  public struct Options: Hashable, Sendable {
    /// ``ShadowModels/fewest`` or more.
    public let modelCount: Int
    /// How many examples of the pool are attacked, drawn at random; nil for all.
    public let targetCount: Int?
    public let variance: LikelihoodRatioAttack.Variance

    public init(
      modelCount: Int, targetCount: Int?, variance: LikelihoodRatioAttack.Variance? = nil
    ) {
      precondition(modelCount >= ShadowModels.fewest, "too few shadow models")
      precondition(targetCount ?? 1 > 0, "something is attacked")
      self.modelCount = modelCount
      self.targetCount = targetCount
      self.variance = variance ?? .standard(modelCount: modelCount)
    }
  }

  private let plan: Plan
  private let options: Options
  private let threads: Int
  private let subjects: AuditSubjects
  /// What the guarantee of each setting allows; nil without noise.
  private let limits: [MembershipLimit?]

  /// Reads the data. Errors name the experiment as `file`.
  ///
  /// - Parameters:
  ///   - dataFolder: see ``SweepRunner``.
  ///   - threads: change no result.
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
    subjects = try AuditSubjects(
      Array(plan.settings.indices), of: plan, file: file, runner: runner)
    limits = try plan.settings.map(MembershipLimit.init)
    for (_, data) in subjects.groups {
      guard let targetCount = options.targetCount, targetCount > data.training.exampleCount
      else { continue }
      throw ExperimentError(
        file: file, line: nil, path: "dataset",
        problem: .inconsistent(
          reason: "there are \(data.training.exampleCount) training examples, and "
            + "\(targetCount) are to be attacked"))
    }
  }

  /// How many models are trained in all.
  public var trainingCount: Int { subjects.groups.count * options.modelCount }

  /// Trains and attacks.
  ///
  /// - Parameter progress: called after each model.
  public func run(progress: () -> Void) async throws -> MembershipFiles {
    var attacked: [(row: MembershipRow, points: [MembershipPoint])] = []
    for (group, data) in subjects.groups {
      let shadows = try ShadowTraining(
        group: group, data: data, seed: plan.experiment.seed, targetCount: options.targetCount)
      let outcomes = try await inParallel(
        options.modelCount, atATime: threads, progress: progress, shadows.run)
      for (place, trial) in group.trials.enumerated() {
        attacked.append(
          try attack(
            trial, targets: shadows.targets.count, outcomes.map { $0.models[place] },
            coins: outcomes.map(\.isMember)))
      }
    }
    attacked.sort { $0.row.setting < $1.row.setting }
    return MembershipFiles(
      experiment: plan.experiment.source, rows: attacked.map(\.row),
      points: attacked.flatMap(\.points))
  }

  private func attack(
    _ trial: TrainingTrial, targets: Int, _ outcomes: [ShadowTraining.Model], coins: [[Bool]]
  ) throws -> (row: MembershipRow, points: [MembershipPoint]) {
    let models = try ShadowModels(logOdds: outcomes.map(\.logOdds), isMember: coins)
    let scores: [(MembershipAttack, [[Double]])] = [
      (.lira, LikelihoodRatioAttack.scores(of: models, variance: options.variance)),
      // The loss falls as the log odds rise, so that a threshold for one is a threshold for the other.
      (.lossThreshold, models.logOdds),
    ]
    let planned = plan.trials.first { $0.setting == trial.setting }!
    let limit = limits[trial.setting]
    var measures: [MembershipAttack: MembershipMeasures] = [:]
    var points: [MembershipPoint] = []
    for (attack, scores) in scores {
      let curve = try models.curve(of: scores)
      measures[attack] = MembershipMeasures(curve, scores, of: models)
      for rate in MembershipPoint.rates {
        points.append(
          MembershipPoint(
            setting: trial.setting, sweep: planned.sweep, attack: attack,
            falsePositiveRate: rate,
            truePositiveRate: rate * Double(curve.nonMemberCount) < 1
              ? nil : curve.truePositiveRate(atFalsePositiveRate: rate),
            limit: try limit?.truePositiveRate(atFalsePositiveRate: rate)))
      }
    }
    let row = MembershipRow(
      setting: trial.setting, sweep: planned.sweep, claim: planned.claim,
      shadowModels: options.modelCount, variance: options.variance.rawValue, targets: targets,
      memberAccuracy: Sample(outcomes.map(\.memberAccuracy)).mean,
      evaluationSplit: trial.plan.evaluation.split.rawValue,
      heldOutAccuracy: Sample(outcomes.map(\.heldOutAccuracy)).mean,
      lira: measures[.lira]!, lossThreshold: measures[.lossThreshold]!,
      limit: try limit?.measures())
    return (row, points)
  }
}

extension MembershipMeasures {
  fileprivate init(
    _ curve: ReceiverOperatingCurve, _ scores: [[Double]], of models: ShadowModels
  ) {
    self.init(
      area: curve.area, balancedAccuracy: curve.balancedAccuracy,
      rates: MembershipMeasures.falsePositiveRates.map { rate in
        let point = curve.point(atFalsePositiveRate: rate)
        let rates = models.truePositiveRates(of: scores, threshold: point.threshold)
        return Rate(
          value: curve.truePositiveRate(point), standardError: Sample(rates).standardError ?? 0)
      })
  }
}
