public import Randomness

/// The random streams of one training run.
///
/// What is shared between runs that are compared (initial parameters, cohorts, batches) hangs from
/// `shared`; the noise hangs from `own`, which no other run has.
public struct RoundKeys: Sendable {
  private let shared: StreamKey
  private let own: StreamKey

  public init(shared: StreamKey, own: StreamKey) {
    self.shared = shared
    self.own = own
  }

  public var initialParameters: StreamKey { shared.child(.initialParameters) }

  func cohort(round: Int) -> StreamKey {
    shared.child(.cohort).child(.round, UInt64(round))
  }

  func batches(round: Int, client: Int) -> StreamKey {
    shared.child(.batches).child(.round, UInt64(round)).child(.client, UInt64(client))
  }

  func noise(round: Int) -> StreamKey {
    own.child(.noise).child(.round, UInt64(round))
  }
}
