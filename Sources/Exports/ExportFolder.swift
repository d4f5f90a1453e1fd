public import Foundation

/// A file of an export.
public struct ExportedFile: Hashable, Sendable {
  /// Below the export's folder.
  public let path: String
  public let contents: Data

  init(_ path: String, _ contents: Data) {
    self.path = path
    self.contents = contents
  }

  init(_ path: String, _ text: String) { self.init(path, Data(text.utf8)) }
}

/// Writes the files into a folder that is not there yet, or empty. It appears when all of them are written.
public func writeExport(_ files: [ExportedFile], to folder: String) throws(ExportError) {
  let manager = FileManager.default
  var isFolder: ObjCBool = false
  if manager.fileExists(atPath: folder, isDirectory: &isFolder) {
    guard isFolder.boolValue, (try? manager.contentsOfDirectory(atPath: folder))?.isEmpty == true
    else { throw .notEmpty(folder: folder) }
  }
  let target = URL(filePath: folder).standardizedFileURL
  let unfinished = target.deletingLastPathComponent()
    .appending(path: ".\(target.lastPathComponent).\(UUID().uuidString)")
  do {
    for file in files {
      let url = unfinished.appending(path: file.path)
      try manager.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try file.contents.write(to: url)
    }
  } catch {
    try? manager.removeItem(at: unfinished)
    throw .cannotWrite(path: folder, reason: error.localizedDescription)
  }
  // Takes the place of an empty folder, and of no other.
  guard
    rename(unfinished.path(percentEncoded: false), target.path(percentEncoded: false)) == 0
  else {
    let reason = String(cString: strerror(errno))
    try? manager.removeItem(at: unfinished)
    throw .cannotWrite(path: folder, reason: reason)
  }
}
