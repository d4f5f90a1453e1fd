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

  /// Hands out the vectors of a cohort's members, one a model, until they come back. Where nothing is
  /// kept all have the same empty ones.
  mutating func take(_ cohort: [Int], models: Int) -> [ClientState] {
    let new = [[Float]](repeating: [Float](repeating: 0, count: length), count: models)
    if length == 0 { return [ClientState](repeating: ClientState(new), count: cohort.count) }
    return cohort.map { ClientState(kept.removeValue(forKey: $0) ?? new) }
  }

  mutating func put(_ states: [ClientState], of cohort: [Int]) {
    if length == 0 { return }
    for (state, client) in zip(states, cohort) { kept[client] = state.vectors }
  }
}

/// One client's vectors, for the thread that works on it.
final class ClientState {
  /// One a model.
  var vectors: [[Float]]

  init(_ vectors: [[Float]]) { self.vectors = vectors }
}
