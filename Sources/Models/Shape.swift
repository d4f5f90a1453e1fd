/// The shape of one example between two layers, channels last: `[height, width, channel]`.
public struct Shape: Hashable, Sendable {
  public let height: Int
  public let width: Int
  public let channels: Int

  public init(height: Int, width: Int, channels: Int) {
    precondition(height > 0 && width > 0 && channels > 0, "a shape has no empty side")
    self.height = height
    self.width = width
    self.channels = channels
  }

  /// A vector of features.
  public init(features: Int) {
    self.init(height: 1, width: 1, channels: features)
  }

  public var count: Int { height * width * channels }
  var positions: Int { height * width }
}
