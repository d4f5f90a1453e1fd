/// Who has spoken in one step: each client that may, at most once.
struct Attendance {
  private let session: SessionID
  private let step: ProtocolStep
  private let expected: Set<ClientID>
  private var present: Set<ClientID> = []

  init(_ expected: some Sequence<ClientID>, at step: ProtocolStep, in session: SessionID) {
    self.session = session
    self.step = step
    self.expected = Set(expected)
  }

  /// Whether a message of this sender may count.
  func check(_ sender: ClientID, session: SessionID) throws(SecureAggregationError) {
    guard session == self.session else { throw .wrongSession(sender, step) }
    guard expected.contains(sender) else { throw .unexpectedSender(sender, step) }
    guard !present.contains(sender) else { throw .repeatedMessage(sender, step) }
  }

  /// Counts the sender of a message that has passed every check.
  mutating func note(_ sender: ClientID) { present.insert(sender) }

  /// Those who have spoken, ascending, if they are as many as the threshold.
  func close(threshold: Int) throws(SecureAggregationError) -> [ClientID] {
    guard present.count >= threshold else {
      throw .tooFewSurvivors(step, survived: present.count, needed: threshold)
    }
    return present.sorted()
  }
}
