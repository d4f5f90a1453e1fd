/// A server that adds up masked vectors as they come.
public struct VectorCollectingServer: ~Copyable {
  private let terms: SecureSumTerms
  private let roster: Roster
  /// Whose shares are delivered; each waits for a vector.
  public let sharers: [ClientID]
  private let ciphertexts: [ClientID: [ClientID: [UInt8]]]
  private var attendance: Attendance
  private var total: RingVector

  init(
    terms: SecureSumTerms, roster: Roster, sharers: [ClientID],
    ciphertexts: [ClientID: [ClientID: [UInt8]]]
  ) {
    self.terms = terms
    self.roster = roster
    self.sharers = sharers
    self.ciphertexts = ciphertexts
    attendance = Attendance(sharers, at: .masking, in: terms.session)
    total = RingVector(dimension: terms.dimension, in: terms.ring)
  }

  /// What the others have sent to one of the sharers.
  public func delivery(to recipient: ClientID) -> ShareDelivery {
    ShareDelivery(
      session: terms.session, recipient: recipient, ciphertexts: ciphertexts[recipient] ?? [:])
  }

  public mutating func receive(_ message: MaskedVector) throws(SecureAggregationError) {
    try attendance.check(message.sender, session: message.session)
    try terms.check(shapeOf: message.vector, from: message.sender)
    total.add(message.vector)
    attendance.note(message.sender)
  }

  public consuming func close() throws(SecureAggregationError) -> EndorsementCollectingServer {
    let survivors = Set(try attendance.close(threshold: terms.threshold))
    return EndorsementCollectingServer(
      terms: terms, roster: roster, total: total,
      request: UnmaskingRequest(
        session: terms.session, survivors: survivors, silent: Set(sharers).subtracting(survivors))
    )
  }
}
