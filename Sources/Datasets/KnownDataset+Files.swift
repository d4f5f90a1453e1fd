import Foundation

extension KnownDataset {
  /// The four files, with the SHA-256 sums of their unpacked bytes.
  ///
  /// The sums are of the *unpacked* files because packed copies differ: Debian strips the file name
  /// from the gzip header, the original keeps it.
  ///
  /// Fashion-MNIST: `gunzip` of Debian's dataset-fashion-mnist 0.0~git20200523.55506a9-1. MNIST:
  /// unpacked copies of the mirror https://storage.googleapis.com/cvdf-datasets/mnist/, as listed
  /// for example in the build file of https://github.com/matraass11/mygrad.
  public var files: DatasetFiles {
    switch self {
    case .fashionMNIST:
      files(
        trainingImages: "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
        trainingLabels: "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
        testImages: "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
        testLabels: "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34")
    case .mnist:
      files(
        trainingImages: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        trainingLabels: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
        testImages: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        testLabels: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2")
    }
  }

  /// The folders that are searched when none is given, in order: those that packages fill
  /// (`/usr/share`, `/usr/local/share`, Homebrew's), then the user's own.
  public var defaultFolders: [String] {
    let shared = ["/usr/share", "/usr/local/share", "/opt/homebrew/share"]
    return shared.map { "\($0)/datasets/\(rawValue)" } + [Self.userFolder(for: self)]
  }

  static func userFolder(for dataset: KnownDataset) -> String {
    NSHomeDirectory() + "/.local/share/datasets/\(dataset.rawValue)"
  }

  private func files(
    trainingImages: String, trainingLabels: String, testImages: String, testLabels: String
  ) -> DatasetFiles {
    func images(_ name: String, _ count: Int, _ sha256: String) -> DatasetFile {
      DatasetFile(
        name: name, dimensions: [count, imageHeight, imageWidth], elementBound: 256,
        sha256: sha256)
    }
    func labels(_ name: String, _ count: Int, _ sha256: String) -> DatasetFile {
      DatasetFile(name: name, dimensions: [count], elementBound: classCount, sha256: sha256)
    }
    return DatasetFiles(
      trainingImages: images("train-images-idx3-ubyte", trainingExampleCount, trainingImages),
      trainingLabels: labels("train-labels-idx1-ubyte", trainingExampleCount, trainingLabels),
      testImages: images("t10k-images-idx3-ubyte", testExampleCount, testImages),
      testLabels: labels("t10k-labels-idx1-ubyte", testExampleCount, testLabels))
  }
}
