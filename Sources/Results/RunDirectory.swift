public import Foundation
internal import Synchronization

/// A folder that a sweep writes into. One run at a time holds it.
///
/// Until the last trial has ended everything lies in `.partial` inside it: the plan, a durable ledger
/// and, once finished, the outcome of each trial, checkpoints of those that train, and the entropy of those
/// that draw from the system's. Then the result
/// files are put in place, each in one step, and `.partial` goes, its plan first: without one, nothing
/// in it is needed any more. Results that were there before stay until that moment.
///
/// A plan that names more trials than the one whose results are there goes on from them.
public final class RunDirectory: Sendable {
  public let path: String
  private let lock: FolderLock
  let payer = Mutex<BudgetedRun?>(nil)

  /// Whether the folder holds the finished results of this plan, a canonical document, already.
  public static func isComplete(_ path: String, plan: Data) throws(ResultsError) -> Bool {
    let held = try HeldPlans(path)
    return held.published == plan && !exists("\(path)/.partial")
  }

  /// Takes the folder for a run of `plan`, a canonical document, and makes it where it is missing.
  ///
  /// - Parameters:
  ///   - restart: Whether everything is computed again: the finished trials of an interrupted run are
  ///     forgotten. Without, a folder that holds the finished results already is refused: another run may
  ///     have put them there since it was looked at.
  ///   - dropsRemoved: Whether finished trials that the plan no longer names may go.
  public init(
    _ path: String, plan: Data, restart: Bool, dropsRemoved: Bool = false
  ) throws(ResultsError) {
    try makeDirectory(path)
    self.path = path
    lock = try FolderLock(path, for: .writing)
    let held = try HeldPlans(path)
    try held.expectRoom(for: plan, restart: restart, dropsRemoved: dropsRemoved)
    if held.isEmpty { try refuseStrangers() }
    // What a run left that was killed at its very end.
    if held.published != nil && held.partial == nil {
      try Self.eraseEntropy(in: path)
      try remove(partial)
    }
    if !restart && held.partial == nil && held.published == plan {
      throw .alreadyComplete(directory: path)
    }
    try remove("\(partial)/\(Self.shardProvenanceName)")
    if restart {
      try Self.eraseEntropy(in: path)
      // The checkpoints rest on the ledgers.
      for name in ["checkpoints", "trials", "ledgers", "arithmetic"] {
        try remove("\(partial)/\(name)")
      }
    }
    try makeDirectory(partial)
    // A run that was killed before may have made it, and not durably.
    try flushEntry(of: partial)
    for name in ["trials", "ledgers", "checkpoints"] { try makeDirectory("\(partial)/\(name)") }
    if !restart && held.partial == nil && held.published != nil {
      try adopt(KeptTrials(finishedRun: path), of: RecordedTrials(of: plan)?.names ?? [])
    }
    // The plan comes last: where it is, what it goes on from is there in full.
    try writeAtomically(plan, to: "\(partial)/plan.json")
  }

  /// Holds the run to the arithmetic that it began with, such as the name of a BLAS kernel.
  ///
  /// Another kernel rounds sums differently. A trial that starts over repeats its noise, and is free
  /// only because it repeats its sums to the last bit as well.
  public func hold(to arithmetic: String) throws(ResultsError) {
    let path = "\(partial)/arithmetic"
    guard exists(path) else {
      return try writeAtomically(Data(arithmetic.utf8), to: path)
    }
    let begun = String(decoding: try read(path), as: UTF8.self)
    guard begun == arithmetic else {
      throw .otherArithmetic(directory: self.path, begun: begun, now: arithmetic)
    }
  }

  /// Keeps the outcomes of trials, by their names, that are finished elsewhere and not here.
  public func adopt(_ trials: KeptTrials, of names: Set<String>) throws(ResultsError) {
    if let arithmetic = trials.arithmetic { try hold(to: arithmetic) }
    for name in names.sorted() {
      let path = outcomePath(name)
      guard !exists(path), let outcome = try trials.outcome(of: name) else { continue }
      try writeAtomically(try CanonicalJSON.document(outcome), to: path)
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
    try writeAtomically(try CanonicalJSON.document(outcome), to: outcomePath(trial.description))
  }

  /// The outcome of a trial that an earlier, interrupted run finished.
  public func outcome(of trial: TrialID) throws(ResultsError) -> FinishedTrial? {
    let path = outcomePath(trial.description)
    guard exists(path) else { return nil }
    return try CanonicalJSON.decode(FinishedTrial.self, from: try read(path), file: path)
  }

  /// Puts the finished results in place; `plan.json` last. From then on nothing is computed again.
  public func publish(
    _ files: RunFiles, timings: [TimingRow], provenance: Data
  ) throws(ResultsError) {
    try writeAtomically(CSV.encode(timings), to: "\(path)/timings.csv")
    try writeAtomically(provenance, to: "\(path)/provenance.json")
    // All trials are finished, and nobody is to take the noise away from what leaves now.
    try Self.eraseEntropy(in: path)
    for (name, contents) in files.byName { try writeAtomically(contents, to: "\(path)/\(name)") }
    try remove("\(partial)/plan.json")
    try flushEntry(of: "\(partial)/plan.json")
    try remove(partial)
  }

  /// Says that a part of a divided sweep is finished: it lies here until it is merged.
  ///
  /// - Parameter provenance: for checksums of the part's trials, by file name.
  public func closeShard(
    _ trials: [TrialID], provenance: ([String: String]) -> Provenance
  ) throws(ResultsError) {
    try Self.eraseEntropy(in: path)
    var checksums: [String: String] = [:]
    for trial in trials {
      let name = Self.outcomeName(trial.description)
      checksums[name] = checksum(try read("\(partial)/\(name)"))
    }
    try writeAtomically(
      try CanonicalJSON.document(provenance(checksums)),
      to: "\(partial)/\(Self.shardProvenanceName)")
  }

  static let shardProvenanceName = "provenance.json"

  /// Of a finished trial's file, in the folder of the unfinished run.
  static func outcomeName(_ trial: String) -> String { "trials/\(trial).json" }

  private var partial: String { "\(path)/.partial" }

  private func outcomePath(_ trial: String) -> String { Self.outcomePath(trial, in: path) }

  static func outcomePath(_ trial: String, in folder: String) -> String {
    "\(folder)/.partial/\(outcomeName(trial))"
  }

  static func ledgerPath(_ trial: String, in folder: String) -> String {
    "\(folder)/.partial/ledgers/\(trial).jsonl"
  }

  /// A run that was killed at its very start leaves `.partial` without a plan.
  private func refuseStrangers() throws(ResultsError) {
    let stranger = try contents(ofDirectory: path).filter { $0 != ".partial" }.min()
    if let stranger { throw .unknownContents(directory: path, file: stranger) }
  }
}
