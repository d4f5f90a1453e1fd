internal import Crypto

/// A client that has shared its secrets.
public struct SharingClient: ~Copyable {
  /// What it knows of another client.
  struct Peer {
    let maskingKey: [UInt8]
    /// From the sharing keys.
    let agreed: SharedSecret
  }

  public let shares: SealedShares
  let member: Member
  let maskingKey: Curve25519.KeyAgreement.PrivateKey
  let selfMaskSeed: [UInt8]
  let own: SharePair
  let peers: [ClientID: Peer]

  /// Masks the client's vector x:
  ///
  ///     y = x + PRG(self) + sum over v > u of PRG(pair u, v) - sum over v < u of PRG(pair u, v)
  ///
  /// for itself u and all v whose shares have arrived, modulo `2^bits`. In the sum over clients the
  /// pair masks cancel. Shares are decrypted first: a client that finds one altered sends no vector.
  public consuming func mask(
    _ input: RingVector, delivery: ShareDelivery
  ) throws(SecureAggregationError) -> MaskingClient {
    let id = member.id
    let terms = member.terms
    try terms.check(shapeOf: input, from: id)
    var held = try open(delivery)
    guard held.count + 1 >= terms.threshold else {
      throw .tooFewSurvivors(.sharing, survived: held.count + 1, needed: terms.threshold)
    }

    var vector = input
    vector.add(
      Mask(key: KeyPurpose.selfMask(id).key(from: selfMaskSeed, session: terms.session)))
    for peer in held.keys.sorted() {
      let agreed = try maskingKey.agree(with: peers[peer]!.maskingKey, of: peer)
      vector.add(
        Mask(key: KeyPurpose.pairMask(id, peer).key(from: agreed, session: terms.session)),
        negated: peer < id)
    }
    held[id] = own
    return MaskingClient(
      maskedVector: MaskedVector(session: terms.session, sender: id, vector: vector),
      member: member, held: held)
  }

  private func open(
    _ delivery: ShareDelivery
  ) throws(SecureAggregationError) -> [ClientID: SharePair] {
    let id = member.id
    let session = member.terms.session
    guard delivery.session == session else { throw .wrongSession(id, .sharing) }
    var held: [ClientID: SharePair] = [:]
    for (sender, ciphertext) in delivery.ciphertexts.sorted(by: { $0.key < $1.key }) {
      guard delivery.recipient == id, let peer = peers[sender] else {
        throw .misdeliveredShares(from: sender, to: id)
      }
      let key = KeyPurpose.shares(from: sender, to: id).key(from: peer.agreed, session: session)
      guard let bytes = SharePair.opened(ciphertext, with: key) else {
        throw .undecipherableShares(from: sender, to: id)
      }
      guard let pair = SharePair(bytes: bytes) else {
        throw .malformedShares(from: sender, to: id)
      }
      held[sender] = pair
    }
    return held
  }
}
