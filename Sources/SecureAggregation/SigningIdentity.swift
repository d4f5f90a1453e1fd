internal import Crypto

/// A client's long-lived signing key (Ed25519), whose public half everybody knows beforehand.
public struct SigningIdentity: Sendable {
  private let key: Curve25519.Signing.PrivateKey

  public init(of client: ClientID, entropy: Entropy = .system) {
    var source = entropy.identity(of: client).makeSource()
    do {
      key = try Curve25519.Signing.PrivateKey(rawRepresentation: source.bytes(32))
    } catch {
      preconditionFailure("any 32 bytes are an Ed25519 seed: \(error)")
    }
  }

  public var verificationKey: VerificationKey {
    VerificationKey(bytes: [UInt8](key.publicKey.rawRepresentation))
  }

  static let signatureByteCount = 64

  func sign(_ statement: [UInt8]) -> [UInt8] {
    do {
      return [UInt8](try key.signature(for: statement))
    } catch {
      preconditionFailure("Ed25519 signs anything: \(error)")
    }
  }
}

/// The public half of a ``SigningIdentity``.
public struct VerificationKey: Hashable, Sendable {
  let bytes: [UInt8]

  func accepts(_ signature: [UInt8]?, of statement: [UInt8]) -> Bool {
    guard
      let signature, let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)
    else { return false }
    return key.isValidSignature(signature, for: statement)
  }
}
