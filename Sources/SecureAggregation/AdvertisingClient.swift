internal import Crypto

/// A client that has made its keys. Each step of a client consumes the state before it, so that no step
/// can be taken twice: above all, no second set of shares can be revealed. A step that throws ends the
/// client's part, and the server sees it fall silent.
public struct AdvertisingClient: ~Copyable {
  public let advertisement: KeyAdvertisement
  let member: Member
  let sharingKey: Curve25519.KeyAgreement.PrivateKey
  let maskingKey: Curve25519.KeyAgreement.PrivateKey
  let selfMaskSeed: [UInt8]
  var entropy: EntropySource

  /// - Parameters:
  ///   - id: An invited client.
  ///   - identity: Its signing key, where the terms hold verification keys.
  public init(
    _ id: ClientID, terms: SecureSumTerms, identity: SigningIdentity? = nil,
    entropy: Entropy = .system
  ) {
    precondition(terms.clients.contains(id), "\(id) is not invited")
    precondition(
      terms.verificationKeys == nil || identity?.verificationKey == terms.verificationKeys?[id],
      "\(id) signs with the key that the others know")
    member = Member(id: id, terms: terms, identity: identity)
    var source = entropy.client(id).makeSource()
    sharingKey = Self.privateKey(&source)
    maskingKey = Self.privateKey(&source)
    selfMaskSeed = source.bytes(SecretShare.secretByteCount)
    self.entropy = source

    var advertisement = KeyAdvertisement(
      session: terms.session, sender: id,
      sharingKey: [UInt8](sharingKey.publicKey.rawRepresentation),
      maskingKey: [UInt8](maskingKey.publicKey.rawRepresentation),
      selfMaskCommitment: KeyPurpose.selfMaskCommitment(id)
        .key(from: selfMaskSeed, session: terms.session).bytes)
    advertisement.signature = identity?.sign(advertisement.statement)
    self.advertisement = advertisement
  }

  private static func privateKey(
    _ source: inout EntropySource
  ) -> Curve25519.KeyAgreement.PrivateKey {
    do {
      return try .init(rawRepresentation: source.bytes(SecretShare.secretByteCount))
    } catch {
      preconditionFailure("any 32 bytes are an X25519 key: \(error)")
    }
  }

  /// Shares both secrets among all clients of the roster, after checking it.
  public consuming func share(with roster: Roster) throws(SecureAggregationError) -> SharingClient {
    let id = member.id
    let terms = member.terms
    var register = KeyRegister(terms)
    for advertisement in roster.advertisements { try register.enter(advertisement) }
    let advertisements = try register.close()
    guard advertisements[id] == advertisement else { throw .ownKeysReplaced(id) }

    let holders = advertisements.keys.sorted()
    let selfMaskShares = SecretShare.split(
      selfMaskSeed, threshold: terms.threshold, among: holders, entropy: &entropy)
    let maskingKeyShares = SecretShare.split(
      [UInt8](maskingKey.rawRepresentation), threshold: terms.threshold, among: holders,
      entropy: &entropy)

    var own: SharePair?
    var peers: [ClientID: SharingClient.Peer] = [:]
    var ciphertexts: [ClientID: [UInt8]] = [:]
    for (index, holder) in holders.enumerated() {
      let pair = SharePair(
        selfMaskSeed: selfMaskShares[index], maskingKey: maskingKeyShares[index])
      guard holder != id else {
        own = pair
        continue
      }
      let keys = advertisements[holder]!
      let agreed = try sharingKey.agree(with: keys.sharingKey, of: holder)
      ciphertexts[holder] = pair.sealed(
        with: KeyPurpose.shares(from: id, to: holder).key(from: agreed, session: terms.session))
      peers[holder] = SharingClient.Peer(maskingKey: keys.maskingKey, agreed: agreed)
    }
    return SharingClient(
      shares: SealedShares(session: terms.session, sender: id, ciphertexts: ciphertexts),
      member: member, maskingKey: maskingKey, selfMaskSeed: selfMaskSeed, own: own!, peers: peers)
  }
}

/// Who a client is, in every state.
struct Member {
  let id: ClientID
  let terms: SecureSumTerms
  let identity: SigningIdentity?
}
