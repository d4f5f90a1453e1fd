/// Bytes between one client and the server.
public struct Traffic: Hashable, Sendable {
  /// From the client.
  public internal(set) var up = 0
  /// To the client.
  public internal(set) var down = 0
}
