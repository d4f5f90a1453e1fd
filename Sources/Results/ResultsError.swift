/// Why results could not be kept or read.
public enum ResultsError: Error, Equatable, CustomStringConvertible {
  case cannotWrite(path: String, reason: String)
  case cannotRead(path: String, reason: String)
  case unreadable(file: String, reason: String)
  case unencodable(reason: String)
  case differentPlan(directory: String)
  case fewerTrials(directory: String, removed: Int, held: Int)
  case choiceMade(directory: String)
  case altered(file: String)
  case unfinishedPart(directory: String)
  case differentParts(String, String)
  case conflictingParts(String, String, trial: String)
  case missingTrials(Int, of: Int)
  case otherResolution(directory: String)
  case otherArithmetic(directory: String, begun: String, now: String)
  case entropyIsLost(directory: String)
  case unknownContents(directory: String, file: String)
  case notOfThisAudit(directory: String, file: String, expected: String)
  case inUse(directory: String)
  case alreadyComplete(directory: String)
  case ledgerMismatch(file: String, line: Int)
  case wrongCheckpoint(file: String, reason: String)
  case budget(file: String, BudgetProblem)

  public var description: String {
    switch self {
    case .cannotWrite(let path, let reason):
      "cannot write \(path): \(reason). Finished trials are kept; mend this and run the same "
        + "command again to continue."
    case .cannotRead(let path, let reason):
      "cannot read \(path): \(reason)"
    case .unreadable(let file, let reason):
      "\(file) does not hold what it should: \(reason)"
    case .unencodable(let reason):
      "a result cannot be written as JSON: \(reason)"
    case .differentPlan(let directory):
      "\(directory) holds results of a different plan, and results are never overwritten silently. "
        + "Name another folder with --output, or move this one away. "
        + "(--restart recomputes the same plan only.)"
    case .fewerTrials(let directory, let removed, let held):
      "\(directory) holds \(held) trials, finished or begun, and this plan no longer names \(removed) of "
        + "them. --drop-removed leaves them out for good and keeps the others; or name another folder "
        + "with --output."
    case .choiceMade(let directory):
      "\(directory) holds a private choice, and a changed sweep would make another one, which costs as "
        + "much again. Name another folder with --output, and add both up."
    case .altered(let file):
      "\(file) was altered after the run, so nothing can go on from it: its checksum differs from "
        + "provenance.json. Restore it, or name another folder with --output."
    case .unfinishedPart(let directory):
      "\(directory) is not finished. Run the same command again: it goes on where it stopped."
    case .differentParts(let one, let other):
      "\(one) and \(other) are not parts of one sweep: their plans differ. The experiment file, the "
        + "program's version and the kind of system must be the same for all parts."
    case .conflictingParts(let one, let other, let trial):
      "\(one) and \(other) disagree about trial \(trial), which must be the same in both. One of them was "
        + "computed in another way; leave that one out, or compute it again."
    case .missingTrials(let missing, let all):
      "\(missing) of the sweep's \(all) trials are in none of these folders. Name the folders of all "
        + "parts, once every part is finished."
    case .otherResolution(let directory):
      "\(directory) holds results of this experiment from another version of the program or another "
        + "system: its noise or prices were computed a little differently. --restart recomputes "
        + "and replaces them; or name another folder with --output."
    case .otherArithmetic(let directory, let begun, let now):
      "the interrupted run in \(directory) computed with the OpenBLAS kernel \(begun), and \(now) is "
        + "in use now. Set OPENBLAS_CORETYPE=\(begun) to go on with it; --restart starts over."
    case .entropyIsLost(let directory):
      "the interrupted run in \(directory) has released values whose noise it cannot repeat: its file "
        + ".partial/entropy is gone. What the finished trials say is kept; a trial that starts over would "
        + "release anew, which costs as much again. --restart does so for all of them."
    case .unknownContents(let directory, let file):
      "\(directory) is not a results folder: it holds \(file) but no plan.json. "
        + "Name another folder with --output."
    case .notOfThisAudit(let directory, let file, let expected):
      "\(directory) holds \(file) and no \(expected), so it is not a folder of such an audit. Name another "
        + "folder with --output."
    case .inUse(let directory):
      "another run is writing to \(directory). Wait for it, or name another folder with --output."
    case .alreadyComplete(let directory):
      "\(directory) holds the finished results already; --restart recomputes them."
    case .wrongCheckpoint(let file, let reason):
      "\(file) is no checkpoint that this run can go on from: \(reason). --restart starts over."
    case .budget(let file, let problem):
      "\(file): \(problem)"
    case .ledgerMismatch(let file, let line):
      "\(file):\(line) records another privacy event than the plan now spends there. The file has "
        + "been altered, or belongs to another version; move the folder away and start again."
    }
  }

  /// Whether a budget file is not as it was written.
  public var isAlteration: Bool {
    switch self {
    case .budget(_, .altered), .unreadable: true
    default: false
    }
  }
}
