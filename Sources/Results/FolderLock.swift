internal import Foundation

/// A hold on a folder, as long as the value lives. It ends with the process, however that ends.
///
/// The folder itself is what is locked: it stays, whatever is moved or removed inside.
public final class FolderLock: Sendable {
  private let descriptor: Int32

  public enum Kind: Sendable {
    /// Nobody else holds the folder in any way.
    case writing
    /// Others may read, and nobody writes.
    case reading
  }

  /// Throws ``ResultsError/inUse(directory:)`` where another process holds the folder.
  public init(_ path: String, for kind: Kind) throws(ResultsError) {
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    func problem(_ reason: String) -> ResultsError {
      kind == .writing
        ? .cannotWrite(path: path, reason: reason) : .cannotRead(path: path, reason: reason)
    }
    guard descriptor >= 0 else { throw problem(systemErrorReason()) }
    guard flock(descriptor, (kind == .writing ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0 else {
      if errno == EWOULDBLOCK { throw .inUse(directory: path) }
      throw problem(systemErrorReason())
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}
