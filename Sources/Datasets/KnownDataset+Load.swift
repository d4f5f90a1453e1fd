import Foundation
import LinearAlgebra

extension KnownDataset {
  /// Reads the data set and checks every byte of it against the published sums.
  ///
  /// - Parameter folder: where its four files are, packed or not; `nil` for the first of
  ///   ``defaultFolders`` that exists.
  public func load(folder: String? = nil) throws(DatasetError) -> LabeledDataset {
    let place = try folderToRead(folder)
    return LabeledDataset(
      training: try images(files.trainingImages, labels: files.trainingLabels, in: place),
      test: try images(files.testImages, labels: files.testLabels, in: place),
      fingerprint: files.fingerprint)
  }

  func folderToRead(_ given: String?) throws(DatasetError) -> String {
    let candidates = given.map { [$0] } ?? defaultFolders
    guard let folder = candidates.first(where: { FileManager.default.fileExists(atPath: $0) })
    else { throw .notInstalled(dataset: self, searched: candidates) }
    return folder
  }

  func images(
    _ images: DatasetFile, labels: DatasetFile, in folder: String
  ) throws(DatasetError) -> LabeledExamples {
    let labelFile = try IDXFile(labels, of: self, in: folder)
    let imageFile = try IDXFile(images, of: self, in: folder)
    return LabeledExamples(
      features: .bytes(try imageFile.elements()), labels: try labelFile.elements(),
      featureCount: images.dimensions.dropFirst().reduce(1, *), classCount: labels.elementBound)
  }
}
