import Randomness
import Testing

@testable import SecureAggregation

@Suite struct SecureSumTests {
  private func vectors(
    _ count: Int, dimension: Int, bits: Int, seed: UInt64
  ) throws -> [ClientID: RingVector] {
    var source = Entropy.simulated(StreamKey(seed: seed)).makeSource()
    let ring = try Ring(bits: bits)
    var vectors: [ClientID: RingVector] = [:]
    for client in 0..<UInt32(count) {
      let elements = (0..<dimension).map { _ in
        UInt64(littleEndianBytes: source.bytes(8)) & ring.largest
      }
      vectors[ClientID(client)] = try RingVector(elements, in: ring)
    }
    return vectors
  }

  private func plainSum(_ vectors: [ClientID: RingVector], of clients: [ClientID]) -> [UInt64] {
    let ring = vectors[clients[0]]!.ring
    return vectors[clients[0]]!.elements.indices.map { index in
      clients.reduce(0) { $0 &+ vectors[$1]!.elements[index] } & ring.largest
    }
  }

  /// The sum if enough clients stay, and else the step at which it ends.
  private func expect(
    _ vectors: [ClientID: RingVector], threshold: Int, adversary: Adversary,
    silentFrom: [ClientID: ProtocolStep], seed: UInt64
  ) throws {
    let result = Result {
      try SecureSum(
        of: vectors, threshold: threshold, against: adversary, silentFrom: silentFrom,
        entropy: .simulated(StreamKey(seed: seed)))
    }
    func speakers(_ step: ProtocolStep) -> [ClientID] {
      vectors.keys.filter { silentFrom[$0].map { step < $0 } ?? true }.sorted()
    }
    let failed = ProtocolStep.allCases.first { speakers($0).count < threshold }
    switch result {
    case .success(let sum):
      #expect(failed == nil)
      #expect(sum.survivors == speakers(.masking))
      #expect(sum.total.elements == plainSum(vectors, of: sum.survivors))
    case .failure(let error):
      let failed = try #require(failed, "\(error)")
      #expect(
        error as? SecureAggregationError
          == .tooFewSurvivors(failed, survived: speakers(failed).count, needed: threshold))
    }
  }

  /// Groups of 5 to 14, all rings, silence at any step, with enough clients left and without.
  @Test func theSumIsThePlainOneForManyRandomPatterns() throws {
    var stream = RandomStream(StreamKey(seed: 42))
    for index in 0..<30 {
      let count = 5 + stream.uniformInteger(below: 10)
      let adversary = Adversary.allCases[index % 2]
      let smallest = adversary == .active ? count / 2 + 1 : 2
      let threshold = smallest + stream.uniformInteger(below: count - smallest + 1)
      let vectors = try vectors(
        count, dimension: 1 + stream.uniformInteger(below: 40),
        bits: 1 + stream.uniformInteger(below: 64), seed: UInt64(index))
      var silentFrom: [ClientID: ProtocolStep] = [:]
      let leaving = stream.uniformInteger(below: count - threshold + 2)
      for client in stream.sampleWithoutReplacement(leaving, outOf: count) {
        silentFrom[ClientID(UInt32(client))] =
          ProtocolStep.allCases[
            stream.uniformInteger(below: ProtocolStep.allCases.count)]
      }
      try expect(
        vectors, threshold: threshold, adversary: adversary, silentFrom: silentFrom,
        seed: 1000 + UInt64(index))
    }
  }

  @Test func theSystemsEntropyServesAsWell() throws {
    let vectors = try vectors(5, dimension: 10, bits: 32, seed: 43)
    for adversary in Adversary.allCases {
      let sum = try SecureSum(
        of: vectors, threshold: 4, against: adversary, silentFrom: [2: .masking])
      #expect(sum.survivors == [0, 1, 3, 4])
      #expect(sum.total.elements == plainSum(vectors, of: sum.survivors))
    }
  }

  @Test func vectorsOfDifferentShapesAreRefused() throws {
    let ring = try Ring(bits: 8)
    let vectors: [ClientID: RingVector] = [
      1: RingVector(dimension: 2, in: ring), 2: RingVector(dimension: 3, in: ring),
    ]
    #expect(
      throws: SecureAggregationError.wrongShape(
        2, dimension: 3, bits: 8, expectedDimension: 2, expectedBits: 8)
    ) { try SecureSum(of: vectors, threshold: 2) }
    #expect(throws: SecureAggregationError.tooFewClients(given: 0)) {
      try SecureSum(of: [:], threshold: 2)
    }
  }

  /// n = 5, one silent before its vector: 4 + 16 bytes of names a message, 32 a key or commitment,
  /// 96 two sealed shares, 40 a share, 64 a signature, 25 the vector.
  @Test func bytesAreCounted() throws {
    let vectors = try vectors(5, dimension: 10, bits: 20, seed: 44)
    let silent: [ClientID: ProtocolStep] = [4: .masking]
    let honest = try SecureSum(of: vectors, threshold: 3, silentFrom: silent)
    #expect(honest.terms.plainUploadByteCount == 25)
    let keys = 16 + 4 + 3 * 32
    let shares = 16 + 4 + 4 * (4 + 96)
    let revealed = 16 + 4 + 5 * (4 + 40)
    let roster = 16 + 5 * (4 + 3 * 32)
    let request = 16 + 5 * 4
    #expect(
      honest.traffic[0]
        == Traffic(up: keys + shares + 45 + revealed, down: roster + shares + request))
    #expect(honest.traffic[4] == Traffic(up: keys + shares, down: roster))
    let active = try SecureSum(of: vectors, threshold: 3, against: .active, silentFrom: silent)
    #expect(
      active.traffic[0]
        == Traffic(
          up: keys + 64 + shares + 45 + (16 + 4 + 64) + revealed,
          down: roster + 5 * 64 + shares + request + 16 + 4 * (4 + 64)))
    #expect(Set(active.durations.keys) == Set(ProtocolStep.allCases))
  }
}
