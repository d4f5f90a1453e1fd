/// The advertised keys, each checked before it is entered: by the server as they come, by every client
/// again.
struct KeyRegister {
  private let terms: SecureSumTerms
  private var attendance: Attendance
  private var advertisements: [ClientID: KeyAdvertisement] = [:]
  private var owners: [[UInt8]: ClientID] = [:]

  init(_ terms: SecureSumTerms) {
    self.terms = terms
    attendance = Attendance(terms.clients, at: .advertising, in: terms.session)
  }

  mutating func enter(_ advertisement: KeyAdvertisement) throws(SecureAggregationError) {
    let sender = advertisement.sender
    try attendance.check(sender, session: advertisement.session)
    let keys = [advertisement.sharingKey, advertisement.maskingKey]
    guard
      keys.allSatisfy({ $0.count == KeyAdvertisement.keyByteCount }), keys[0] != keys[1],
      advertisement.selfMaskCommitment.count == KeyAdvertisement.keyByteCount
    else { throw .unusableKey(sender) }
    if let verificationKeys = terms.verificationKeys {
      guard
        verificationKeys[sender]!.accepts(advertisement.signature, of: advertisement.statement)
      else { throw .badSignature(sender) }
    }
    for key in keys {
      if let owner = owners[key] { throw .copiedKey(owner, sender) }
    }
    for key in keys { owners[key] = sender }
    advertisements[sender] = advertisement
    attendance.note(sender)
  }

  /// Everybody's keys, if they are as many as the threshold.
  func close() throws(SecureAggregationError) -> [ClientID: KeyAdvertisement] {
    _ = try attendance.close(threshold: terms.threshold)
    return advertisements
  }
}
