/// Why a list of layers is no network. Layers count from 1.
public enum ArchitectureError: Error, Hashable, Sendable {
  /// A number of a layer below its smallest value.
  case tooSmall(layer: Int, kind: String, name: String, value: Int, least: Int)
  /// A window that does not fit into the image, padding included.
  case windowExceedsImage(layer: Int, kind: String, size: Int, height: Int, width: Int)
  /// A pooling window of more elements than a byte counts.
  case poolExceedsLimit(layer: Int, kind: String, size: Int, most: Int)
  /// Channels that do not fall into equal groups.
  case unequalGroups(layer: Int, groups: Int, channels: Int)
  /// An activation that does not follow a layer of its own.
  case misplacedActivation(layer: Int)
  /// Parameters up to a layer, or values that it computes from one example, beyond what is supported.
  case tooLarge(layer: Int, kind: String, most: Int)

  /// From 1; one more than there are hidden layers for the output layer.
  public var layer: Int {
    switch self {
    case .tooSmall(let layer, _, _, _, _), .windowExceedsImage(let layer, _, _, _, _),
      .poolExceedsLimit(let layer, _, _, _), .unequalGroups(let layer, _, _),
      .misplacedActivation(let layer), .tooLarge(let layer, _, _):
      layer
    }
  }
}

extension ArchitectureError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .tooSmall(let layer, let kind, let name, let value, let least):
      "layer \(layer) (\(kind)): \(name) is \(value); it must be at least \(least)"
    case .windowExceedsImage(let layer, let kind, let size, let height, let width):
      "layer \(layer) (\(kind)): a window of \(size) x \(size) exceeds its image of "
        + "\(height) x \(width), padding included"
    case .poolExceedsLimit(let layer, let kind, let size, let most):
      "layer \(layer) (\(kind)): size is \(size); it must be at most \(most)"
    case .unequalGroups(let layer, let groups, let channels):
      "layer \(layer) (group_norm): \(channels) channels do not fall into \(groups) equal groups"
    case .misplacedActivation(let layer):
      "layer \(layer): an activation follows a layer, and neither flatten nor another activation"
    case .tooLarge(let layer, let kind, let most):
      "layer \(layer) (\(kind)): the network grows beyond \(most) parameters, or beyond \(most) "
        + "values computed from one example in one layer"
    }
  }
}
