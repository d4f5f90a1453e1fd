/// Names one run of the protocol. Every key and signature is bound to it, so that a message of another
/// run is worth nothing in this one.
public struct SessionID: Hashable, Sendable {
  let bytes: [UInt8]

  static let byteCount = 16

  /// A new name. With the system's entropy no two are ever alike.
  public init(entropy: Entropy = .system) {
    var source = entropy.session.makeSource()
    bytes = source.bytes(Self.byteCount)
  }

  /// - Parameter bytes: 16 of them.
  init(bytes: [UInt8]) {
    precondition(bytes.count == Self.byteCount, "a session's name has 16 bytes")
    self.bytes = bytes
  }
}
