// The messages in their order. A byte count is that of the fields, without framing: 4 bytes a client
// number, 32 a key, 40 a share, vectors packed.

/// From a client: its public keys of this session.
public struct KeyAdvertisement: Hashable, Sendable {
  public var session: SessionID
  public var sender: ClientID
  /// With it others encrypt the shares for this client.
  public var sharingKey: [UInt8]
  /// From it each pair of clients agrees on its mask.
  public var maskingKey: [UInt8]
  /// Holds the client to its self mask, so that a wrong share of it is noticed.
  public var selfMaskCommitment: [UInt8]
  /// On all of the above; nil against an honest-but-curious server.
  public var signature: [UInt8]?

  public var byteCount: Int {
    SessionID.byteCount + ClientID.byteCount + sharingKey.count + maskingKey.count
      + selfMaskCommitment.count + (signature?.count ?? 0)
  }

  static let keyByteCount = 32

  var statement: [UInt8] {
    [UInt8]("tradeoff secure sum, keys".utf8) + session.bytes + sender.bytes + sharingKey
      + maskingKey + selfMaskCommitment
  }
}

/// To every client: the keys of all.
public struct Roster: Hashable, Sendable {
  public var session: SessionID
  /// Ascending by sender.
  public var advertisements: [KeyAdvertisement]

  public var byteCount: Int {
    SessionID.byteCount
      + advertisements.reduce(0) { $0 + $1.byteCount - SessionID.byteCount }
  }
}

/// From a client: shares of the secrets behind its masks, encrypted for one other client each.
public struct SealedShares: Hashable, Sendable {
  public var session: SessionID
  public var sender: ClientID
  /// By recipient.
  public var ciphertexts: [ClientID: [UInt8]]

  public var byteCount: Int {
    SessionID.byteCount + ClientID.byteCount + ciphertexts.byteCount
  }
}

/// To one client: the shares that the others sent it.
public struct ShareDelivery: Hashable, Sendable {
  public var session: SessionID
  public var recipient: ClientID
  /// By sender.
  public var ciphertexts: [ClientID: [UInt8]]

  public var byteCount: Int {
    SessionID.byteCount + ClientID.byteCount + ciphertexts.byteCount
  }
}

/// From a client: its vector under all its masks, which is uniform to whoever lacks one of them.
public struct MaskedVector: Hashable, Sendable {
  public var session: SessionID
  public var sender: ClientID
  public var vector: RingVector

  public var byteCount: Int { SessionID.byteCount + ClientID.byteCount + vector.byteCount }
}

/// To every survivor: which masks are left in the sum.
public struct UnmaskingRequest: Hashable, Sendable {
  public var session: SessionID
  /// Clients whose masked vectors are in the sum: their self masks are asked for.
  public var survivors: Set<ClientID>
  /// Clients that shared secrets and sent no vector: their masking keys are asked for.
  public var silent: Set<ClientID>

  public var byteCount: Int {
    SessionID.byteCount + ClientID.byteCount * (survivors.count + silent.count)
  }

  var statement: [UInt8] {
    [UInt8]("tradeoff secure sum, survivors".utf8) + session.bytes
      + UInt32(survivors.count).bigEndianBytes
      + (survivors.sorted() + silent.sorted()).flatMap(\.bytes)
  }
}

/// From a survivor: its signature on the request.
public struct Endorsement: Hashable, Sendable {
  public var session: SessionID
  public var sender: ClientID
  /// Nil against an honest-but-curious server, where nothing is sent.
  public var signature: [UInt8]?

  public var byteCount: Int {
    signature.map { SessionID.byteCount + ClientID.byteCount + $0.count } ?? 0
  }
}

/// To every client that endorsed the request: all signatures on it.
public struct Endorsements: Hashable, Sendable {
  public var session: SessionID
  /// Empty against an honest-but-curious server, where nothing is sent.
  public var signatures: [ClientID: [UInt8]]

  public var byteCount: Int {
    signatures.isEmpty ? 0 : SessionID.byteCount + signatures.byteCount
  }
}

/// From a survivor: its shares of what the request asks for.
public struct RevealedShares: Hashable, Sendable {
  public var session: SessionID
  public var sender: ClientID
  /// Of the survivors.
  public var selfMaskSeeds: [ClientID: SecretShare]
  /// Of the clients that fell silent.
  public var maskingKeys: [ClientID: SecretShare]

  public var byteCount: Int {
    SessionID.byteCount + ClientID.byteCount
      + (ClientID.byteCount + SecretShare.byteCount) * (selfMaskSeeds.count + maskingKeys.count)
  }
}

extension [ClientID: [UInt8]] {
  fileprivate var byteCount: Int { values.reduce(0) { $0 + ClientID.byteCount + $1.count } }
}
