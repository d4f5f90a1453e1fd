internal import Accounting
internal import Foundation
public import Results

/// What was spent of a budget, and what is left, as aligned text.
public struct BudgetTable: CustomStringConvertible {
  public let description: String

  public init(_ report: BudgetReport) {
    let header = ["run", "experiment", "state", "releases", "share", "plan by itself"]
    let body = report.runs.map { run in
      [
        String(run.run), run.experiment, run.state, "\(run.releases) of \(run.plannedReleases)",
        percentage(run.share, .up), upperBound(run.planEpsilon),
      ]
    }
    let runs =
      body.isEmpty ? "no run has paid from it yet" : alignedColumns([header] + body, flushLeft: 3)
    var lines = [
      runs,
      "spent \(percentage(report.spent, .up)), reserved by open runs "
        + "\(percentage(report.reserved, .up)), left \(percentage(report.left, .down)) of the total",
      "in the end: epsilon <= \(report.epsilon) at delta = \(report.delta) for all runs together, by a "
        + "Renyi filter of order \(report.order)",
      "so far: \(reading(report.epsilonSoFar, report)) at delta = \(report.delta), whenever it is read, by "
        + "a Renyi odometer",
      report.subject.terms,
    ]
    let dead = report.runs.filter { $0.state == "dead" }.map(\.run)
    if !dead.isEmpty {
      lines.append(
        "nobody runs \(dead.map(String.init).joined(separator: ", ")): the same `tradeoff run` goes on "
          + "with it, or `tradeoff budget close FILE RUN` frees what it did not use")
    }
    if report.isCutOff {
      lines.append("the last line was cut off in writing: nothing of it was used")
    }
    description = lines.joined(separator: "\n")
  }
}

/// An odometer, which does not know when it will be read, may prove less than the filter proves in the end.
private func reading(_ epsilon: Double, _ report: BudgetReport) -> String {
  if epsilon == 0 { return "epsilon = 0" }
  return epsilon < report.epsilon
    ? "epsilon \(upperBound(epsilon))" : "no less than epsilon \(report.epsilon) is proved"
}
