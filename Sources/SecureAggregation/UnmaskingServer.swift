internal import Crypto

/// A server that waits for the shares of the masks that are left in its sum.
public struct UnmaskingServer: ~Copyable {
  private let terms: SecureSumTerms
  private let roster: Roster
  private var total: RingVector
  private let request: UnmaskingRequest
  /// For every client that endorsed the request.
  public let endorsements: Endorsements
  private var attendance: Attendance
  private var answers: [ClientID: RevealedShares] = [:]

  init(
    terms: SecureSumTerms, roster: Roster, total: RingVector, request: UnmaskingRequest,
    endorsers: [ClientID], endorsements: Endorsements
  ) {
    self.terms = terms
    self.roster = roster
    self.total = total
    self.request = request
    self.endorsements = endorsements
    attendance = Attendance(endorsers, at: .revealing, in: terms.session)
  }

  public mutating func receive(_ shares: RevealedShares) throws(SecureAggregationError) {
    try attendance.check(shares.sender, session: shares.session)
    guard
      Set(shares.selfMaskSeeds.keys) == request.survivors,
      Set(shares.maskingKeys.keys) == request.silent
    else { throw .incompleteMessage(shares.sender, .revealing) }
    answers[shares.sender] = shares
    attendance.note(shares.sender)
  }

  /// The sum of the survivors' vectors, modulo `2^bits`.
  public consuming func sum() throws(SecureAggregationError) -> RingVector {
    let holders = try attendance.close(threshold: terms.threshold).prefix(terms.threshold)
    let answers = holders.map { self.answers[$0]! }
    let reconstruction = SecretReconstruction(holders: Array(holders))
    for advertisement in roster.advertisements {
      let client = advertisement.sender
      if request.survivors.contains(client) {
        let seed = reconstruction.secret(of: answers.map { $0.selfMaskSeeds[client]! })
        try removeSelfMask(of: advertisement, seed: seed)
      } else if request.silent.contains(client) {
        let key = reconstruction.secret(of: answers.map { $0.maskingKeys[client]! })
        try removePairMasks(of: advertisement, key: key)
      }
    }
    return total
  }

  private mutating func removeSelfMask(
    of advertisement: KeyAdvertisement, seed: [UInt8]?
  ) throws(SecureAggregationError) {
    let client = advertisement.sender
    let session = terms.session
    guard
      let seed,
      KeyPurpose.selfMaskCommitment(client).key(from: seed, session: session).bytes
        == advertisement.selfMaskCommitment
    else { throw .wrongReconstruction(client) }
    total.add(
      Mask(key: KeyPurpose.selfMask(client).key(from: seed, session: session)), negated: true)
  }

  /// Removes what the survivors added for a client whose vector, with the opposite masks, never came.
  private mutating func removePairMasks(
    of advertisement: KeyAdvertisement, key: [UInt8]?
  ) throws(SecureAggregationError) {
    let client = advertisement.sender
    guard
      let key, let privateKey = try? Curve25519.KeyAgreement.PrivateKey(rawRepresentation: key),
      [UInt8](privateKey.publicKey.rawRepresentation) == advertisement.maskingKey
    else { throw .wrongReconstruction(client) }
    for peer in roster.advertisements where request.survivors.contains(peer.sender) {
      let agreed = try privateKey.agree(with: peer.maskingKey, of: peer.sender)
      let mask = Mask(
        key: KeyPurpose.pairMask(client, peer.sender).key(from: agreed, session: terms.session))
      total.add(mask, negated: client > peer.sender)
    }
  }
}
