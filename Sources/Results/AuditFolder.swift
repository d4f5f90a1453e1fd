public import Foundation

/// A folder for the results of one audit, which are written when it is over.
///
/// Nothing is kept on the way: an audit that is stopped starts over, what was there before stays, and an
/// empty folder goes.
public final class AuditFolder: Sendable {
  public let path: String
  private let lock: FolderLock

  /// Takes the folder, and makes it where it is missing.
  ///
  /// - Parameters:
  ///   - name: of the file that every such folder has.
  ///   - restart: whether results of another such audit may be replaced.
  public init(_ path: String, holding name: String, restart: Bool) throws(ResultsError) {
    try makeDirectory(path)
    self.path = path
    lock = try FolderLock(path, for: .writing)
    let names = try contents(ofDirectory: path)
    if names.contains(name) {
      guard restart else { throw .alreadyComplete(directory: path) }
    } else if let stranger = names.filter({ !$0.hasSuffix(".new") }).min() {
      throw .notOfThisAudit(directory: path, file: stranger, expected: name)
    }
  }

  deinit { rmdir(path) }

  /// Puts the files in place, each in one step, the one that says what the folder is last.
  public func publish(
    _ files: [(name: String, contents: Data)], provenance: Provenance
  ) throws(ResultsError) {
    try writeAtomically(
      try CanonicalJSON.document(provenance), to: "\(path)/provenance.json")
    for (name, contents) in files { try writeAtomically(contents, to: "\(path)/\(name)") }
  }
}
