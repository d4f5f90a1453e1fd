public import Randomness

/// Which examples each client of a population holds.
public enum ClientExamples: Hashable, Sendable {
  /// Every example belongs to one client.
  case dealt(ClientPartition)
  /// Every client is a sample of the data set.
  case drawn(DrawnClients)

  public var clientCount: Int {
    switch self {
    case .dealt(let partition): partition.clientCount
    case .drawn(let clients): clients.clientCount
    }
  }

  /// Replaces `examples` by the positions of the client's examples.
  ///
  /// - Precondition: `client` is in `0..<clientCount`.
  public func list(client: Int, into examples: inout [Int32]) {
    examples.removeAll(keepingCapacity: true)
    switch self {
    case .dealt(let partition): examples.append(contentsOf: partition.examples(ofClient: client))
    case .drawn(let clients): clients.draw(client: client, into: &examples)
    }
  }
}

/// A population larger than its data: each client holds examples drawn uniformly, with replacement,
/// from the whole data set. They are drawn when they are asked for, so that a population takes no
/// memory; a client's examples are the same each time.
public struct DrawnClients: Hashable, Sendable {
  public let clientCount: Int
  public let examplesPerClient: Int
  private let exampleCount: Int
  private let key: StreamKey

  /// - Precondition: all counts are positive, and `exampleCount` at most 2^31 - 1.
  public init(clientCount: Int, examplesPerClient: Int, exampleCount: Int, key: StreamKey) {
    precondition(clientCount > 0 && examplesPerClient > 0, "clients hold examples")
    precondition((1...Int(Int32.max)).contains(exampleCount), "there are examples to draw from")
    self.clientCount = clientCount
    self.examplesPerClient = examplesPerClient
    self.exampleCount = exampleCount
    self.key = key
  }

  func draw(client: Int, into examples: inout [Int32]) {
    precondition((0..<clientCount).contains(client), "a client of this population")
    var stream = RandomStream(key.child(.client, UInt64(client)))
    for _ in 0..<examplesPerClient {
      examples.append(Int32(stream.uniformInteger(below: exampleCount)))
    }
  }
}
