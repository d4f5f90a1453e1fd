internal import Crypto
internal import Foundation

/// What one client keeps for another: a share of the seed of its self mask, and a share of the key
/// behind its pair masks. Either may be revealed, never both.
struct SharePair: Hashable {
  let selfMaskSeed: SecretShare
  let maskingKey: SecretShare

  init(selfMaskSeed: SecretShare, maskingKey: SecretShare) {
    self.selfMaskSeed = selfMaskSeed
    self.maskingKey = maskingKey
  }

  /// Nil unless the bytes are two shares.
  init?(bytes: [UInt8]) {
    guard
      let selfMaskSeed = SecretShare(bytes: bytes.prefix(SecretShare.byteCount)),
      let maskingKey = SecretShare(bytes: bytes.dropFirst(SecretShare.byteCount))
    else { return nil }
    self.init(selfMaskSeed: selfMaskSeed, maskingKey: maskingKey)
  }

  /// Encrypts by AES-256-GCM. The key encrypts nothing else, so the nonce is always 0.
  func sealed(with key: SymmetricKey) -> [UInt8] {
    do {
      let box = try AES.GCM.seal(
        selfMaskSeed.bytes + maskingKey.bytes, using: key, nonce: Self.nonce())
      return [UInt8](box.ciphertext) + [UInt8](box.tag)
    } catch {
      preconditionFailure("the key has 256 bits and the nonce 96: \(error)")
    }
  }

  /// The decrypted bytes; nil if they were not encrypted with this key.
  static func opened(_ ciphertext: [UInt8], with key: SymmetricKey) -> [UInt8]? {
    guard
      let box = try? AES.GCM.SealedBox(
        nonce: nonce(), ciphertext: ciphertext.dropLast(tagByteCount),
        tag: ciphertext.suffix(tagByteCount)),
      let bytes = try? AES.GCM.open(box, using: key)
    else { return nil }
    return [UInt8](bytes)
  }

  private static let tagByteCount = 16

  private static func nonce() throws -> AES.GCM.Nonce {
    try AES.GCM.Nonce(data: [UInt8](repeating: 0, count: 12))
  }
}
