import Datasets
import Foundation
import LinearAlgebra
import Testing

@testable import Features

@Suite final class FeatureCacheTests {
  private let folder = NSTemporaryDirectory() + "features-\(UUID().uuidString)"
  private let shape = ExampleShape(height: 8, width: 8, channels: 1)

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func dataset(fingerprint: String = "a") -> LabeledDataset {
    let images = SyntheticImages(height: 8, width: 8)
    func examples(_ numbers: Range<Int>) -> LabeledExamples {
      LabeledExamples(
        features: .bytes(images.images(numbers)),
        labels: [UInt8](repeating: 0, count: numbers.count), featureCount: 64, classCount: 2)
    }
    return LabeledDataset(
      training: examples(0..<5), test: examples(5..<7), fingerprint: fingerprint)
  }

  private func extract(
    _ dataset: LabeledDataset, orientations: Int = 2
  ) throws -> LabeledDataset {
    try FeatureExtraction(
      [.scattering(Scattering(scale: 1, orientations: orientations)), .norm(1)], of: shape
    ).extract(from: dataset, cache: FeatureCache(folder: folder), workers: .one)
  }

  private var files: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }

  @Test func whatWasKeptIsRead() throws {
    let first = try extract(dataset())
    #expect(files.count == 2)
    let second = try extract(dataset())
    #expect(second.training.features == first.training.features)
    #expect(second.test.features == first.test.features)
    #expect(files.count == 2)
  }

  @Test func otherDataAndOtherStepsAreOtherFiles() throws {
    _ = try extract(dataset())
    _ = try extract(dataset(fingerprint: "b"))
    _ = try extract(dataset(), orientations: 3)
    #expect(files.count == 6)
  }

  @Test func whatAKilledProcessLeftIsReplaced() throws {
    let first = try extract(dataset())
    let whole = files
    for file in whole {
      try FileManager.default.removeItem(atPath: "\(folder)/\(file)")
      try Data(repeating: 7, count: 100_000).write(to: URL(filePath: "\(folder)/\(file).new"))
    }
    _ = try extract(dataset())
    #expect(files == whole)
    #expect(try extract(dataset()).training.features == first.training.features)
  }

  @Test(arguments: [0, 40, -1])
  func aDamagedFileIsRefused(byte: Int) throws {
    _ = try extract(dataset())
    for file in files {
      let path = "\(folder)/\(file)"
      var bytes = try Data(contentsOf: URL(filePath: path))
      if byte < 0 { bytes.removeLast() } else { bytes[byte] ^= 1 }
      try bytes.write(to: URL(filePath: path))
    }
    let error = #expect(throws: FeatureError.self) { _ = try self.extract(self.dataset()) }
    guard case .cannotRead(let path, _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(files.contains { path.hasSuffix($0) })
  }

  @Test func aFolderThatCannotBeIsNamed() throws {
    try Data().write(to: URL(filePath: folder))
    let error = #expect(throws: FeatureError.self) { _ = try self.extract(self.dataset()) }
    #expect(error.map { "\($0)".contains(self.folder) } == true)
  }
}
