public import Foundation
internal import Synchronization

/// A folder that a sweep writes into. One run at a time holds it.
///
/// Until the last trial has ended everything lies in `.partial` inside it: the plan, a durable ledger
/// and, once finished, the outcome of each trial, and checkpoints of those that train. Then the result files are put in place, each in one
/// step, and `.partial` goes. Results that were there before stay until that moment.
public final class RunDirectory: Sendable {
  public let path: String
  private let lock: Int32
  let payer = Mutex<BudgetedRun?>(nil)

  /// Whether the folder holds the finished results of this plan, a canonical document, already.
  public static func isComplete(_ path: String, plan: Data) throws(ResultsError) -> Bool {
    try refuseOtherContents(path, plan: plan, restart: false)
    return exists("\(path)/plan.json") && !exists("\(path)/.partial")
  }

  /// Takes the folder for a run of `plan`, a canonical document, and makes it where it is missing.
  ///
  /// With `restart`, everything is computed again: the finished trials of an interrupted run are
  /// forgotten.
  public init(_ path: String, plan: Data, restart: Bool) throws(ResultsError) {
    try makeDirectory(path)
    // The folder itself is what is locked: it stays, whatever the run that holds it moves or removes.
    let lock = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard lock >= 0 else { throw .cannotWrite(path: path, reason: systemErrorReason()) }
    do throws(ResultsError) {
      guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
        if errno == EWOULDBLOCK { throw .inUse(directory: path) }
        throw .cannotWrite(path: path, reason: systemErrorReason())
      }
      try Self.refuseOtherContents(path, plan: plan, restart: restart)
      let partial = "\(path)/.partial"
      if restart {
        for name in ["trials", "ledgers", "checkpoints", "arithmetic"] {
          try remove("\(partial)/\(name)")
        }
      }
      try makeDirectory("\(partial)/trials")
      try makeDirectory("\(partial)/ledgers")
      try makeDirectory("\(partial)/checkpoints")
      try writeAtomically(plan, to: "\(partial)/plan.json")
    } catch {
      close(lock)
      throw error
    }
    self.path = path
    self.lock = lock
  }

  deinit { close(lock) }

  /// Holds the run to the arithmetic that it began with, such as the name of a BLAS kernel.
  ///
  /// Another kernel rounds sums differently. A trial that starts over repeats its noise, and is free
  /// only because it repeats its sums to the last bit as well.
  public func hold(to arithmetic: String) throws(ResultsError) {
    let path = "\(path)/.partial/arithmetic"
    guard exists(path) else {
      return try writeAtomically(Data(arithmetic.utf8), to: path)
    }
    let begun = String(decoding: try read(path), as: UTF8.self)
    guard begun == arithmetic else {
      throw .otherArithmetic(directory: self.path, begun: begun, now: arithmetic)
    }
  }

  /// - Parameter releases: how many the trial makes in all.
  public func ledger(of trial: TrialID, releases: Int) throws(ResultsError) -> DurableLedger {
    let payer = budgetedRun
    return try DurableLedger(path: Self.ledgerPath(trial.description, in: path), releases: releases)
    {
      total throws(ResultsError) in try payer?.charge(trial.description, releases: total)
    }
  }

  /// Keeps the outcome of a trial.
  public func keep(_ outcome: FinishedTrial, of trial: TrialID) throws(ResultsError) {
    try writeAtomically(try CanonicalJSON.document(outcome), to: outcomePath(trial))
  }

  /// The outcome of a trial that an earlier, interrupted run finished.
  public func outcome(of trial: TrialID) throws(ResultsError) -> FinishedTrial? {
    let path = outcomePath(trial)
    guard exists(path) else { return nil }
    return try CanonicalJSON.decode(FinishedTrial.self, from: try read(path), file: path)
  }

  /// Puts the finished results in place; `plan.json` last.
  public func publish(
    _ files: RunFiles, timings: [TimingRow], provenance: Data
  ) throws(ResultsError) {
    try writeAtomically(CSV.encode(timings), to: "\(path)/timings.csv")
    try writeAtomically(provenance, to: "\(path)/provenance.json")
    for (name, contents) in files.byName { try writeAtomically(contents, to: "\(path)/\(name)") }
    try remove("\(path)/.partial")
  }

  private func outcomePath(_ trial: TrialID) -> String {
    Self.outcomePath(trial.description, in: path)
  }

  static func outcomePath(_ trial: String, in folder: String) -> String {
    "\(folder)/.partial/trials/\(trial).json"
  }

  static func ledgerPath(_ trial: String, in folder: String) -> String {
    "\(folder)/.partial/ledgers/\(trial).jsonl"
  }

  /// Only this plan's results, finished or not, and an empty folder are the run's to write into.
  ///
  /// Another version of the program, or another system's mathematics library, may resolve the same
  /// experiment a little differently: such results are replaced on request, and not mixed.
  private static func refuseOtherContents(
    _ path: String, plan: Data, restart: Bool
  ) throws(ResultsError) {
    let plans = ["\(path)/plan.json", "\(path)/.partial/plan.json"].filter(exists)
    let held = try plans.map { held throws(ResultsError) in try read(held) }
    // Who restarted before and was interrupted goes on without asking again.
    let isAllowed = restart || held.dropFirst().last == plan
    for found in held where found != plan {
      guard let header = try? PlanHeader(of: found), try header == PlanHeader(of: plan) else {
        throw .differentPlan(directory: path)
      }
      guard isAllowed else { throw .otherResolution(directory: path) }
    }
    guard plans.isEmpty, exists(path) else { return }
    let contents = try contents(ofDirectory: path)
    // A run that was killed at its very start leaves `.partial` without a plan.
    if let stranger = contents.sorted().first(where: { $0 != ".partial" }) {
      throw .unknownContents(directory: path, file: stranger)
    }
  }
}
