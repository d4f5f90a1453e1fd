internal import Accounting

/// Whether a budget file and the results that pay from it agree.
public struct BudgetVerification: Sendable {
  public let lineCount: Int
  public let receiptCount: Int
  /// What does not hold.
  public let findings: [String]

  /// - Parameter folders: results that were charged to the budget.
  public init(_ file: BudgetFile, folders: [String]) throws(ResultsError) {
    var budget = try file.budget()
    var findings: [String] = []
    let shares = try budget.shares()
    if shares.spent + shares.reserved > 1 {
      findings.append(
        "\(file.path): \(percentage(shares.spent + shares.reserved, .up)) of the total are spent or "
          + "reserved")
    }
    for folder in folders {
      do throws(ResultsError) {
        guard let receipt = try BudgetReceipt(folder: folder) else {
          throw .budget(file: file.path, .uncharged(folder: folder))
        }
        try receipt.check(file, folder: folder)
        for trial in try budget.run(receipt.run).schedules.flatMap(\.trials) {
          let (released, charged) = (
            try Self.released(trial, in: folder), budget.charged(trial.trial)
          )
          if released > charged {
            findings.append(
              "\(folder): trial \(trial.trial) has made \(released) releases, and \(charged) are "
                + "charged to \(file.path)")
          }
        }
      } catch {
        findings.append("\(error)")
      }
    }
    lineCount = file.lineCount
    receiptCount = folders.count
    self.findings = findings
  }

  private static func released(
    _ trial: ReleaseSchedule.Trial, in folder: String
  ) throws(ResultsError) -> Int {
    guard exists("\(folder)/plan.json"), !exists("\(folder)/.partial") else {
      return try RunDirectory.released(trial, in: folder)
    }
    let ledger = try RunFiles(directory: folder).ledgerRows().first { $0.trial == trial.trial }
    return ledger?.events.runs.reduce(0) { $0 + $1.count } ?? 0
  }
}
