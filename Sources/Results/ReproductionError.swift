/// Why a published result cannot be set beside one of ours. A `location` is the file and line of its row.
public enum ReproductionError: Error, Equatable, CustomStringConvertible {
  case unknown(pattern: String, path: String)
  case noExperiment(location: String, id: String)
  case experimentMissing(location: String, path: String)
  case settingMissing(location: String, setting: String, experiment: String, known: [String])
  case otherUnit(location: String, published: String, ours: String)

  public var description: String {
    switch self {
    case .unknown(let pattern, let path):
      "no row of \(path) has the id \(pattern); `tradeoff reproduce` lists them"
    case .noExperiment(let location, let id):
      "\(location): experiment is empty: no experiment here reproduces \(id)"
    case .experimentMissing(let location, let path):
      "\(location): experiment: there is no \(path)"
    case .settingMissing(let location, let setting, let experiment, let known):
      "\(location): setting: \(experiment) has no setting \"\(setting)\". It has "
        + known.map { "\"\($0)\"" }.joined(separator: ", ") + "."
    case .otherUnit(let location, let published, let ours):
      "\(location): privacy_unit: the paper protects one \(published), the experiment one \(ours); "
        + "their epsilons cannot be compared"
    }
  }
}
