internal import Accounting
internal import Foundation
internal import Results

/// `settings.jsonl`, `trials.jsonl` and `rounds.jsonl`: the tables, with a trial's setting and guarantee in
/// every line of its measurements. An empty cell is null; a number that is infinite is the text `"inf"`.
func lineFiles(of run: ExportedRun) throws -> [ExportedFile] {
  let guarantees = Dictionary(
    run.trials.map { ($0.row.trial, fields(of: $0)) }, uniquingKeysWith: { first, _ in first })
  return try [
    ("settings", ResultTable.tradeoff), ("trials", .trials), ("rounds", .rounds),
  ].map { name, table in
    let columns = try run.files.columns(of: table).map(\.name)
    var lines = Data()
    for cells in try run.files.values(of: table) {
      var object = Dictionary(uniqueKeysWithValues: zip(columns, cells))
      if table == .rounds, case .text(let trial)? = object["trial"] {
        object.merge(guarantees[trial] ?? [:]) { own, _ in own }
      }
      lines.append(try CanonicalJSON.line(object))
      lines.append(UInt8(ascii: "\n"))
    }
    return ExportedFile("\(name).jsonl", lines)
  }
}

private func fields(of trial: ExportedTrial) -> [String: TableValue] {
  let claim = trial.row.claim
  return [
    "setting": .integer(trial.row.setting), "replicate": .integer(trial.row.replicate),
    "sweep": .text(trial.row.sweep), "epsilon_upper": .number(claim.epsilonUpper),
    "delta": .number(claim.delta), "privacy_unit": .text(claim.privacyUnit.rawValue),
    "neighboring_relation": .text(claim.neighboringRelation.rawValue),
    "sampling": .text(claim.sampling), "accountant": .text(claim.accountant.rawValue),
  ]
}
