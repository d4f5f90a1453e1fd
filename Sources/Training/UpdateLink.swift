internal import LinearAlgebra
internal import Randomness

/// A client's way to the server.
public struct UpdateLink: Hashable, Sendable {
  public let compression: UpdateCompression
  /// Whether a client adds to its next update what compression kept back of this one (Seide et al. 2014;
  /// Karimireddy et al. 2019, algorithm 2).
  ///
  /// What is kept back never leaves the client but in a later update, which is clipped like any other.
  /// So the client's contribution depends on the rounds before, and is a vector of at most the clipping
  /// norm all the same; given the releases so far, nobody else's depends on it. By joint convexity of the
  /// hockey-stick and Renyi divergences, rounds in which every client has a coin of its own, or in which
  /// all take part, compose adaptively at the same price. For cohorts of fixed size that does not
  /// follow: who is in one says who is not.
  public let errorFeedback: Bool

  /// Updates arrive as they are.
  public static let plain = UpdateLink(compression: .none)

  /// `errorFeedback` goes with what ``UpdateCompression/allowsErrorFeedback`` says.
  public init(compression: UpdateCompression, errorFeedback: Bool = false) {
    precondition(
      !errorFeedback || compression.allowsErrorFeedback, "what is kept back stays bounded")
    self.compression = compression
    self.errorFeedback = errorFeedback
  }

  /// Sends an update.
  ///
  /// - Parameters:
  ///   - kept: what was kept back so far of each model's updates; unused without error feedback.
  ///   - index: of the model.
  /// - Returns: the update that arrives, and the length of the message.
  func send(
    _ update: [Float], layers: [Range<Int>], kept: ClientState, at index: Int,
    key makeKey: @autoclosure () -> StreamKey
  ) -> (update: [Float], byteCount: Int) {
    if compression == .none { return (update, MemoryLayout<Float>.size * update.count) }
    let key = makeKey()
    var meant = update
    if errorFeedback { add(kept.vectors[index], scale: 1, to: &meant) }
    let message = compression.compress(meant, layers: layers, key: key)
    let arriving = compression.expand(message, layers: layers, key: key)
    // An update that is not finite counts as zero, and must not spoil those to come.
    if errorFeedback && euclideanNorm(meant).isFinite {
      subtract(arriving, from: meant, into: &kept.vectors[index])
    }
    return (arriving, message.bytes.count)
  }
}
