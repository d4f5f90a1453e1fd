/// Why results could not be kept or read.
public enum ResultsError: Error, Equatable, CustomStringConvertible {
  case cannotWrite(path: String, reason: String)
  case cannotRead(path: String, reason: String)
  case unreadable(file: String, reason: String)
  case unencodable(reason: String)
  case differentPlan(directory: String)
  case otherResolution(directory: String)
  case otherArithmetic(directory: String, begun: String, now: String)
  case unknownContents(directory: String, file: String)
  case inUse(directory: String)
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
    case .otherResolution(let directory):
      "\(directory) holds results of this experiment from another version of the program or another "
        + "system: its noise or prices were computed a little differently. --restart recomputes "
        + "and replaces them; or name another folder with --output."
    case .otherArithmetic(let directory, let begun, let now):
      "the interrupted run in \(directory) computed with the OpenBLAS kernel \(begun), and \(now) is "
        + "in use now. Set OPENBLAS_CORETYPE=\(begun) to go on with it; --restart starts over."
    case .unknownContents(let directory, let file):
      "\(directory) is not a results folder: it holds \(file) but no plan.json. "
        + "Name another folder with --output."
    case .inUse(let directory):
      "another run is writing to \(directory). Wait for it, or name another folder with --output."
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
