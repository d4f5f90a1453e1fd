internal import Datasets
public import Foundation
public import Results

/// Every trial of an experiment, resolved, calibrated and priced before anything runs.
public struct Plan: Sendable {
  public let experiment: Experiment
  /// Setting by setting, replicates together.
  public let trials: [PlannedTrial]
  public let publication: PublicationCost
  let settings: [PricedSetting]
  /// What the experiment chooses, if it does.
  let choice: PrivateChoice?
  /// Where relative paths of the user's own data begin.
  let filesFolder: String

  /// Calibrates and prices every setting. Errors name the experiment as `file`.
  ///
  /// A user's own data are read for their fingerprint. Their relative paths begin in `dataFolder`; nil
  /// is the folder of `file`.
  public init(_ experiment: Experiment, file: String, dataFolder: String? = nil) throws {
    let folder = dataFolder ?? folder(of: file)
    var fingerprints: [FileDataset: String] = [:]
    try self.init(experiment, file: file, filesFolder: folder) { dataset, _ in
      if let known = fingerprints[dataset] { return known }
      let fingerprint = try dataset.fingerprint(from: folder)
      fingerprints[dataset] = fingerprint
      return fingerprint
    }
  }

  /// - Parameter fingerprint: of a user's own data, for the trial of this number.
  private init(
    _ experiment: Experiment, file: String, filesFolder: String,
    fingerprint: (_ dataset: FileDataset, _ trial: Int) throws -> String
  ) throws {
    self.experiment = experiment
    self.filesFolder = filesFolder
    var trials: [PlannedTrial] = []
    var settingOfTrial: [TrialID: Int] = [:]
    var settings: [PricedSetting] = []
    let drawn = experiment.tuning?.drawnSettings(
      settingCount: experiment.points.count, seed: experiment.seed)
    for (setting, point) in experiment.points.enumerated() {
      let priced = try PricedSetting(point, file: file)
      settings.append(priced)
      // The runs of a choice are replicates of its settings, no two with the same number.
      let replicates = drawn.map { runs in runs.indices.filter { runs[$0] == setting } }
      for replicate in replicates ?? Array(0..<experiment.replicates) {
        let trial = try PlannedTrial(
          priced, setting: setting, replicate: experiment.firstReplicate + replicate,
          seed: experiment.seed
        ) { try fingerprint($0, trials.count) }
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
    self.settings = settings
    publication = PublicationCost(of: trials)
    choice = try experiment.tuning.map { tuning in
      do {
        return try PrivateChoice(tuning, from: settings, seed: experiment.seed)
      } catch {
        throw ExperimentError(
          file: file, line: nil, path: "tuning",
          problem: .inconsistent(reason: "\(error)"))
      }
    }
  }

  /// The contents of `plan.json`.
  public func document() throws(ResultsError) -> Data {
    try CanonicalJSON.document(
      PlanDocument(
        name: experiment.name, question: experiment.question, smoke: experiment.isSmoke,
        source: experiment.source, trials: trials, publication: publication))
  }

  /// Expands a finished run's own experiment again. A user's own data are not needed for that: their
  /// fingerprints are those of the run.
  public init(directory: String, files: RunFiles) throws {
    try self.init(recorded: files.plan, file: "plan.json", filesFolder: directory)
  }

  /// Expands a recorded plan again. Errors name it as `file`.
  init(recorded document: Data, file: String, filesFolder: String = ".") throws {
    let header = try PlanHeader(of: document)
    let recorded = try CanonicalJSON.decode(RecordedData.self, from: document, file: file)
    try self.init(
      Experiment(source: header.source, file: file, smoke: header.smoke), file: file,
      filesFolder: filesFolder
    ) { _, trial in
      guard trial < recorded.trials.count else {
        throw ResultsError.unreadable(
          file: file, reason: "its experiment has more than its \(recorded.trials.count) trials")
      }
      return recorded.trials[trial].plan.datasetFingerprint
    }
  }
}

/// What `plan.json` says of the data of each trial.
private struct RecordedData: Decodable {
  let trials: [Trial]

  struct Trial: Decodable {
    let plan: Recorded

    struct Recorded: Decodable {
      let datasetFingerprint: String

      private enum CodingKeys: String, CodingKey {
        case datasetFingerprint = "dataset_fingerprint"
      }
    }
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
    _ priced: PricedSetting, setting: Int, replicate: Int, seed: UInt64,
    fingerprint: (FileDataset) throws -> String
  ) throws {
    self.setting = setting
    sweep = priced.point.label
    targetEpsilon = priced.targetEpsilon
    claim = priced.claim
    task = try TaskPlan(priced.task, seed: seed, replicate: replicate, fingerprint: fingerprint)
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
