internal import Foundation

/// A finished run as its files have it, whichever version of the program wrote them.
public struct RecordedRun: Sendable {
  public let directory: String
  public let name: String
  /// By setting, in order.
  let settings: [RecordedSetting]

  public init(directory: String, files: RunFiles) throws(ResultsError) {
    self.directory = directory
    let samples = try SettingSample.all(
      of: try files.trialRows(), file: "\(directory)/trials.csv")
    let file = "\(directory)/plan.json"
    let plan: Any
    do {
      plan = try JSONSerialization.jsonObject(with: files.plan)
    } catch {
      throw .unreadable(file: file, reason: "it is not JSON")
    }
    guard let plan = plan as? [String: Any], let name = plan["name"] as? String,
      let trials = plan["trials"] as? [[String: Any]]
    else { throw .unreadable(file: file, reason: "it lacks a name or trials") }
    self.name = name
    var settings: [RecordedSetting] = []
    for sample in samples {
      let trials = trials.filter { $0["setting"] as? Int == sample.row.setting }
      guard let resolved = trials.first?["plan"] else {
        throw .unreadable(
          file: file, reason: "setting \(sample.row.setting) of trials.csv has no trial in it")
      }
      settings.append(
        RecordedSetting(
          sample: sample, values: PlanValues(object: resolved),
          trials: Set(trials.compactMap { $0["trial"] as? String })))
    }
    self.settings = settings
  }
}

/// A setting with its resolved plan.
struct RecordedSetting: Sendable {
  let sample: SettingSample
  /// Of its first trial.
  let values: PlanValues
  let trials: Set<String>

  /// What it is, whatever random numbers it is tried with, and whatever else is measured or said of it.
  var resolved: PlanValues {
    values.without(["seed", "replicate", "evaluation.every", "evaluation.tuned_on"])
  }
}
