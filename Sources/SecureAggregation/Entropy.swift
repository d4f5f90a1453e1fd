internal import Crypto
public import Randomness

/// Where keys, seeds and polynomials come from.
public enum Entropy: Sendable {
  /// The operating system's generator, through swift-crypto.
  case system
  /// ChaCha20 from a key that the simulation knows, so that it can be repeated. Nothing is secret from
  /// whoever knows the key: for tests and simulations alone.
  case simulated(StreamKey)

  /// The part of one client.
  func client(_ id: ClientID) -> Entropy { branch(.client, UInt64(id.number)) }

  /// The part of the client's signing key: beyond the numbers that clients have.
  func identity(of id: ClientID) -> Entropy { branch(.client, 1 << 32 | UInt64(id.number)) }

  /// The part of the session's name.
  var session: Entropy { branch(.round, 0) }

  private func branch(_ label: StreamLabel, _ index: UInt64) -> Entropy {
    switch self {
    case .system: .system
    case .simulated(let key): .simulated(key.child(label, index))
    }
  }

  func makeSource() -> EntropySource { EntropySource(self) }
}

/// Secret bytes, each drawn once.
struct EntropySource: ~Copyable {
  /// Nil for the system's entropy.
  private var stream: RandomStream?

  fileprivate init(_ entropy: Entropy) {
    switch entropy {
    case .system: stream = nil
    case .simulated(let key): stream = RandomStream(key)
    }
  }

  mutating func bytes(_ count: Int) -> [UInt8] {
    guard stream != nil else {
      return SymmetricKey(size: SymmetricKeySize(bitCount: 8 * count)).withUnsafeBytes {
        [UInt8]($0)
      }
    }
    return (0..<count).map { _ in UInt8(stream!.uniformInteger(below: 256)) }
  }

  /// Uniform on the field, by rejection of the one word too many.
  mutating func element<let exponent: Int>() -> MersenneElement<exponent> {
    while true {
      let word = UInt64(littleEndianBytes: bytes(8)) & MersenneElement<exponent>.modulus
      if let element = MersenneElement<exponent>(exactly: word) { return element }
    }
  }
}
