internal import Datasets
public import Foundation
public import Results

/// Every trial of an experiment, resolved, calibrated and priced before anything runs.
public struct Plan: Sendable {
  public let experiment: Experiment
  /// Setting by setting, replicates together.
  public let trials: [PlannedTrial]
  public let publication: PublicationCost

  /// Calibrates and prices every setting. Errors name the experiment as `file`.
  public init(_ experiment: Experiment, file: String) throws {
    self.experiment = experiment
    var trials: [PlannedTrial] = []
    var settingOfTrial: [TrialID: Int] = [:]
    for (setting, point) in experiment.points.enumerated() {
      let priced = try PricedSetting(point, file: file)
      for replicate in 0..<experiment.replicates {
        let trial = try PlannedTrial(
          priced, setting: setting, replicate: replicate, seed: experiment.seed)
        if let other = settingOfTrial.updateValue(setting, forKey: trial.id) {
          throw ExperimentError(
            file: file, line: point.noiseLine, path: "sweep",
            problem: .inconsistent(
              reason: "settings \(other + 1) and \(setting + 1) are the same; name each once"))
        }
        trials.append(trial)
      }
    }
    self.trials = trials
    publication = PublicationCost(of: trials)
  }

  /// The contents of `plan.json`.
  public func document() throws(ResultsError) -> Data {
    try CanonicalJSON.document(
      PlanDocument(
        name: experiment.name, question: experiment.question, smoke: experiment.isSmoke,
        source: experiment.source, trials: trials, publication: publication))
  }

  /// Expands a finished run's own experiment again.
  public init(directory: String, files: RunFiles) throws {
    let header = try PlanHeader(of: files.plan)
    try self.init(
      Experiment(source: header.source, file: "plan.json", smoke: header.smoke),
      file: "plan.json")
  }
}

/// One trial with its identity and price.
public struct PlannedTrial: Sendable, Encodable {
  public let id: TrialID
  public let setting: Int
  public let sweep: String
  public let targetEpsilon: Double?
  public let task: TaskPlan
  public let claim: PrivacyClaim

  init(
    _ priced: PricedSetting, setting: Int, replicate: Int, seed: UInt64
  ) throws(ResultsError) {
    self.setting = setting
    sweep = priced.point.label
    targetEpsilon = priced.targetEpsilon
    claim = priced.claim
    task = TaskPlan(priced.task, seed: seed, replicate: replicate)
    id = try task.fingerprint()
  }

  private enum CodingKeys: String, CodingKey {
    case trial
    case setting
    case sweep
    case targetEpsilon = "target_epsilon"
    case epsilonLower = "epsilon_lower"
    case epsilonUpper = "epsilon_upper"
    case epsilonUpperRDP = "epsilon_upper_rdp"
    case precisionLimit = "precision_limit"
    case plan
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(id.description, forKey: .trial)
    try fields.encode(setting, forKey: .setting)
    try fields.encode(sweep, forKey: .sweep)
    try fields.encodeIfPresent(targetEpsilon, forKey: .targetEpsilon)
    try fields.encode(claim.epsilonLower, forKey: .epsilonLower)
    try fields.encode(claim.epsilonUpper, forKey: .epsilonUpper)
    try fields.encodeIfPresent(claim.epsilonUpperRDP, forKey: .epsilonUpperRDP)
    try fields.encodeIfPresent(claim.limit, forKey: .precisionLimit)
    try fields.encode(task, forKey: .plan)
  }
}

/// The layout of `plan.json`. It carries the experiment's text, so that it can be expanded again.
private struct PlanDocument: Encodable {
  let name: String
  let question: String
  let smoke: Bool
  let source: String
  let trials: [PlannedTrial]
  let publication: PublicationCost
}
