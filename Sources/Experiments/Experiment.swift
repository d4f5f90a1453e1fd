internal import Foundation
internal import Results
internal import Yams

/// An experiment file: one question, and the settings whose answers are compared.
public struct Experiment: Sendable {
  /// The only version of the format so far.
  public static let schema = 1

  public let name: String
  public let question: String
  public let seed: UInt64
  public let replicates: Int
  /// The number of the first replicate, 0 unless the file says otherwise. Other numbers have other initial
  /// weights, cohorts and batches, on the same clients.
  public let firstReplicate: Int
  /// The file's text as read: a finished run keeps it.
  public let source: String
  public let isSmoke: Bool
  let points: [Point]
  /// Nil where every trial is an answer.
  let tuning: TuningSettings?

  /// The folder of its results, in that of all results.
  public var folderName: String { name + (isSmoke ? "-smoke" : "") }

  /// Where its results go unless told otherwise.
  public var resultsDirectory: String { "results/\(folderName)" }

  /// One setting of the sweep.
  struct Point: Sendable {
    /// The swept values, as `path=value` joined by `;`.
    let label: String
    let task: TaskSettings
    /// Where to point when the setting cannot be priced.
    let noiseLine: Int?
    let clippingLine: Int?
    let mechanismLine: Int?
    let participationLine: Int?
  }

  /// Reads a file. With `smoke`, the file's own `smoke` values apply, which make it finish in
  /// seconds.
  public init(path: String, smoke: Bool) throws(ExperimentError) {
    let data: Data
    do {
      data = try read(path)
    } catch {
      let reason = if case .cannotRead(_, let reason) = error { reason } else { "\(error)" }
      throw ExperimentError(
        file: path, line: nil, path: "", problem: .unreadable(reason: reason))
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw ExperimentError(
        file: path, line: nil, path: "", problem: .unreadable(reason: "it is not UTF-8 text"))
    }
    try self.init(source: text, file: path, smoke: smoke)
  }

  /// Reads a file's text. Its smoke values must make sense even when they are not asked for. Errors
  /// name the text as `file`.
  public init(source: String, file: String, smoke: Bool) throws(ExperimentError) {
    let document = try SettingsReader(try Self.compose(source, file: file), file: file)
    let full = try Experiment(document, source: source, isSmoke: false)
    guard smoke || document.contains("smoke") else {
      self = full
      return
    }
    let changed = try document.applying(try document.reader("smoke"))
    let small = try Experiment(changed, source: source, isSmoke: true)
    self = smoke ? small : full
  }

  private init(
    _ document: SettingsReader, source: String, isSmoke: Bool
  ) throws(ExperimentError) {
    try document.expectOnly(Self.headerKeys + TaskSettings.allKeys)
    guard try document.integer("schema", in: 1...Int.max) == Self.schema else {
      throw document.problem(
        .inconsistent(reason: "this program reads schema \(Self.schema)"), at: "schema")
    }
    self.source = source
    self.isSmoke = isSmoke
    name = try document.string("name")
    guard name.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil else {
      throw document.problem(
        .outOfRange(allowed: "lower-case words joined by hyphens", found: "\"\(name)\""),
        at: "name")
    }
    question = try document.string("question")
    seed = UInt64(try document.integer("seed", in: 0...Int.max))
    replicates = try document.integer("replicates", in: 1...100_000)
    firstReplicate =
      document.contains("first_replicate")
      ? try document.integer("first_replicate", in: 0...1_000_000_000) : 0
    points = try Self.points(of: document)
    tuning = document.contains("tuning") ? try TuningSettings(document.reader("tuning")) : nil
    try tuning?.check(points, replicates: replicates, in: document)
    if tuning != nil, document.contains(AuditSettings.key) {
      throw document.problem(
        .inconsistent(
          reason: "a private choice publishes one of its runs, and no audit covers the choice; "
            + "remove this section or tuning"), at: AuditSettings.key)
    }
  }

  private static let headerKeys = [
    "schema", "name", "question", "seed", "replicates", "first_replicate", "sweep", "tuning",
    "smoke",
  ]

  /// So many can make a text of some thousand values. With no limit, ten lists that each name the one
  /// before ten times hold more values than any memory.
  private static let mostAliases = 20

  static func compose(_ source: String, file: String) throws(ExperimentError) -> Node {
    let aliases = source.yamlAliasCount
    guard aliases <= mostAliases else {
      throw ExperimentError(
        file: file, line: nil, path: "",
        problem: .unreadable(
          reason: "it has \(aliases) aliases (*name), and at most \(mostAliases) are read; write "
            + "out what they stand for"))
    }
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

extension String {
  /// How many aliases the text has if it is YAML, or more: in comments and texts they are not told apart.
  fileprivate var yamlAliasCount: Int {
    var count = 0
    /// The last byte that is no space.
    var last = UInt8(ascii: "\n")
    for (byte, next) in zip(utf8, utf8.dropFirst()) {
      if byte == UInt8(ascii: "*"), "\n\r[{,:?-".utf8.contains(last), !" \t\r\n".utf8.contains(next)
      {
        count += 1
      }
      if !" \t".utf8.contains(byte) { last = byte }
    }
    return count
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
