package import Foundation

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

/// Replaces the file in one step, and returns when that is on the device: it holds the old contents or
/// the new ones, never a part.
package func writeAtomically(_ data: Data, to path: String) throws(ResultsError) {
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
  let descriptor = open(folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: systemErrorReason()) }
  defer { close(descriptor) }
  guard fsync(descriptor) == 0 else {
    throw .cannotWrite(path: path, reason: systemErrorReason())
  }
}

/// The whole file.
package func read(_ path: String) throws(ResultsError) -> Data {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw .cannotRead(path: path, reason: systemErrorReason()) }
  defer { close(descriptor) }
  return try contents(of: descriptor, path: path)
}

/// All bytes of an open regular file, wherever its offset stands.
func contents(of descriptor: Int32, path: String) throws(ResultsError) -> Data {
  var data = Data()
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = pread(descriptor, &buffer, buffer.count, off_t(data.count))
    if count < 0 && errno == EINTR { continue }
    guard count >= 0 else { throw .cannotRead(path: path, reason: systemErrorReason()) }
    if count == 0 { return data }
    data.append(contentsOf: buffer[..<count])
  }
}

func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

/// Makes a folder and those above it where they are missing, durably.
package func makeDirectory(_ path: String) throws(ResultsError) {
  guard mkdir(path, 0o755) != 0 else { return try flushEntry(of: path) }
  if errno == ENOENT {
    let above = folder(of: path)
    if above != path && above != "." {
      try makeDirectory(above)
      if mkdir(path, 0o755) == 0 { return try flushEntry(of: path) }
    }
  }
  let reason = systemErrorReason()
  var status = stat()
  guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
    throw .cannotWrite(path: path, reason: reason)
  }
}

/// Names in a folder, in no order.
func contents(ofDirectory path: String) throws(ResultsError) -> [String] {
  guard let directory = opendir(path) else {
    throw .cannotRead(path: path, reason: systemErrorReason())
  }
  closedir(directory)
  do {
    return try FileManager.default.contentsOfDirectory(atPath: path)
  } catch {
    throw .cannotRead(path: path, reason: error.localizedDescription)
  }
}

/// Removes a file, or a folder with all that is in it, if there is one.
func remove(_ path: String) throws(ResultsError) {
  var status = stat()
  let isThere = lstat(path, &status) == 0
  if !isThere && errno == ENOENT { return }
  let isFolder = isThere && status.st_mode & S_IFMT == S_IFDIR
  if isFolder {
    for name in try contents(ofDirectory: path) { try remove("\(path)/\(name)") }
  }
  guard isThere, (isFolder ? rmdir(path) : unlink(path)) == 0 else {
    throw .cannotWrite(path: path, reason: systemErrorReason())
  }
}

/// The folder that holds the file or folder at a path: "." of a single name. Foundation's own ends the
/// program for a name of one character.
package func folder(of path: String) -> String {
  func withoutTrailingSlashes(_ text: Substring) -> Substring {
    let last = text.lastIndex { $0 != "/" }
    return last.map { text[...$0] } ?? text.prefix(1)
  }
  let name = withoutTrailingSlashes(path[...])
  guard let slash = name.lastIndex(of: "/") else { return "." }
  return String(withoutTrailingSlashes(name[...slash]))
}
