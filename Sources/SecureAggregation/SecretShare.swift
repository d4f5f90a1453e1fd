/// One client's share of a secret of 32 bytes: a point on each of the five polynomials that share its
/// pieces of 52 bits. It says nothing about the secret by itself.
public struct SecretShare: Hashable, Sendable {
  typealias Element = MersenneElement<61>

  var pieces: [Element]

  static let secretByteCount = 32
  static let byteCount = 8 * pieceCount
  private static let pieceCount = 5
  private static let pieceBits = 52

  fileprivate init(pieces: [Element]) { self.pieces = pieces }

  /// Nil unless the bytes are five elements of the field.
  init?(bytes: some Collection<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    var pieces: [Element] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let piece = Element(exactly: UInt64(littleEndianBytes: rest.prefix(8))) else {
        return nil
      }
      pieces.append(piece)
      rest = rest.dropFirst(8)
    }
    self.pieces = pieces
  }

  var bytes: [UInt8] { pieces.flatMap { $0.value.littleEndianBytes } }

  /// The shares of a secret, one for each holder in their order; any `threshold` of them restore it.
  static func split(
    _ secret: [UInt8], threshold: Int, among holders: [ClientID], entropy: inout EntropySource
  ) -> [SecretShare] {
    var polynomials: [SharingPolynomial<61>] = []
    for piece in pieces(of: secret) {
      polynomials.append(
        SharingPolynomial(secret: piece, threshold: threshold, entropy: &entropy))
    }
    return holders.map { holder in
      SecretShare(pieces: polynomials.map { $0.value(at: holder.sharingPoint) })
    }
  }

  private static func pieces(of secret: [UInt8]) -> [Element] {
    precondition(secret.count == secretByteCount, "secrets have 32 bytes")
    let bits = secret.flatMap { byte in (0..<8).map { UInt64(byte >> $0 & 1) } }
    return stride(from: 0, to: bits.count, by: pieceBits).map { start in
      let piece = bits[start..<min(start + pieceBits, bits.count)]
      return Element(exactly: piece.reversed().reduce(0) { $0 << 1 | $1 })!
    }
  }

  fileprivate static func secret(of pieces: [Element]) -> [UInt8]? {
    let bits = pieces.flatMap { piece in (0..<pieceBits).map { UInt8(piece.value >> $0 & 1) } }
    guard
      pieces.allSatisfy({ $0.value >> pieceBits == 0 }),
      bits[(8 * secretByteCount)...].allSatisfy({ $0 == 0 })
    else { return nil }
    return (0..<secretByteCount).map { index in
      bits[(8 * index)..<(8 * index + 8)].reversed().reduce(0) { $0 << 1 | $1 }
    }
  }
}

/// Restores the secrets of which the same clients hold shares.
struct SecretReconstruction {
  private let weights: ReconstructionWeights<61>

  /// - Parameter holders: As many as the threshold, distinct.
  init(holders: [ClientID]) {
    weights = ReconstructionWeights(points: holders.map(\.sharingPoint))
  }

  /// The secret of the holders' shares, in their order; nil if no 32 bytes have such shares.
  func secret(of shares: [SecretShare]) -> [UInt8]? {
    let first = shares[0].pieces.indices
    return SecretShare.secret(
      of: first.map { piece in
        weights.secret(of: shares.map { $0.pieces[piece] })
      })
  }
}

extension ClientID {
  /// Never 0, where the secret is.
  fileprivate var sharingPoint: SecretShare.Element { .init(exactly: UInt64(number) + 1)! }
}
