internal import Crypto

/// What a derived key is for. Every key serves one purpose, in one session, once.
enum KeyPurpose {
  /// Encrypts the shares that one client sends to another.
  case shares(from: ClientID, to: ClientID)
  /// The mask that a pair shares; whoever is named first.
  case pairMask(ClientID, ClientID)
  case selfMask(ClientID)
  case selfMaskCommitment(ClientID)

  private var info: [UInt8] {
    let (label, clients): (String, [ClientID]) =
      switch self {
      case .shares(let sender, let recipient): ("shares", [sender, recipient])
      case .pairMask(let one, let other): ("pair mask", [min(one, other), max(one, other)])
      case .selfMask(let client): ("self mask", [client])
      case .selfMaskCommitment(let client): ("self mask commitment", [client])
      }
    return [UInt8]("tradeoff secure sum, \(label)".utf8) + clients.flatMap(\.bytes)
  }

  /// 256 bits by HKDF-SHA256 (RFC 5869): the session is the salt, the purpose the info.
  func key(from secret: SharedSecret, session: SessionID) -> SymmetricKey {
    secret.hkdfDerivedSymmetricKey(
      using: SHA256.self, salt: session.bytes, sharedInfo: info, outputByteCount: 32)
  }

  func key(from seed: [UInt8], session: SessionID) -> SymmetricKey {
    HKDF<SHA256>.deriveKey(
      inputKeyMaterial: SymmetricKey(data: seed), salt: session.bytes, info: info,
      outputByteCount: 32)
  }
}

extension SymmetricKey {
  var bytes: [UInt8] { withUnsafeBytes { [UInt8]($0) } }
}

extension Curve25519.KeyAgreement.PrivateKey {
  /// X25519 (RFC 7748) with the client's published key; a key of low order, with which everybody would
  /// agree on zero, is refused.
  func agree(with publicKey: [UInt8], of client: ClientID) throws(SecureAggregationError)
    -> SharedSecret
  {
    let secret: SharedSecret
    do {
      secret = try sharedSecretFromKeyAgreement(with: .init(rawRepresentation: publicKey))
    } catch {
      throw .unusableKey(client)
    }
    guard secret.withUnsafeBytes({ $0.reduce(0, |) }) != 0 else { throw .unusableKey(client) }
    return secret
  }
}
