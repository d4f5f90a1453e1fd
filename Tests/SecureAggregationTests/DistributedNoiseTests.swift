import Accounting
import LinearAlgebra
import Mechanisms
import Randomness
import SecureAggregation
import Testing

/// Distributed noise under real masks: the server's one view is the sum that it releases.
@Suite struct DistributedNoiseTests {
  private static let clients = 6
  private static let contributors = 4
  private static let dimension = 50
  private static let round = StreamKey(seed: 71).child(.round, 1)

  private static func mechanism(_ law: DistributedNoise.Law) throws -> DistributedMechanism {
    try DistributedMechanism(
      encoding: GridEncoding(
        dimension: dimension, clippingNorm: 1, granularity: 0.01, bits: 20, isRotated: true),
      noise: DistributedNoise(law, variance: 1e4, contributorCount: contributors))
  }

  private static let updates: [[Float]] = {
    var stream = RandomStream(StreamKey(seed: 72))
    return (0..<clients).map { _ in
      (0..<dimension).map { _ in Float(stream.gaussian(standardDeviation: 1)) }
    }
  }()

  /// What each client hands to the aggregation: its contribution, and where it makes noise its share.
  private static func vectors(
    _ mechanism: DistributedMechanism
  ) throws -> [ClientID: RingVector] {
    let ring = try Ring(bits: mechanism.encoding.bits)
    var vectors: [ClientID: RingVector] = [:]
    for client in 0..<clients {
      var message = mechanism.message(
        of: updates[client], layers: [0..<dimension], from: client, round: round)
      if client < contributors {
        let share = mechanism.noiseShare(of: client, round: round)
        for index in message.indices {
          message[index] = (message[index] &+ share[index]) & ring.largest
        }
      }
      vectors[ClientID(UInt32(client))] = try RingVector(message, in: ring)
    }
    return vectors
  }

  /// What the mechanism itself releases of these clients' updates.
  private static func plain(
    _ mechanism: DistributedMechanism, of survivors: Range<Int>
  ) throws -> [Float] {
    let sum = mechanism.makeSum(layers: [0..<dimension])
    mechanism.prepare(sum, noise: round)
    for client in survivors { sum.add(clipping: updates[client], from: client) }
    var ledger = Ledger()
    return try mechanism.release(sum, expectedCohortSize: 5, noise: round, workers: .one)
      .charge(&ledger, amplified: { $0 }).mean
  }

  /// Clients that make no noise may fall silent before they send their masked vector.
  @Test(arguments: DistributedNoise.Law.allCases, 4...6)
  func theMaskedSumReleasesWhatThePlainOneDoes(
    law: DistributedNoise.Law, survivors: Int
  ) throws {
    let mechanism = try Self.mechanism(law)
    let silent = Dictionary(
      uniqueKeysWithValues: (survivors..<Self.clients).map {
        (ClientID(UInt32($0)), ProtocolStep.masking)
      })
    let sum = try SecureSum(
      of: try Self.vectors(mechanism), threshold: Self.contributors, silentFrom: silent,
      entropy: .simulated(StreamKey(seed: 73)))
    var ledger = Ledger()
    let released = try mechanism.release(
      modularSum: sum.total.elements, expectedCohortSize: 5, round: Self.round
    ).charge(&ledger, amplified: { $0 })
    #expect(try released.mean == Self.plain(mechanism, of: 0..<survivors))
    #expect(ledger.event == .composed([mechanism.event]))
  }

  /// Without the noise of as many contributors as were charged there is no sum at all.
  @Test func tooFewContributorsReleaseNothing() throws {
    let vectors = try Self.vectors(try Self.mechanism(.skellam))
    #expect(
      throws: SecureAggregationError.tooFewSurvivors(.masking, survived: 3, needed: 4)
    ) {
      try SecureSum(
        of: vectors, threshold: Self.contributors,
        silentFrom: [ClientID(0): .masking, ClientID(1): .masking, ClientID(2): .masking],
        entropy: .simulated(StreamKey(seed: 73)))
    }
  }
}
