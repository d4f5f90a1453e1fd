internal import Foundation

extension RunFiles {
  /// The resolved plans of `plan.json` by trial.
  public func planValues() throws(ResultsError) -> [String: PlanValues] {
    let document = try? JSONSerialization.jsonObject(with: plan) as? [String: Any]
    guard let trials = document?["trials"] as? [[String: Any]] else {
      throw .unreadable(file: "plan.json", reason: "it lacks trials")
    }
    var values: [String: PlanValues] = [:]
    for trial in trials {
      guard let id = trial["trial"] as? String, let plan = trial["plan"] else {
        throw .unreadable(file: "plan.json", reason: "a trial lacks its id or its plan")
      }
      values[id] = PlanValues(object: plan)
    }
    return values
  }
}
