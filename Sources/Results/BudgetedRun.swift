internal import Foundation
internal import Synchronization

/// A run that pays from a budget.
public final class BudgetedRun: Sendable {
  public let number: Int
  private let file: BudgetFile
  /// Of the results, for the receipt.
  private let folder: String
  /// Releases charged, by trial.
  private let charged: Mutex<[String: Int]>

  fileprivate init(
    number: Int, file: BudgetFile, folder: String, charged: [String: Int], last: BudgetLine
  ) throws(ResultsError) {
    self.number = number
    self.file = file
    self.folder = folder
    self.charged = Mutex(charged)
    try keepReceipt(last)
  }

  /// Charges the trial's releases from its first up to and with number `releases`. They may be used when
  /// this returns, and not before.
  func charge(_ trial: String, releases: Int) throws(ResultsError) {
    let result: Result<Void, ResultsError> = charged.withLock { charged in
      guard releases > charged[trial] ?? 0 else { return .success(()) }
      do throws(ResultsError) {
        let line = try file.append { budget throws(ResultsError) in
          guard try budget.run(number).isOpen else {
            throw .budget(file: file.path, .closedMeanwhile(run: number))
          }
          return [.charge(BudgetCharge(run: number, trial: trial, releases: releases))]
        }
        try keepReceipt(line)
        charged[trial] = releases
        return .success(())
      } catch {
        return .failure(error)
      }
    }
    try result.get()
  }

  /// Ends the reservation: from now on only what was charged counts.
  public func close(_ reason: BudgetClosingReason) throws(ResultsError) {
    let line = try file.append { budget throws(ResultsError) in
      guard try budget.run(number).isOpen else { return [] }
      return [.close(BudgetClosing(run: number, reason: reason))]
    }
    try keepReceipt(line)
  }

  /// The last line of the file, which may be another run's, vouches for all before it.
  private func keepReceipt(_ line: BudgetLine) throws(ResultsError) {
    try BudgetReceipt(
      file: file.path, budget: file.identity, run: number, line: line.number, sha256: line.checksum
    ).keep(in: folder)
  }
}

extension BudgetFile {
  /// Reserves a plan and takes the results folder for it, both or neither: `takeFolder` runs while nobody
  /// else can spend.
  ///
  /// A run that was killed goes on under its number. Other open runs of this machine whose folders nobody
  /// holds are closed.
  public func start(
    _ request: BudgetRequest, in place: BudgetPlace,
    takingFolder takeFolder: () throws(ResultsError) -> RunDirectory
  ) throws(ResultsError) -> RunDirectory {
    _ = try budget()
    try BudgetReceipt(folder: place.folder)?.check(self, folder: place.folder)
    var taken: RunDirectory?
    var number = 0
    var charged: [String: Int] = [:]
    let identity = identity
    let last = try append { budget throws(ResultsError) in
      var entries: [BudgetEntry] = []
      let going = budget.openRun(like: request, in: place)
      for run in budget.runs
      where run.isOpen && run.number != going?.number
        && run.isAbandoned(on: place.host, identity: identity)
      {
        entries.append(.close(BudgetClosing(run: run.number, reason: .abandoned)))
        budget.close(run.number, .abandoned)
      }
      if let going {
        taken = try takeFolder()
        (number, charged) = (going.number, going.charged)
        return entries
      }
      try budget.check(request, in: place)
      taken = try takeFolder()
      number = budget.runs.count + 1
      entries.append(
        .start(
          BudgetStart(
            run: number, experiment: request.experiment, folder: place.folder, host: place.host,
            arithmetic: place.arithmetic, schedules: request.schedules)))
      return entries
    }
    guard let taken else { preconditionFailure("a run that was reserved has its folder") }
    let run = try BudgetedRun(
      number: number, file: self, folder: taken.path, charged: charged, last: last)
    try taken.pay(from: run, for: request.schedules.flatMap(\.trials))
    return taken
  }

  /// Ends the reservation of a run that will not go on, at the word of whoever asks. Refuses one that is
  /// being run on this machine.
  public func abandon(run number: Int, host: String) throws(ResultsError) {
    try append { budget throws(ResultsError) in
      let run = try budget.run(number)
      guard run.isOpen else { throw .budget(file: path, .runIsClosed(number)) }
      guard run.host != host || !RunDirectory.isHeld(run.folder) else {
        throw .budget(file: path, .runIsAlive(number, folder: run.folder))
      }
      return [.close(BudgetClosing(run: number, reason: .abandoned))]
    }
  }

  /// Ends the reservation of the run whose finished results a folder holds, where it was killed before it
  /// could. Refuses results that were not charged to this budget.
  public func settle(folder: String) throws(ResultsError) {
    _ = try budget()
    guard let receipt = try BudgetReceipt(folder: folder) else {
      throw .budget(file: path, .uncharged(folder: folder))
    }
    try receipt.check(self, folder: folder)
    try append { budget throws(ResultsError) in
      guard try budget.run(receipt.run).isOpen else { return [] }
      return [.close(BudgetClosing(run: receipt.run, reason: .finished))]
    }
  }
}

extension Budget.Run {
  /// Whether the run is open and nobody runs it: its folder is on this machine, keeps its receipt, and no
  /// process holds it.
  func isAbandoned(on host: String, identity: String) -> Bool {
    guard isOpen, host == self.host, let receipt = try? BudgetReceipt(folder: folder) else {
      return false
    }
    return receipt.budget == identity && receipt.run == number && !RunDirectory.isHeld(folder)
  }
}
