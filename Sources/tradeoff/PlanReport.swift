import Accounting
import Experiments
import Foundation
import Results

/// A plan for a person: what all trials have in common, then a line a trial.
struct PlanReport: CustomStringConvertible {
  let description: String

  init(_ plan: Plan) throws {
    let resolved = try plan.trials.map {
      try PlanValues(json: CanonicalJSON.line($0.task), file: "plan.json").byPath
    }
    let names = Set(resolved.flatMap(\.keys)).sorted()
    let common = names.filter { name in Set(resolved.map { $0[name] }).count == 1 }
    let settings = Set(plan.trials.map(\.setting)).count
    var lines = [
      "\(plan.experiment.name): \(plan.experiment.question)",
      "\(plan.trials.count) trials: \(settings) settings x \(plan.experiment.replicates) replicates",
      "",
      "in all trials",
    ]
    lines += common.map { "  \($0): \(resolved[0][$0] ?? "")" }
    lines += ["", "trial             epsilon (lower .. upper)  by rdp    replicate  values"]
    for (trial, values) in zip(plan.trials, resolved) {
      let own = names.filter { !common.contains($0) && $0 != "replicate" }
        .compactMap { name in values[name].map { "\(name): \($0)" } }
      lines.append(
        [
          trial.id.description,
          epsilon(trial.claim).padding(toLength: 24, withPad: " ", startingAt: 0),
          (trial.claim.epsilonUpperRDP.map(upperBound) ?? "-")
            .padding(toLength: 8, withPad: " ", startingAt: 0),
          String(trial.task.replicate).padding(toLength: 9, withPad: " ", startingAt: 0),
          own.joined(separator: ", "),
        ].joined(separator: "  "))
    }
    let caveats = Set(plan.trials.compactMap(\.claim.caveat)).sorted()
    lines += [""] + caveats + [plan.publicationDescription]
    description = lines.joined(separator: "\n")
  }
}

private func epsilon(_ claim: PrivacyClaim) -> String {
  claim.isPrivate
    ? "\(OutwardDecimal.text(claim.epsilonLower, rounded: .down)) .. \(upperBound(claim.epsilonUpper))"
    : "inf"
}

private func upperBound(_ epsilon: Double) -> String {
  epsilon.isFinite ? OutwardDecimal.text(epsilon, rounded: .up) : "inf"
}
