internal import Foundation

/// What the last failed system call said.
func systemErrorReason() -> String { String(cString: strerror(errno)) }

func writeAll(_ data: Data, to descriptor: Int32, path: String) throws(ResultsError) {
  let bytes = [UInt8](data)
  var written = 0
  while written < bytes.count {
    let count = bytes[written...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    if count < 0 && errno == EINTR { continue }
    guard count >= 0 else { throw .cannotWrite(path: path, reason: systemErrorReason()) }
    written += count
  }
}

/// Replaces the file in one step: it holds the old contents or the new ones, never a part.
func writeAtomically(_ data: Data, to path: String) throws(ResultsError) {
  let temporary = path + ".new"
  let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
  guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: systemErrorReason()) }
  defer { close(descriptor) }
  do throws(ResultsError) {
    try writeAll(data, to: descriptor, path: path)
    guard fsync(descriptor) == 0, rename(temporary, path) == 0 else {
      throw .cannotWrite(path: path, reason: systemErrorReason())
    }
  } catch {
    unlink(temporary)
    throw error
  }
  try flushEntry(of: path)
}

/// Makes a file's name as durable as its contents: a new name lives in its folder.
func flushEntry(of path: String) throws(ResultsError) {
  let folder = (path as NSString).deletingLastPathComponent
  let descriptor = open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: systemErrorReason()) }
  defer { close(descriptor) }
  guard fsync(descriptor) == 0 else {
    throw .cannotWrite(path: path, reason: systemErrorReason())
  }
}

func read(_ path: String) throws(ResultsError) -> Data {
  do {
    return try Data(contentsOf: URL(filePath: path))
  } catch {
    throw .cannotRead(path: path, reason: systemReason(of: error))
  }
}

func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

func makeDirectory(_ path: String) throws(ResultsError) {
  do {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  } catch {
    throw .cannotWrite(path: path, reason: systemReason(of: error))
  }
}

func removeDirectory(_ path: String) throws(ResultsError) {
  guard exists(path) else { return }
  do {
    try FileManager.default.removeItem(atPath: path)
  } catch {
    throw .cannotWrite(path: path, reason: systemReason(of: error))
  }
}

/// The system's own words, such as "Not a directory", where Foundation has only a number.
package func systemReason(of error: any Error) -> String {
  let cocoa = error as NSError
  let cause = cocoa.userInfo[NSUnderlyingErrorKey] as? NSError ?? cocoa
  return cause.domain == NSPOSIXErrorDomain
    ? String(cString: strerror(Int32(cause.code))) : cocoa.localizedDescription
}
