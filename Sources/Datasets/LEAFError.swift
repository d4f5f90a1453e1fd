/// What is wrong with a file in LEAF's format, and where.
public struct LEAFError: Error, Hashable, Sendable {
  public let path: String
  /// nil where the whole file is meant.
  public let user: String?
  public let problem: Problem

  public enum Problem: Hashable, Sendable {
    /// Not the JSON that was expected; `offset` counts bytes from 0.
    case syntax(expected: String, offset: Int)
    case missingKey(String)
    case repeatedKey(String)
    /// `users` and `num_samples` have different lengths.
    case unequalLists(users: Int, sampleCounts: Int)
    /// The user stands in several places, or in several files.
    case repeatedUser
    /// The user stands in `users`, and not in `user_data`.
    case userWithoutData
    /// The user stands in `user_data`, and not in `users`.
    case unlistedUser
    case userWithoutExamples
    case exampleCounts(inputs: Int, labels: Int, stated: Double)
    /// Examples count from 0 within a user.
    case featureCount(example: Int, expected: Int, found: Int)
    case notFinite(example: Int)
    case label(example: Int, found: Double, classCount: Int)
  }

  public init(_ problem: Problem, path: String, user: String? = nil) {
    self.path = path
    self.user = user
    self.problem = problem
  }
}

extension LEAFError: CustomStringConvertible {
  public var description: String {
    user.map { "\(path): user \"\($0)\": \(problem)" } ?? "\(path): \(problem)"
  }
}

extension LEAFError.Problem: CustomStringConvertible {
  public var description: String {
    switch self {
    case .syntax(let expected, let offset):
      "expected \(expected) at byte \(offset). LEAF's files are JSON; inputs and labels must be "
        + "numbers."
    case .missingKey(let key): "the key \"\(key)\" is missing."
    case .repeatedKey(let key): "the key \"\(key)\" stands twice."
    case .unequalLists(let users, let sampleCounts):
      "\"users\" has \(users) entries, \"num_samples\" \(sampleCounts)."
    case .repeatedUser: "stands in several places. Put all examples of a user together."
    case .userWithoutData: "is in \"users\", and not in \"user_data\"."
    case .unlistedUser: "is in \"user_data\", and not in \"users\"."
    case .userWithoutExamples: "has no example. Remove the user."
    case .exampleCounts(let inputs, let labels, let stated):
      "has \(inputs) inputs and \(labels) labels, and \"num_samples\" says \(stated)."
    case .featureCount(let example, let expected, let found):
      "example \(example): expected \(expected) numbers as declared, found \(found)."
    case .notFinite(let example):
      "example \(example): a value is not a finite number of 32 bits. Replace what is missing by a "
        + "constant, or remove the example."
    case .label(let example, let found, let classCount):
      "example \(example): expected a label from 0 to \(classCount - 1), found \(found)."
    }
  }
}
