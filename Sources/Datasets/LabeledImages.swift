/// Gray images with their class labels, in one flat buffer each.
public struct LabeledImages: Sendable {
  /// `[example, pixel]`, row-major, 0 (black) to 255 (white).
  public let pixels: [UInt8]

  /// `[example]`, each below ``classCount``.
  public let labels: [UInt8]

  /// Pixels of one image.
  public let featureCount: Int

  public let classCount: Int

  public var exampleCount: Int { labels.count }

  /// - Precondition: `pixels.count == labels.count * featureCount`, and every label is below
  ///   `classCount` (1 to 256).
  public init(pixels: [UInt8], labels: [UInt8], featureCount: Int, classCount: Int) {
    precondition(featureCount > 0, "an image has at least one pixel")
    precondition((1...256).contains(classCount), "a byte holds 1 to 256 classes")
    precondition(pixels.count == labels.count * featureCount, "one image for each label")
    precondition(labels.allSatisfy { $0 < classCount }, "every label is below classCount")
    self.pixels = pixels
    self.labels = labels
    self.featureCount = featureCount
    self.classCount = classCount
  }

  /// A copy of the examples at `positions`, in that order.
  ///
  /// - Precondition: every position is in `0..<exampleCount`.
  public func selecting(_ positions: [Int32]) -> LabeledImages {
    var chosenPixels: [UInt8] = []
    chosenPixels.reserveCapacity(positions.count * featureCount)
    for position in positions {
      let start = Int(position) * featureCount
      chosenPixels += pixels[start..<start + featureCount]
    }
    return LabeledImages(
      pixels: chosenPixels, labels: positions.map { labels[Int($0)] },
      featureCount: featureCount, classCount: classCount)
  }
}

/// A known data set in memory, every byte checked against its published sums.
public struct ImageDataset: Sendable {
  public let name: KnownDataset
  public let training: LabeledImages
  public let test: LabeledImages

  /// ``DatasetFiles/fingerprint`` of the files that were read.
  public let fingerprint: String
}
