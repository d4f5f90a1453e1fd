import Accounting
import Experiments
import Foundation
import Results

/// A plan for a person: what all trials have in common, then a line a trial.
struct PlanReport: CustomStringConvertible {
  let description: String

  init(_ plan: Plan) throws {
    let resolved = try ResolvedSettings(plan)
    let settings = Set(plan.trials.map(\.setting)).count
    var lines = [
      "\(plan.experiment.name): \(plan.experiment.question)",
      "\(plan.trials.count) trials: \(settings) settings x \(plan.experiment.replicates) replicates",
      "",
      "in all trials",
    ]
    lines += resolved.common.map { "  \($0.name): \($0.text)" }
    lines += ["", "trial             epsilon (lower .. upper)  by rdp    replicate  values"]
    for (trial, values) in zip(plan.trials, resolved.own) {
      let own = values.map { "\($0.name): \($0.text)" }
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
    lines += [""] + caveats + plan.hardeningDescriptions + [plan.publicationDescription]
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
