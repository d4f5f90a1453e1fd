import Testing

@testable import Datasets

struct KnownDatasetTests {
  @Test func namesAreThoseOfExperimentFiles() {
    #expect(
      KnownDataset.allCases.map(\.rawValue) == [
        "fashion-mnist", "mnist", "adult", "breast-cancer", "digits", "heart-disease",
        "shakespeare-characters",
      ])
  }

  @Test(arguments: [KnownDataset.fashionMNIST, .mnist])
  func imagesHaveTheSizesThatWerePublished(dataset: KnownDataset) {
    #expect(dataset.files.all.map(\.unpackedByteCount) == [47_040_016, 60_008, 7_840_016, 10_008])
    #expect(dataset.exampleShape == .image(height: 28, width: 28) && dataset.featureCount == 784)
    #expect(dataset.trainingExampleCount == 60_000 && dataset.testExampleCount == 10_000)
    #expect(dataset.classCount == 10 && dataset.ownerCount == 0)
  }

  @Test(arguments: KnownDataset.allCases)
  func sumsAreSums(dataset: KnownDataset) {
    for file in dataset.files.all {
      #expect(file.sha256.count == 64)
      #expect(file.sha256.allSatisfy { $0.isHexDigit && !$0.isUppercase })
    }
    #expect(Set(dataset.files.all.map(\.sha256)).count == dataset.files.all.count)
  }

  /// `sha256sum train-images-idx3-ubyte train-labels-idx1-ubyte t10k-images-idx3-ubyte
  /// t10k-labels-idx1-ubyte | sha256sum`, GNU coreutils 9.1, over the unpacked files.
  @Test func fingerprintIsTheSumOfTheSums() {
    #expect(
      KnownDataset.fashionMNIST.files.fingerprint
        == "5cf0562c46b89a77940b86f40a9a4325e7bed59d53ec555c4d14f0bed41ca53a")
  }

  @Test func looksFirstWhereDebianPutsTheFiles() {
    #expect(
      KnownDataset.fashionMNIST.defaultFolders.first == "/usr/share/datasets/fashion-mnist")
  }
}
