/// What all parties of a secure sum know beforehand and agree on. All of it is public.
public struct SecureSumTerms: Sendable {
  public let session: SessionID
  /// Who is invited, ascending.
  public let clients: [ClientID]
  /// How many clients must stay to the end; also how many would have to pool what they know to bare
  /// another one's secrets.
  public let threshold: Int
  public let dimension: Int
  public let ring: Ring
  /// Of every client, against an active server; nil against an honest-but-curious one.
  public let verificationKeys: [ClientID: VerificationKey]?

  /// - Parameters:
  ///   - clients: At least 2, distinct.
  ///   - threshold: In 2 ... n; with verification keys above n / 2, so that no two lists of survivors
  ///     can find enough signatures even if all clients are honest.
  ///   - dimension: At least 1.
  ///   - verificationKeys: Given, the server need not be trusted to follow the protocol.
  public init(
    session: SessionID, clients: [ClientID], threshold: Int, dimension: Int, ring: Ring,
    verificationKeys: [ClientID: VerificationKey]? = nil
  ) throws(SecureAggregationError) {
    let sorted = clients.sorted()
    guard sorted.count >= 2 else { throw .tooFewClients(given: sorted.count) }
    for (client, next) in zip(sorted, sorted.dropFirst()) where client == next {
      throw .clientInvitedTwice(client)
    }
    let smallest = verificationKeys == nil ? 2 : max(2, sorted.count / 2 + 1)
    guard (smallest...sorted.count).contains(threshold) else {
      throw .thresholdOutOfRange(
        given: threshold, smallest: smallest, clientCount: sorted.count,
        adversary: verificationKeys == nil ? .honestButCurious : .active)
    }
    guard dimension >= 1 else { throw .dimensionOutOfRange(given: dimension) }
    if let verificationKeys, let client = sorted.first(where: { verificationKeys[$0] == nil }) {
      throw .noVerificationKey(client)
    }
    self.session = session
    self.clients = sorted
    self.threshold = threshold
    self.dimension = dimension
    self.ring = ring
    self.verificationKeys = verificationKeys
  }

  public var adversary: Adversary { verificationKeys == nil ? .honestButCurious : .active }

  /// How many clients may tell the server all they know, and still nobody learns more of the others
  /// than the sum of their vectors (Bonawitz et al. 2017, section 6).
  ///
  /// `threshold - 1` if the server is honest but curious: one share too few. `2 threshold - n - 1` if it
  /// is active: `threshold` signatures on each of two lists of survivors, of which a helper can give
  /// both and any other client one, would take `2 threshold - n` helpers.
  public var largestCollusion: Int {
    switch adversary {
    case .honestButCurious: threshold - 1
    case .active: 2 * threshold - clients.count - 1
    }
  }

  func check(
    shapeOf vector: RingVector, from client: ClientID
  ) throws(SecureAggregationError) {
    guard vector.ring == ring, vector.dimension == dimension else {
      throw .wrongShape(
        client, dimension: vector.dimension, bits: vector.ring.bits, expectedDimension: dimension,
        expectedBits: ring.bits)
    }
  }

  /// What a client would send without masks.
  public var plainUploadByteCount: Int { RingVector(dimension: dimension, in: ring).byteCount }
}
