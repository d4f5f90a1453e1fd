/// What clients keep between rounds: for each model one vector, zero at first. It never leaves them.
///
/// It grows with the clients that have taken part, up to all of them.
public struct ClientMemory {
  /// Elements of all clients and models that one run may keep: 1 GiB.
  public static let mostElements = 1 << 28

  private let length: Int
  private var kept: [Int: [[Float]]] = [:]

  /// - Parameter length: of each vector.
  init(length: Int) { self.length = length }

  /// Hands out a client's vectors, one a model, until they come back.
  mutating func take(_ client: Int, models: Int) -> ClientState {
    ClientState(
      kept.removeValue(forKey: client)
        ?? [[Float]](repeating: [Float](repeating: 0, count: length), count: models))
  }

  mutating func put(_ state: ClientState, of client: Int) {
    if length > 0 { kept[client] = state.vectors }
  }
}

/// One client's vectors, for the thread that works on it.
final class ClientState {
  /// One a model.
  var vectors: [[Float]]

  init(_ vectors: [[Float]]) { self.vectors = vectors }
}
