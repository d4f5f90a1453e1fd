internal import Foundation
internal import Results

/// A tracking folder of MLflow (its file store): one experiment, and a run a trial with its resolved
/// settings as parameters, its metrics by round, and its guarantee as tags.
///
/// What is YAML there is written as JSON, which is YAML as well.
///
/// - Parameter folder: where it is going to lie.
func trackingFiles(of run: ExportedRun, in folder: String) throws -> [ExportedFile] {
  let root = URL(filePath: folder).standardizedFileURL.absoluteString
  let address = root.hasSuffix("/") ? String(root.dropLast()) : root
  let milliseconds = Int(run.finished.timeIntervalSince1970 * 1000)
  let experiment = experimentID(of: run)
  let description = run.question + "\n\n" + run.cautions.map { "- \($0)" }.joined(separator: "\n")
  var files = [
    ExportedFile(
      "\(experiment)/meta.yaml",
      try CanonicalJSON.document(
        Experiment(
          artifactLocation: "\(address)/\(experiment)", creationTime: milliseconds,
          experimentID: experiment, lastUpdateTime: milliseconds, name: run.name))),
    ExportedFile("\(experiment)/tags/mlflow.note.content", description),
  ]
  for trial in run.trials {
    let id = trial.row.trial
    let path = "\(experiment)/\(id)"
    let name = trial.row.sweep.isEmpty ? id : trial.row.sweep
    let runName = "\(name) replicate \(trial.row.replicate)"
    files.append(
      ExportedFile(
        "\(path)/meta.yaml",
        try CanonicalJSON.document(
          Run(
            artifactURI: "\(address)/\(path)/artifacts", endTime: milliseconds,
            experimentID: experiment, runID: id, runName: runName,
            sourceVersion: run.program, startTime: milliseconds))))
    // MLflow takes a folder without artifacts for no run.
    files.append(
      ExportedFile(
        "\(path)/artifacts/PRIVACY.txt",
        ([trial.row.claim.statement] + run.cautions).joined(separator: "\n") + "\n"))
    files += tags(of: trial, run: run, name: runName)
      .map { ExportedFile("\(path)/tags/\($0.key)", $0.value) }
    files += trial.values.byPath.sorted { $0.key < $1.key }
      .map { ExportedFile("\(path)/params/\($0.key)", parameter($0.value)) }
    files += metrics(of: trial, at: milliseconds)
      .map { ExportedFile("\(path)/metrics/\($0.name)", $0.lines) }
  }
  return files
}

/// A number of 18 digits, as MLflow names experiments: the same for the same plan.
private func experimentID(of run: ExportedRun) -> String {
  let word = TrialID(fingerprinting: run.files.plan).words[0]
  return String(100_000_000_000_000_000 + word % 900_000_000_000_000_000)
}

private func tags(
  of trial: ExportedTrial, run: ExportedRun, name: String
) -> [(key: String, value: String)] {
  let claim = trial.row.claim
  return [
    ("mlflow.runName", name), ("mlflow.source.name", run.program),
    ("mlflow.source.type", "LOCAL"), ("mlflow.user", "tradeoff"),
    (
      "mlflow.note.content",
      ([claim.statement] + run.cautions).map { "- \($0)" }.joined(separator: "\n")
    ),
    ("privacy.statement", claim.statement),
    ("privacy.cautions", run.cautions.joined(separator: "\n")),
    ("tradeoff.setting", "\(trial.row.setting)"), ("tradeoff.sweep", trial.row.sweep),
    ("tradeoff.evaluation_split", trial.row.evaluationSplit),
  ] + claim.fields.map { ("privacy.\($0.name)", $0.value) }
}

/// The longest parameter that MLflow keeps.
private let longestParameter = 6000

private func parameter(_ value: String) -> String {
  guard value.count > longestParameter else { return value }
  let note = " ... (\(value.count) characters; all of them are in the run's plan.json)"
  return value.prefix(longestParameter - note.count) + note
}

/// A line a measurement: when, what, after which round.
private func metrics(
  of trial: ExportedTrial, at milliseconds: Int
) -> [(name: String, lines: String)] {
  var names: [String] = []
  var lines: [String: String] = [:]
  for row in trial.rounds {
    if lines[row.name] == nil { names.append(row.name) }
    lines[row.name, default: ""] += "\(milliseconds) \(row.value) \(row.round)\n"
  }
  return names.map { ($0, lines[$0] ?? "") }
}

private struct Experiment: Encodable {
  let artifactLocation: String
  let creationTime: Int
  let experimentID: String
  let lastUpdateTime: Int
  let lifecycleStage = "active"
  let name: String

  private enum CodingKeys: String, CodingKey {
    case artifactLocation = "artifact_location"
    case creationTime = "creation_time"
    case experimentID = "experiment_id"
    case lastUpdateTime = "last_update_time"
    case lifecycleStage = "lifecycle_stage"
    case name
  }
}

private struct Run: Encodable {
  let artifactURI: String
  let endTime: Int
  let entryPointName = ""
  let experimentID: String
  let lifecycleStage = "active"
  let runID: String
  let runName: String
  let sourceName = ""
  /// SourceType.LOCAL.
  let sourceType = 4
  let sourceVersion: String
  let startTime: Int
  /// RunStatus.FINISHED.
  let status = 3
  let tags: [String] = []
  let userID = "tradeoff"

  private enum CodingKeys: String, CodingKey {
    case artifactURI = "artifact_uri"
    case endTime = "end_time"
    case entryPointName = "entry_point_name"
    case experimentID = "experiment_id"
    case lifecycleStage = "lifecycle_stage"
    case runID = "run_id"
    case runName = "run_name"
    case sourceName = "source_name"
    case sourceType = "source_type"
    case sourceVersion = "source_version"
    case startTime = "start_time"
    case status
    case tags
    case userID = "user_id"
  }
}
