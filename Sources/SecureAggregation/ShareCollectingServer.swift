/// A server that waits for the encrypted shares, which it cannot read.
public struct ShareCollectingServer: ~Copyable {
  private let terms: SecureSumTerms
  /// For every client on it.
  public let roster: Roster
  private let members: Set<ClientID>
  private var attendance: Attendance
  /// By recipient, then by sender.
  private var ciphertexts: [ClientID: [ClientID: [UInt8]]] = [:]

  init(terms: SecureSumTerms, roster: Roster) {
    self.terms = terms
    self.roster = roster
    members = Set(roster.advertisements.map(\.sender))
    attendance = Attendance(members, at: .sharing, in: terms.session)
  }

  public mutating func receive(_ shares: SealedShares) throws(SecureAggregationError) {
    let sender = shares.sender
    try attendance.check(sender, session: shares.session)
    guard Set(shares.ciphertexts.keys) == members.subtracting([sender]) else {
      throw .incompleteMessage(sender, .sharing)
    }
    for (recipient, ciphertext) in shares.ciphertexts {
      ciphertexts[recipient, default: [:]][sender] = ciphertext
    }
    attendance.note(sender)
  }

  public consuming func close() throws(SecureAggregationError) -> VectorCollectingServer {
    VectorCollectingServer(
      terms: terms, roster: roster,
      sharers: try attendance.close(threshold: terms.threshold), ciphertexts: ciphertexts)
  }
}
