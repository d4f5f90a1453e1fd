import Foundation
import LinearAlgebra

extension KnownDataset {
  /// Reads the data set and checks every byte of it against the published sums.
  ///
  /// - Parameter folder: where its files are, packed or not; `nil` for the first of
  ///   ``defaultFolders`` that exists.
  public func load(folder: String? = nil) throws(DatasetError) -> LabeledDataset {
    let place = try folderToRead(folder)
    let fingerprint = files.fingerprint
    let files = files.all
    switch self {
    case .fashionMNIST, .mnist: return try images(self.files, in: place)
    case .adult:
      return LabeledDataset(
        training: try table(files[0], AdultTables.schema(skippedLines: 0), in: place),
        test: try table(files[1], AdultTables.schema(skippedLines: 1), in: place),
        fingerprint: fingerprint)
    case .breastCancer:
      return try table(files[0], BreastCancerTable.schema(), in: place)
        .splitByPosition(fingerprint: fingerprint)
    case .digits:
      return try table(files[0], DigitsTable.schema(), in: place)
        .splitByPosition(fingerprint: fingerprint)
    case .heartDisease:
      return try table(files[0], HeartDiseaseTable.schema(), in: place)
        .renumberingOwners(HeartDiseaseTable.ownersOfFile)
        .splitByPosition(fingerprint: fingerprint)
    case .shakespeareCharacters:
      return PlayCharacters.dataset(of: try Plays.load(folder: place), fingerprint: fingerprint)
    }
  }

  func folderToRead(_ given: String?) throws(DatasetError) -> String {
    let candidates = given.map { [$0] } ?? defaultFolders
    guard let folder = candidates.first(where: { FileManager.default.fileExists(atPath: $0) })
    else { throw .notInstalled(dataset: self, searched: candidates) }
    return folder
  }

  /// Reads the images and labels to train on, then those of the test set.
  func images(_ files: DatasetFiles, in folder: String) throws(DatasetError) -> LabeledDataset {
    let fingerprint = files.fingerprint
    let files = files.all
    return LabeledDataset(
      training: try images(files[0], labels: files[1], in: folder),
      test: try images(files[2], labels: files[3], in: folder), fingerprint: fingerprint)
  }

  private func images(
    _ images: DatasetFile, labels: DatasetFile, in folder: String
  ) throws(DatasetError) -> LabeledExamples {
    let labelFile = try IDXFile(labels, of: self, in: folder)
    let imageFile = try IDXFile(images, of: self, in: folder)
    return LabeledExamples(
      features: .bytes(try imageFile.elements()), labels: try labelFile.elements(),
      featureCount: imageFile.header.dimensions.dropFirst().reduce(1, *),
      classCount: labelFile.elementBound)
  }

  private func table(
    _ file: DatasetFile, _ schema: TableSchema, in folder: String
  ) throws(DatasetError) -> LabeledExamples {
    let file = try TextFile(file, of: self, in: folder)
    _ = try file.contents()
    return try Table(path: file.path, schema: schema).examples
  }
}
