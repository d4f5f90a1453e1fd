internal import Foundation
internal import Synchronization

extension RunDirectory {
  /// The run that pays for all that is released here; nil where nothing is charged to a budget.
  public var budgetedRun: BudgetedRun? { payer.withLock { $0 } }

  /// Charges what was released here before, and from now on every release before it is used.
  func pay(from run: BudgetedRun, for trials: [ReleaseSchedule.Trial]) throws(ResultsError) {
    for trial in trials {
      let released = try Self.released(trial, in: path)
      if released > 0 { try run.charge(trial.trial, releases: released) }
    }
    payer.withLock { $0 = run }
  }

  /// How many releases of a trial the folder of an unfinished run tells of.
  static func released(
    _ trial: ReleaseSchedule.Trial, in folder: String
  ) throws(ResultsError) -> Int {
    if exists(outcomePath(trial.trial, in: folder)) { return trial.releases }
    let ledger = ledgerPath(trial.trial, in: folder)
    guard exists(ledger) else { return 0 }
    return try DurableLedger.reservedCount(path: ledger, releases: trial.releases)
  }

  /// Whether a process holds the folder. False where there is none.
  static func isHeld(_ path: String) -> Bool {
    do {
      _ = try FolderLock(path, for: .writing)
    } catch .inUse {
      return true
    } catch {
      return false
    }
    return false
  }
}
