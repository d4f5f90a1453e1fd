public import Foundation

/// Where results come from: enough to run them again, and to see whether a file was altered since.
public struct Provenance: Hashable, Codable, Sendable {
  public let program: String
  public let commit: String?
  public let command: [String]
  public let finished: Date
  public let operatingSystem: String
  public let processor: String
  public let threads: Int
  public let libraries: [String: String]
  public let dataset: String
  public let randomness: String
  /// File name to SHA-256 of its contents.
  public let files: [String: String]
  /// Of the parts that a divided run was merged from; nil of a run in one piece.
  public let parts: [Provenance]?

  public init(
    program: String, commit: String?, command: [String], finished: Date, operatingSystem: String,
    processor: String, threads: Int, libraries: [String: String], dataset: String,
    randomness: String, files: [String: String], parts: [Provenance]? = nil
  ) {
    self.program = program
    self.commit = commit
    self.command = command
    self.finished = finished
    self.operatingSystem = operatingSystem
    self.processor = processor
    self.threads = threads
    self.libraries = libraries
    self.dataset = dataset
    self.randomness = randomness
    self.files = files
    self.parts = parts
  }

  /// Of the library whose rounding makes results what they are, in ``libraries``.
  public static let arithmeticKey = "blas_kernel"

  public static func checksums(of files: RunFiles) -> [String: String] {
    checksums(of: files.byName)
  }

  public static func checksums(of files: [(name: String, contents: Data)]) -> [String: String] {
    Dictionary(uniqueKeysWithValues: files.map { ($0.name, checksum($0.contents)) })
  }

  /// Names of files that are not as they were when the run ended.
  public func alteredFiles(in files: RunFiles) -> [String] {
    let found = Self.checksums(of: files)
    return found.keys.sorted().filter { self.files[$0] != found[$0] }
  }

  /// Reads `provenance.json` of a finished run.
  public init(directory: String) throws(ResultsError) {
    try self.init(file: "\(directory)/provenance.json")
  }

  init(file path: String) throws(ResultsError) {
    self = try CanonicalJSON.decode(Provenance.self, from: try read(path), file: path)
  }

  private enum CodingKeys: String, CodingKey {
    case program
    case commit
    case command
    case finished
    case operatingSystem = "operating_system"
    case processor
    case threads
    case libraries
    case dataset
    case randomness
    case files
    case parts
  }
}
