/// Whether a known data set is there, and what is wrong with it if not.
public struct DatasetStatus: Sendable {
  /// How closely the files are looked at.
  public enum Thoroughness: Sendable {
    /// Each file is there, can be opened and, where it has a header, starts with the right one.
    case quick
    /// Each file is read to its end and its bytes agree with the published.
    case full
  }

  public struct File: Sendable {
    /// The name without `.gz`.
    public let name: String
    /// What is wrong, or `nil`.
    public let problem: DatasetError?
  }

  public let dataset: KnownDataset

  /// The folder that was looked at, or `nil` when there is none.
  public let folder: String?

  /// One a file, in the order of ``DatasetFiles/all``.
  public let files: [File]

  /// Whether every file passed the check.
  public var isUsable: Bool { files.allSatisfy { $0.problem == nil } }
}

extension KnownDataset {
  /// Looks for the data set in `folder`, or in the first of ``defaultFolders`` that exists.
  public func status(
    folder: String? = nil, _ thoroughness: DatasetStatus.Thoroughness = .quick
  ) -> DatasetStatus {
    let place = Result { () throws(DatasetError) in try folderToRead(folder) }
    let reports = files.all.map { file in
      let outcome = Result { () throws(DatasetError) in
        try check(file, in: try place.get(), thoroughness)
      }
      return DatasetStatus.File(name: file.name, problem: outcome.failure)
    }
    return DatasetStatus(dataset: self, folder: try? place.get(), files: reports)
  }

  private func check(
    _ file: DatasetFile, in folder: String, _ thoroughness: DatasetStatus.Thoroughness
  ) throws(DatasetError) {
    switch (file.content, thoroughness) {
    case (.idx, .quick): try IDXFile(file, of: self, in: folder).checkHeader()
    case (.idx, .full): _ = try IDXFile(file, of: self, in: folder).elements()
    case (.text, .quick): try TextFile(file, of: self, in: folder).checkStart()
    case (.text, .full): _ = try TextFile(file, of: self, in: folder).contents()
    }
  }
}

extension Result {
  fileprivate var failure: Failure? {
    if case .failure(let error) = self { error } else { nil }
  }
}
