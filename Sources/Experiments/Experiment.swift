internal import Foundation
internal import Yams

/// An experiment file: one question, and the settings whose answers are compared.
public struct Experiment: Sendable {
  /// The only version of the format so far.
  public static let schema = 1

  public let name: String
  public let question: String
  public let seed: UInt64
  public let replicates: Int
  /// The file's text as read: a finished run keeps it.
  public let source: String
  public let isSmoke: Bool
  let points: [Point]

  /// Where its results go unless told otherwise.
  public var resultsDirectory: String { "results/\(name)\(isSmoke ? "-smoke" : "")" }

  /// One setting of the sweep.
  struct Point: Sendable {
    /// The swept values, as `path=value` joined by `;`.
    let label: String
    let settings: Settings
    /// Where to point when the setting cannot be priced.
    let noiseLine: Int?
  }

  /// Reads a file.
  ///
  /// - Parameter smoke: apply the file's `smoke` values, which make it finish in seconds.
  public init(path: String, smoke: Bool) throws(ExperimentError) {
    let text: String
    do {
      text = try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      throw ExperimentError(
        file: path, line: nil, path: "", problem: .unreadable(reason: error.localizedDescription))
    }
    try self.init(source: text, file: path, smoke: smoke)
  }

  /// Reads a file's text.
  ///
  /// - Parameter file: how errors name it.
  public init(source: String, file: String, smoke: Bool) throws(ExperimentError) {
    let root = try Self.compose(source, file: file)
    var document = try SettingsReader(root, file: file)
    try document.expectOnly(Self.headerKeys + Settings.keys)
    if smoke {
      let changes = try document.reader("smoke")
      document = try SettingsReader(try document.applying(changes), file: file)
    }
    guard try document.integer("schema", in: 1...Int.max) == Self.schema else {
      throw document.problem(
        .inconsistent(reason: "this program reads schema \(Self.schema)"), at: "schema")
    }
    self.source = source
    isSmoke = smoke
    name = try document.string("name")
    guard name.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil else {
      throw document.problem(
        .outOfRange(allowed: "lower-case words joined by hyphens", found: "\"\(name)\""),
        at: "name")
    }
    question = try document.string("question")
    seed = UInt64(try document.integer("seed", in: 0...Int.max))
    replicates = try document.integer("replicates", in: 1...100_000)
    points = try Self.points(of: document)
  }

  private static let headerKeys = [
    "schema", "name", "question", "seed", "replicates", "sweep", "smoke",
  ]

  private static func compose(_ source: String, file: String) throws(ExperimentError) -> Node {
    do {
      guard let node = try Yams.compose(yaml: source) else {
        throw ExperimentError(
          file: file, line: nil, path: "", problem: .unreadable(reason: "it is empty"))
      }
      return node
    } catch let error as ExperimentError {
      throw error
    } catch let error as YamlError {
      throw ExperimentError(
        file: file, line: error.line, path: "", problem: .syntax(reason: error.summary))
    } catch {
      throw ExperimentError(file: file, line: nil, path: "", problem: .syntax(reason: "\(error)"))
    }
  }
}

extension YamlError {
  fileprivate var line: Int? {
    switch self {
    case .reader(_, _, _, _): nil
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
      mark.line
    case .duplicatedKeysInMapping(_, let context): context.mark.line
    default: nil
    }
  }

  fileprivate var summary: String {
    switch self {
    case .scanner(_, let problem, _, _), .parser(_, let problem, _, _),
      .composer(_, let problem, _, _):
      problem
    case .duplicatedKeysInMapping(let duplicates, _):
      "the key \(duplicates.sorted().joined(separator: ", ")) stands twice"
    default: "\(self)"
    }
  }
}
