/// A published image data set that this toolkit can read and recognize byte for byte.
///
/// Both hold gray images of 28 x 28 pixels in ten classes of (nearly) equal size, in the IDX format
/// of LeCun, Cortes and Burges.
public enum KnownDataset: String, CaseIterable, Codable, Sendable {
  case fashionMNIST = "fashion-mnist"
  case mnist

  public var title: String {
    switch self {
    case .fashionMNIST: "Fashion-MNIST"
    case .mnist: "MNIST"
    }
  }

  /// Who made it, and where it is described.
  public var source: String {
    switch self {
    case .fashionMNIST:
      "Xiao, Rasul, Vollgraf: Fashion-MNIST, arXiv:1708.07747 (2017), "
        + "https://github.com/zalandoresearch/fashion-mnist"
    case .mnist:
      "LeCun, Bottou, Bengio, Haffner: Gradient-based learning applied to document recognition, "
        + "Proc. IEEE 86 (1998), http://yann.lecun.com/exdb/mnist/"
    }
  }

  public var license: String {
    switch self {
    case .fashionMNIST: "MIT, Copyright 2017 Zalando SE"
    case .mnist: "CC BY-SA 3.0, Yann LeCun and Corinna Cortes"
    }
  }

  public var classCount: Int { 10 }

  public var trainingExampleCount: Int { 60_000 }

  public var testExampleCount: Int { 10_000 }

  public var imageHeight: Int { 28 }

  public var imageWidth: Int { 28 }

  /// Pixels of one image.
  public var featureCount: Int { imageHeight * imageWidth }

  /// How to get the files, as a sentence for a person.
  public var installation: String {
    switch self {
    case .fashionMNIST:
      "On Debian and Ubuntu run `apt-get install dataset-fashion-mnist` (or `make setup`); "
        + "elsewhere download the four .gz files from "
        + "https://github.com/zalandoresearch/fashion-mnist/tree/master/data/fashion "
        + "into \(Self.userFolder(for: self))."
    case .mnist:
      "Download the four .gz files from https://storage.googleapis.com/cvdf-datasets/mnist/ "
        + "into \(Self.userFolder(for: self))."
    }
  }
}
