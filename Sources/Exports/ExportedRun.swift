public import Foundation
public import Results

/// A finished run with all that an export says of it.
public struct ExportedRun: Sendable {
  public let name: String
  public let question: String
  public let files: RunFiles
  /// When the run ended.
  public let finished: Date
  /// Such as `tradeoff 0.1.0`.
  public let program: String
  public let trials: [ExportedTrial]
  /// What it costs to publish the run, and what no epsilon of it covers, in sentences.
  public let cautions: [String]

  /// - Throws: ``ResultsError`` for files that do not hold what they should, and
  ///   ``ExportError/trialWithoutPlan(trial:)``.
  public init(
    files: RunFiles, name: String, question: String, finished: Date, program: String,
    cautions: [String]
  ) throws {
    self.files = files
    self.name = name
    self.question = question
    self.finished = finished
    self.program = program
    self.cautions =
      cautions + [
        "each epsilon is the price of one trial by itself, at the delta, unit, relation, sampling and "
          + "accountant beside it",
        "names that begin with diagnostic_ are outside every guarantee",
      ]
    let plans = try files.planValues()
    let rounds = Dictionary(grouping: try files.roundRows(), by: \.trial)
    trials = try files.trialRows().map { row in
      guard let values = plans[row.trial] else {
        throw ExportError.trialWithoutPlan(trial: row.trial)
      }
      return ExportedTrial(row: row, values: values, rounds: rounds[row.trial] ?? [])
    }
  }

  /// The privacy of all trials, for people.
  var privacyText: String {
    var statements: [String] = []
    for trial in trials {
      let label = trial.row.sweep.isEmpty ? "every trial" : trial.row.sweep
      let line = "\(label): \(trial.row.claim.statement)"
      if !statements.contains(line) { statements.append(line) }
    }
    return (["Privacy of \(name): \(question)", ""] + statements + [""] + cautions)
      .joined(separator: "\n") + "\n"
  }
}

/// A trial with its resolved plan and its measurements.
public struct ExportedTrial: Sendable {
  public let row: TrialRow
  public let values: PlanValues
  public let rounds: [RoundRow]
}
