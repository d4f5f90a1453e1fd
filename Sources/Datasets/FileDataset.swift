public import Randomness

/// A data set of the user's own: files, and what is declared of them.
///
/// What is declared is public, and an error where the files say otherwise. The number of training
/// examples and of users above all: every release is divided by one of them.
public struct FileDataset: Hashable, Sendable {
  public let training: ExampleFiles

  /// nil where test examples are held out of the training files.
  public let test: ExampleFiles?

  /// Without those that are held out.
  public let trainingExampleCount: Int

  public let testExampleCount: Int

  public var featureCount: Int { training.featureCount }

  public var classCount: Int { training.classCount }

  /// How many people, sites or devices the training examples belong to; 0 where that is not read.
  public var ownerCount: Int { training.ownerCount }

  /// Test examples of files of their own belong to nobody: they take no part in training.
  ///
  /// - Precondition: positive counts; training and test files agree on features and classes.
  public init(
    training: ExampleFiles, test: ExampleFiles?, trainingExampleCount: Int, testExampleCount: Int
  ) {
    precondition(
      trainingExampleCount > 0 && testExampleCount > 0, "there are examples of both kinds")
    if let test {
      precondition(
        test.featureCount == training.featureCount && test.classCount == training.classCount,
        "both kinds of examples have the same form")
    }
    self.training = training
    self.test = test?.ignoringUsers
    self.trainingExampleCount = trainingExampleCount
    self.testExampleCount = testExampleCount
  }

  /// Reads and checks all files.
  ///
  /// - Parameters:
  ///   - folder: where relative paths begin.
  ///   - key: of the examples that are held out where there are no test files, uniformly without
  ///     replacement. Another key gives others.
  public func load(from folder: String, key: StreamKey) throws(DatasetError) -> LabeledDataset {
    var sums = FileSums()
    if let test {
      let training = try training.read(
        exampleCount: trainingExampleCount, from: folder, sums: &sums)
      return LabeledDataset(
        training: training,
        test: try test.read(exampleCount: testExampleCount, from: folder, sums: &sums),
        fingerprint: sums.fingerprint)
    }
    let count = trainingExampleCount + testExampleCount
    let all = try training.read(exampleCount: count, from: folder, sums: &sums)
    let split = try ValidationSplit(holdingOut: testExampleCount, of: count, key: key)
    return LabeledDataset(
      training: all.selecting(split.training), test: all.selecting(split.validation),
      fingerprint: sums.fingerprint)
  }

  /// The fingerprint that ``load(from:key:)`` gives, without looking into the files.
  public func fingerprint(from folder: String) throws(DatasetError) -> String {
    var sums = FileSums()
    for files in [training, test].compactMap(\.self) {
      for path in try files.paths(from: folder) { try sums.add(path) }
    }
    return sums.fingerprint
  }
}
