internal import Foundation

/// One process's hold on a folder. It ends with the value, or with the process, however that ends.
public final class FolderLock: Sendable {
  private let descriptor: Int32

  /// Throws ``ResultsError/inUse(directory:)`` where another process holds the folder.
  public init(_ path: String) throws(ResultsError) {
    // The folder itself is what is locked: it stays, whatever the process that holds it moves or
    // removes.
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: systemErrorReason()) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let error =
        errno == EWOULDBLOCK
        ? ResultsError.inUse(directory: path)
        : .cannotWrite(path: path, reason: systemErrorReason())
      close(descriptor)
      throw error
    }
  }

  deinit { close(descriptor) }
}
