public import Foundation

/// The finished trials of a folder that nobody writes into while this value lives: of a finished run, or
/// of one part of a divided one.
public struct KeptTrials: Sendable {
  public let directory: String
  /// The plan that they belong to, a canonical document.
  public let plan: Data
  public let provenance: Provenance
  private let source: Source
  private let lock: FolderLock?

  private enum Source {
    case published([String: FinishedTrial])
    /// One file a trial.
    case shard
  }

  /// Reads a folder's finished run. What was altered since is refused. The caller holds the folder.
  init(finishedRun directory: String, lock: FolderLock? = nil) throws(ResultsError) {
    let files = try RunFiles(directory: directory)
    provenance = try Provenance(directory: directory)
    if let file = provenance.alteredFiles(in: files).first {
      throw .altered(file: "\(directory)/\(file)")
    }
    self.directory = directory
    self.lock = lock
    plan = files.plan
    source = .published(try files.outcomes(timings: TimingRow.read(directory: directory)))
  }

  /// Reads the folder of a finished part, or of a finished run.
  public init(part directory: String) throws(ResultsError) {
    let lock = try FolderLock(directory, for: .reading)
    let folder = "\(directory)/.partial"
    guard exists("\(folder)/plan.json") else {
      try self.init(finishedRun: directory, lock: lock)
      return
    }
    try self.init(shard: directory, folder: folder, lock: lock)
  }

  private init(shard directory: String, folder: String, lock: FolderLock) throws(ResultsError) {
    let provenance = "\(folder)/\(RunDirectory.shardProvenanceName)"
    guard exists(provenance) else { throw .unfinishedPart(directory: directory) }
    self.directory = directory
    self.lock = lock
    plan = try read("\(folder)/plan.json")
    self.provenance = try Provenance(file: provenance)
    source = .shard
  }

  public var isShard: Bool { if case .shard = source { true } else { false } }

  /// The name of the arithmetic that all of them were computed with.
  var arithmetic: String? { provenance.libraries[Provenance.arithmeticKey] }

  /// Nil of a trial that is not finished here. What was altered since is refused.
  ///
  /// - Parameter trial: its name.
  public func outcome(of trial: String) throws(ResultsError) -> FinishedTrial? {
    switch source {
    case .published(let outcomes): return outcomes[trial]
    case .shard:
      let name = RunDirectory.outcomeName(trial)
      guard let expected = provenance.files[name] else { return nil }
      let path = "\(directory)/.partial/\(name)"
      let contents = try read(path)
      guard checksum(contents) == expected else { throw .altered(file: path) }
      return try CanonicalJSON.decode(FinishedTrial.self, from: contents, file: path)
    }
  }
}
