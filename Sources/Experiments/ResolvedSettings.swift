internal import Foundation
internal import Results

/// The values of a plan's trials by dotted path, as `plan.json` spells them.
public struct ResolvedSettings: Sendable {
  public struct Value: Hashable, Sendable {
    /// A dotted path, such as `training.sampling.poisson_rate`.
    public let name: String
    public let text: String
  }

  /// What all trials have in common, by name.
  public let common: [Value]
  /// What a trial has of its own, by name, in the plan's order. Which replicate it is does not count.
  public let own: [[Value]]

  public init(_ plan: Plan) throws {
    let resolved = try plan.trials.map { try flatten($0.task) }
    let names = Set(resolved.flatMap(\.keys)).sorted()
    let shared = names.filter { name in Set(resolved.map { $0[name] }).count == 1 }
    common = shared.map { Value(name: $0, text: resolved[0][$0] ?? "") }
    own = resolved.map { values in
      names.filter { !shared.contains($0) && $0 != "replicate" }
        .compactMap { name in values[name].map { Value(name: name, text: $0) } }
    }
  }
}

private func flatten(_ plan: TaskPlan) throws -> [String: String] {
  let data = try CanonicalJSON.line(plan)
  var values: [String: String] = [:]
  func flowText(_ value: Any) -> String {
    guard let object = value as? [String: Any] else { return "\(value)" }
    let fields = object.sorted { $0.key < $1.key }.map { "\($0.key): \(flowText($0.value))" }
    return "{\(fields.joined(separator: ", "))}"
  }
  func visit(_ value: Any, _ path: String) {
    switch value {
    case let object as [String: Any]:
      if object.isEmpty { values[path] = "" }
      for (key, value) in object { visit(value, path.isEmpty ? key : "\(path).\(key)") }
    case let list as [Any]:
      values[path] = "[\(list.map(flowText).joined(separator: ", "))]"
    default:
      values[path] = "\(value)"
    }
  }
  visit(try JSONSerialization.jsonObject(with: data), "")
  return values
}
