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
    let resolved = try plan.trials.map {
      try PlanValues(json: CanonicalJSON.line($0.task), file: "plan.json").byPath
    }
    let names = Set(resolved.flatMap(\.keys)).sorted()
    let shared = names.filter { name in Set(resolved.map { $0[name] }).count == 1 }
    common = shared.map { Value(name: $0, text: resolved[0][$0] ?? "") }
    own = resolved.map { values in
      names.filter { !shared.contains($0) && $0 != "replicate" }
        .compactMap { name in values[name].map { Value(name: name, text: $0) } }
    }
  }
}
