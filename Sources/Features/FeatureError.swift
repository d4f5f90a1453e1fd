public import Datasets
internal import LinearAlgebra

/// Why features cannot be computed or kept. Every case names what was given and what is allowed.
public enum FeatureError: Error, Hashable, Sendable {
  case imageTooSmall(shape: ExampleShape, scale: Int)
  case unequalGroups(channels: Int, groups: Int)
  case notGray(shape: ExampleShape)
  case tooManyDimensions(Int, features: Int, images: Int)
  case cannotWrite(path: String, reason: String)
  case cannotRead(path: String, reason: String)
}

extension FeatureError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .imageTooSmall(let shape, let scale):
      "scattering at scale \(scale) needs images of at least \(1 << scale) pixels a side, and more "
        + "than its border; these are \(shape.height) x \(shape.width)"
    case .unequalGroups(let channels, let groups):
      "\(groups) groups do not divide \(channels) channels into equal parts"
        + ", or are more than \(GroupNormalization.mostGroups)"
    case .notGray(let shape):
      "synthetic images are gray; these examples are \(shape.height) x \(shape.width) with "
        + "\(shape.channels) channels"
    case .tooManyDimensions(let dimensions, let features, let images):
      "\(dimensions) dimensions are more than there are features (\(features)), or not fewer than "
        + "synthetic images (\(images))"
    case .cannotWrite(let path, let reason):
      "cannot keep features in \(path): \(reason). Make room, or set XDG_CACHE_HOME to a folder that "
        + "has it."
    case .cannotRead(let path, let reason):
      "cannot read features from \(path): \(reason). Remove the file to compute them again."
    }
  }
}
