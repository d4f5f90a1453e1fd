import Testing

@testable import SecureAggregation

@Suite struct SecureSumTermsTests {
  private func terms(
    _ clients: [ClientID], threshold: Int, adversary: Adversary = .honestButCurious,
    dimension: Int = 1
  ) throws -> SecureSumTerms {
    let keys = Dictionary(
      clients.map { ($0, SigningIdentity(of: $0).verificationKey) }, uniquingKeysWith: { $1 })
    return try SecureSumTerms(
      session: SessionID(), clients: clients, threshold: threshold, dimension: dimension,
      ring: Ring(bits: 8), verificationKeys: adversary == .active ? keys : nil)
  }

  @Test(arguments: [(2, 2), (5, 2), (5, 5), (20, 14)])
  func anHonestServerNeedsTwo(count: Int, threshold: Int) throws {
    let clients = (0..<UInt32(count)).map { ClientID($0) }
    let agreed = try terms(clients, threshold: threshold)
    #expect(agreed.adversary == .honestButCurious)
    #expect(agreed.largestCollusion == threshold - 1)
    for wrong in [-1, 0, 1, count + 1] {
      #expect(
        throws: SecureAggregationError.thresholdOutOfRange(
          given: wrong, smallest: 2, clientCount: count, adversary: .honestButCurious)
      ) { try terms(clients, threshold: wrong) }
    }
  }

  /// Theorem 6.5: 2 t > n + the colluding clients; the paper's choice for a third of them is
  /// floor(2n/3) + 1.
  @Test(arguments: [(5, 3, 0), (5, 4, 2), (6, 4, 1), (20, 14, 7), (30, 21, 11)])
  func anActiveServerNeedsMoreThanHalf(count: Int, threshold: Int, collusion: Int) throws {
    let clients = (0..<UInt32(count)).map { ClientID($0) }
    let agreed = try terms(clients, threshold: threshold, adversary: .active)
    #expect(agreed.adversary == .active)
    #expect(agreed.largestCollusion == collusion)
    #expect(
      throws: SecureAggregationError.thresholdOutOfRange(
        given: count / 2, smallest: count / 2 + 1, clientCount: count, adversary: .active)
    ) { try terms(clients, threshold: count / 2, adversary: .active) }
  }

  @Test func whatNobodyCanAgreeOnIsRefused() throws {
    #expect(throws: SecureAggregationError.tooFewClients(given: 1)) {
      try terms([3], threshold: 1)
    }
    #expect(throws: SecureAggregationError.clientInvitedTwice(3)) {
      try terms([3, 1, 3], threshold: 2)
    }
    #expect(throws: SecureAggregationError.dimensionOutOfRange(given: 0)) {
      try terms([1, 2], threshold: 2, dimension: 0)
    }
    #expect(throws: SecureAggregationError.noVerificationKey(2)) {
      try SecureSumTerms(
        session: SessionID(), clients: [1, 2], threshold: 2, dimension: 1, ring: Ring(bits: 8),
        verificationKeys: [1: SigningIdentity(of: 1).verificationKey])
    }
  }
}
