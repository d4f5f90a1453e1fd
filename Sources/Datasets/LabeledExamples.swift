public import LinearAlgebra

/// Examples with their class labels, in one flat buffer each.
public struct LabeledExamples: Sendable {
  /// `[example, feature]`, row-major.
  public let features: FeatureRows

  /// `[example]`, each below ``classCount``.
  public let labels: [UInt8]

  /// `[example]`: who each example belongs to, below ``ownerCount``; nil where the data do not say.
  public let owners: [Int32]?

  /// How many people, sites or devices the examples belong to; 0 where the data do not say.
  public let ownerCount: Int

  public let featureCount: Int

  public let classCount: Int

  public var exampleCount: Int { labels.count }

  /// - Precondition: one row of features for each label, every label below `classCount` (1 to 256),
  ///   and where there are owners one for each example, below `ownerCount`.
  public init(
    features: FeatureRows, labels: [UInt8], featureCount: Int, classCount: Int,
    owners: [Int32]? = nil, ownerCount: Int = 0
  ) {
    precondition(featureCount > 0, "an example has at least one feature")
    precondition((1...256).contains(classCount), "a byte holds 1 to 256 classes")
    precondition(
      features.elementCount == labels.count * featureCount, "one row of features for each label")
    precondition(labels.allSatisfy { $0 < classCount }, "every label is below classCount")
    if let owners {
      precondition(owners.count == labels.count, "one owner for each example")
      precondition(
        owners.allSatisfy { (0..<Int32(ownerCount)).contains($0) },
        "every owner is below ownerCount")
    }
    self.features = features
    self.labels = labels
    self.featureCount = featureCount
    self.classCount = classCount
    self.owners = owners
    self.ownerCount = ownerCount
  }

  /// The same examples by other features.
  ///
  /// - Precondition: one row of features for each label.
  public func with(features: FeatureRows, featureCount: Int) -> LabeledExamples {
    LabeledExamples(
      features: features, labels: labels, featureCount: featureCount, classCount: classCount,
      owners: owners, ownerCount: ownerCount)
  }

  /// A copy of the examples at `positions`, in that order.
  ///
  /// - Precondition: every position is in `0..<exampleCount`.
  public func selecting(_ positions: [Int32]) -> LabeledExamples {
    LabeledExamples(
      features: features.selecting(positions, rowLength: featureCount),
      labels: positions.map { labels[Int($0)] }, featureCount: featureCount, classCount: classCount,
      owners: owners.map { owners in positions.map { owners[Int($0)] } }, ownerCount: ownerCount)
  }
}

/// A data set in memory.
public struct LabeledDataset: Sendable {
  public let training: LabeledExamples
  public let test: LabeledExamples

  /// Of the files that were read.
  public let fingerprint: String

  public init(training: LabeledExamples, test: LabeledExamples, fingerprint: String) {
    self.training = training
    self.test = test
    self.fingerprint = fingerprint
  }
}
