internal import Accounting
internal import Foundation
public import Results

/// Lower bounds by audits beside the bounds of an accountant, and what they rest on.
public struct MechanismAuditTable: CustomStringConvertible {
  public let description: String

  /// - Parameter rows: at least one, all about one delta, unit, relation, sampling and accountant.
  public init(_ rows: [MechanismAuditRow]) {
    let first = rows[0]
    let header =
      [first.parameter?.replacing("_", with: " ") ?? "noise", "method", "audited epsilon"]
      + ["epsilon at least", "at most", "evidence"]
    let body = rows.map { row in
      [
        row.value.map { String(format: "%.4g", $0) } ?? "as given", row.method,
        ">= \(OutwardDecimal.text(row.auditedEpsilon, rounded: .down))",
        ">= \(OutwardDecimal.text(row.epsilonLower, rounded: .down))",
        "<= \(OutwardDecimal.text(row.epsilonUpper, rounded: .up))", row.evidence.text,
      ]
    }
    var lines = [alignedColumns([header] + body, flushLeft: 2)]
    lines.append(
      "audited epsilon: a lower bound from simulated runs (seed \(first.seed)), rounded down; each is right "
        + "with probability \(String(format: "%.6g", 100 * first.confidence)) %")
    if rows.contains(where: { $0.method == "gaussian-dp" }) {
      lines.append("gaussian-dp: valid since the mechanism is known to be Gaussian")
    }
    lines.append(
      "epsilon: lower bound rounded down and upper bound rounded up, at delta = \(first.delta); unit: "
        + "\(first.privacyUnit); neighbors: \(first.neighboringRelation); sampling: \(first.sampling); "
        + "accountant: \(first.accountant)")
    for row in rows where row.isRefuted {
      lines.append(
        "REFUTED: \(row.method) proves more than the upper bound"
          + (row.value.map { " at \(row.parameter ?? "noise") \($0)" } ?? "")
          + "; by chance that is so in \(String(format: "%.3g", 100 * (1 - row.confidence))) % of audits at most"
      )
    }
    description = lines.joined(separator: "\n")
  }
}

extension MechanismAuditRow.Evidence {
  fileprivate var text: String {
    if let runs, let falseAlarms, let misses {
      return "\(falseAlarms) false alarms and \(misses) misses in \(runs) + \(runs) runs"
    }
    guard let canaries, let guesses, let correct else { return "" }
    return "\(correct) of \(guesses) guesses right about \(canaries) canaries"
  }
}
