public import Randomness

/// The random streams that runs which are compared have in common: initial parameters, cohorts, batches,
/// and what befalls devices and links.
public struct SharedKeys: Hashable, Sendable {
  private let root: StreamKey

  public init(_ root: StreamKey) { self.root = root }

  public var initialParameters: StreamKey { root.child(.initialParameters) }

  /// Those of one silo, whose rounds are its steps.
  func silo(_ index: Int) -> SharedKeys { SharedKeys(root.child(.client, UInt64(index))) }

  func cohort(round: Int) -> StreamKey {
    root.child(.cohort).child(.round, UInt64(round))
  }

  /// Of what a client draws in a round.
  public func batches(round: Int, client: Int) -> StreamKey {
    root.child(.batches).child(.round, UInt64(round)).child(.client, UInt64(client))
  }

  /// Of what a client draws to compress its update.
  func compression(round: Int, client: Int) -> StreamKey {
    root.child(.compression).child(.round, UInt64(round)).child(.client, UInt64(client))
  }

  /// Of what befalls a client's device in a round.
  func device(round: Int, client: Int) -> StreamKey {
    root.child(.device).child(.round, UInt64(round)).child(.client, UInt64(client))
  }

  /// Of the coins of canaries.
  var canaryCoins: StreamKey { root.child(.canary).child(.selection) }

  /// Of what canaries are made of.
  public var canaryMakeup: StreamKey { root.child(.canary).child(.canary) }

  /// Those of what canaries do that train as units do.
  var canaries: SharedKeys { SharedKeys(root.child(.canary)) }

  /// Of when in the day a client's device is at its most available.
  func phase(client: Int) -> StreamKey {
    root.child(.phase).child(.client, UInt64(client))
  }
}

/// The random streams of one run that no other run has.
public struct NoiseKeys: Hashable, Sendable {
  private let root: StreamKey

  public init(_ root: StreamKey) { self.root = root }

  /// Those of one silo, whose rounds are its steps.
  func silo(_ index: Int) -> NoiseKeys { NoiseKeys(root.child(.client, UInt64(index))) }

  func noise(round: Int) -> StreamKey {
    root.child(.noise).child(.round, UInt64(round))
  }
}
