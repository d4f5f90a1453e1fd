import Crypto
import Testing

@testable import SecureAggregation

/// What clients derive, encrypt and send, against another implementation.
@Suite struct SharingClientTests {
  private struct Masking: Decodable {
    struct Masked: Decodable {
      let bits: Int
      let client: UInt32
      let elements: [UInt64]
    }

    struct Sealed: Decodable {
      let plaintext: String
      let ciphertext: String
    }

    let session: String
    let clients: [UInt32]
    let sharingKeys: [String]
    let maskingKeys: [String]
    let selfMaskSeeds: [String]
    let commitments: [String]
    let dimension: Int
    let shown: [Int]
    let maskedVectors: [Masked]
    let sealed: Sealed
  }

  private let given: Masking
  private let session: SessionID
  private let clients: [ClientID]
  private let sharingKeys: [Curve25519.KeyAgreement.PrivateKey]
  private let maskingKeys: [Curve25519.KeyAgreement.PrivateKey]

  init() throws {
    given = try reference("masking.json", as: Masking.self)
    session = SessionID(bytes: bytes(given.session))
    clients = given.clients.map { ClientID($0) }
    sharingKeys = try given.sharingKeys.map { try .init(rawRepresentation: bytes($0)) }
    maskingKeys = try given.maskingKeys.map { try .init(rawRepresentation: bytes($0)) }
  }

  @Test func commitmentsAgree() {
    for (index, client) in clients.enumerated() {
      let key = KeyPurpose.selfMaskCommitment(client).key(
        from: bytes(given.selfMaskSeeds[index]), session: session)
      #expect(key.bytes == bytes(given.commitments[index]))
    }
  }

