/// Why results could not be exported.
public enum ExportError: Error, Equatable, CustomStringConvertible {
  case notEmpty(folder: String)
  case cannotWrite(path: String, reason: String)
  case trialWithoutPlan(trial: String)

  public var description: String {
    switch self {
    case .notEmpty(let folder):
      "\(folder) is there already and not an empty folder, and nothing is overwritten. Name another "
        + "with --output."
    case .cannotWrite(let path, let reason):
      "cannot write \(path): \(reason). Nothing was exported."
    case .trialWithoutPlan(let trial):
      "plan.json does not hold trial \(trial) of trials.csv; `tradeoff verify` says what is wrong."
    }
  }
}
