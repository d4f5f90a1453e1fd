/// What is wrong with an experiment file, and where.
public struct ExperimentError: Error, Equatable, CustomStringConvertible {
  /// The file, as it was named.
  public let file: String
  /// From 1; nil where the whole file is meant.
  public let line: Int?
  /// Dotted path of the key, empty where the whole file is meant.
  public let path: String
  public let problem: Problem

  public enum Problem: Hashable, Sendable {
    case unreadable(reason: String)
    case syntax(reason: String)
    case unknownKey(nearest: String?, known: [String])
    case missingKey
    case wrongType(expected: String, found: String)
    case outOfRange(allowed: String, found: String)
    case unknownChoice(found: String, nearest: String?, choices: [String])
    case inconsistent(reason: String)
  }

  public var description: String {
    let place = line.map { "\(file):\($0)" } ?? file
    return path.isEmpty ? "\(place): \(problem)" : "\(place): \(path): \(problem)"
  }
}

extension ExperimentError.Problem: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unreadable(let reason): "cannot be read: \(reason)"
    case .syntax(let reason): "is not valid YAML: \(reason)"
    case .unknownKey(let nearest, let known):
      "unknown key" + (nearest.map { "; did you mean \"\($0)\"?" } ?? ".")
        + " Known here: \(known.joined(separator: ", "))."
    case .missingKey: "is missing"
    case .wrongType(let expected, let found): "expected \(expected), found \(found)"
    case .outOfRange(let allowed, let found): "must be \(allowed), found \(found)"
    case .unknownChoice(let found, let nearest, let choices):
      "\"\(found)\" is not a choice"
        + (nearest.map { "; did you mean \"\($0)\"?" } ?? ".")
        + " Choices: \(choices.joined(separator: ", "))."
    case .inconsistent(let reason): reason
    }
  }
}