  @Test func sealedSharesAgree() throws {
    let agreed = try sharingKeys[1].agree(
      with: [UInt8](sharingKeys[0].publicKey.rawRepresentation), of: clients[0])
    let key = KeyPurpose.shares(from: clients[0], to: clients[1]).key(
      from: agreed, session: session)
    #expect(
      SharePair.opened(bytes(given.sealed.ciphertext), with: key) == bytes(given.sealed.plaintext))
    let back = KeyPurpose.shares(from: clients[1], to: clients[0]).key(
      from: agreed, session: session)
    #expect(SharePair.opened(bytes(given.sealed.ciphertext), with: back) == nil)
    #expect(SharePair.opened([], with: key) == nil)
  }

  /// Whole clients, with the given keys, mask the vector of elements `2654435761 i mod 2^bits`.
  @Test func maskedVectorsAgree() throws {
    #expect(given.maskedVectors.count == 15)
    for expected in given.maskedVectors {
      let ring = try Ring(bits: expected.bits)
      let terms = try SecureSumTerms(
        session: session, clients: clients, threshold: 2, dimension: given.dimension, ring: ring)
      let id = ClientID(expected.client)
      let index = try #require(clients.firstIndex(of: id))
      let share = try #require(SecretShare(bytes: [UInt8](repeating: 1, count: 40)))
      let pair = SharePair(selfMaskSeed: share, maskingKey: share)
      var peers: [ClientID: SharingClient.Peer] = [:]
      var delivery = ShareDelivery(session: session, recipient: id, ciphertexts: [:])
      for (peerIndex, peer) in clients.enumerated() where peer != id {
        let agreed = try sharingKeys[index].agree(
          with: [UInt8](sharingKeys[peerIndex].publicKey.rawRepresentation), of: peer)
        peers[peer] = SharingClient.Peer(
          maskingKey: [UInt8](maskingKeys[peerIndex].publicKey.rawRepresentation), agreed: agreed)
        delivery.ciphertexts[peer] = pair.sealed(
          with: KeyPurpose.shares(from: peer, to: id).key(from: agreed, session: session))
      }
      let client = SharingClient(
        shares: SealedShares(session: session, sender: id, ciphertexts: [:]),
        member: Member(id: id, terms: terms, identity: nil), maskingKey: maskingKeys[index],
        selfMaskSeed: bytes(given.selfMaskSeeds[index]), own: pair, peers: peers)
      let vector = try RingVector(
        (0..<UInt64(given.dimension)).map { $0 * 2_654_435_761 & ring.largest }, in: ring)
      let masked = try client.mask(vector, delivery: delivery).maskedVector.vector
      #expect(given.shown.map { masked.elements[$0] } == expected.elements)
    }
  }

  @Test func alteredSharesAreRefused() throws {
    let rehearsal = try Rehearsal()
    for position in [0, 79, 95] {
      let stage = try rehearsal.share()
      var delivery = rehearsal.delivery(to: 0, stage)
      delivery.ciphertexts[2]![position] ^= 1
      #expect(throws: SecureAggregationError.undecipherableShares(from: 2, to: 0)) {
        _ = try stage.clients[0]!.take().mask(rehearsal.vectors[0]!, delivery: delivery)
      }
    }
  }

  @Test func sharesOfSomebodyElseAndOfAnotherSessionAreRefused() throws {
    let rehearsal = try Rehearsal()
    let other = try Rehearsal(seed: 2)
    func refusal(
      _ alter: (inout ShareDelivery, Rehearsal.Stage<SealedShares, SharingClient>) throws -> Void
    ) throws -> SecureAggregationError? {
      let stage = try rehearsal.share()
      var delivery = rehearsal.delivery(to: 0, stage)
      try alter(&delivery, stage)
      do {
        _ = try stage.clients[0]!.take().mask(rehearsal.vectors[0]!, delivery: delivery)
        return nil
      } catch {
        return error
      }
    }
    #expect(try refusal { _, _ in } == nil)
    // Replayed from another session, under its name and under this one's.
    let replayed = other.delivery(to: 0, try other.share())
    #expect(try refusal { delivery, _ in delivery = replayed } == .wrongSession(0, .sharing))
    #expect(
      try refusal { delivery, _ in delivery.ciphertexts[1] = replayed.ciphertexts[1] }
        == .undecipherableShares(from: 1, to: 0))
    // Meant for client 3, and told to come from it.
    #expect(
      try refusal { delivery, stage in
        delivery.ciphertexts[1] = stage.messages[1].ciphertexts[3]
      } == .undecipherableShares(from: 1, to: 0))
    #expect(
      try refusal { delivery, _ in delivery.ciphertexts[3] = delivery.ciphertexts[1] }
        == .undecipherableShares(from: 3, to: 0))
    // The client's own, sent back to it.
    #expect(
      try refusal { delivery, stage in
        delivery.ciphertexts[1] = stage.messages[0].ciphertexts[1]
      } == .undecipherableShares(from: 1, to: 0))
    #expect(
      try refusal { delivery, _ in delivery.recipient = 1 } == .misdeliveredShares(from: 1, to: 0))
    #expect(
      try refusal { delivery, _ in delivery.ciphertexts[9] = delivery.ciphertexts[1] }
        == .misdeliveredShares(from: 9, to: 0))
    #expect(
      try refusal { delivery, _ in
        delivery.ciphertexts[1] = nil
        delivery.ciphertexts[2] = nil
      } == .tooFewSurvivors(.sharing, survived: 2, needed: 3))
  }

  @Test func whatIsNoShareIsRefused() throws {
    let rehearsal = try Rehearsal()
    let keys = rehearsal.advertise()
    let liar = try keys.clients[1]!.take().share(with: rehearsal.roster(keys))
    let stage = try rehearsal.share()
    let agreed = try #require(liar.peers[0]).agreed
    let key = KeyPurpose.shares(from: 1, to: 0).key(from: agreed, session: rehearsal.terms.session)
    let nonsense = try AES.GCM.seal(
      [UInt8](repeating: 255, count: 80), using: key,
      nonce: AES.GCM.Nonce(data: [UInt8](repeating: 0, count: 12)))
    var delivery = rehearsal.delivery(to: 0, stage)
    delivery.ciphertexts[1] = [UInt8](nonsense.ciphertext) + [UInt8](nonsense.tag)
    #expect(throws: SecureAggregationError.malformedShares(from: 1, to: 0)) {
      _ = try stage.clients[0]!.take().mask(rehearsal.vectors[0]!, delivery: delivery)
    }
  }

  @Test func vectorsOfAnotherShapeAreRefused() throws {
    let rehearsal = try Rehearsal()
    for (dimension, bits) in [(2, 20), (3, 21)] {
      let stage = try rehearsal.share()
      #expect(
        throws: SecureAggregationError.wrongShape(
          0, dimension: dimension, bits: bits, expectedDimension: 3, expectedBits: 20)
      ) {
        _ = try stage.clients[0]!.take().mask(
          RingVector(dimension: dimension, in: try Ring(bits: bits)),
          delivery: rehearsal.delivery(to: 0, stage))
      }
    }
  }
}
