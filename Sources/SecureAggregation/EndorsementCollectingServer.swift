/// A server that waits for signatures on the list of survivors.
public struct EndorsementCollectingServer: ~Copyable {
  private let terms: SecureSumTerms
  private let roster: Roster
  private let total: RingVector
  /// For every survivor.
  public let request: UnmaskingRequest
  private var attendance: Attendance
  private var signatures: [ClientID: [UInt8]] = [:]

  init(terms: SecureSumTerms, roster: Roster, total: RingVector, request: UnmaskingRequest) {
    self.terms = terms
    self.roster = roster
    self.total = total
    self.request = request
    attendance = Attendance(request.survivors, at: .endorsing, in: terms.session)
  }

  public mutating func receive(_ endorsement: Endorsement) throws(SecureAggregationError) {
    let sender = endorsement.sender
    try attendance.check(sender, session: endorsement.session)
    if let verificationKeys = terms.verificationKeys {
      guard verificationKeys[sender]!.accepts(endorsement.signature, of: request.statement) else {
        throw .survivorsNotEndorsed(by: sender)
      }
      signatures[sender] = endorsement.signature
    }
    attendance.note(sender)
  }

  public consuming func close() throws(SecureAggregationError) -> UnmaskingServer {
    UnmaskingServer(
      terms: terms, roster: roster, total: total, request: request,
      endorsers: try attendance.close(threshold: terms.threshold),
      endorsements: Endorsements(session: terms.session, signatures: signatures))
  }
}
