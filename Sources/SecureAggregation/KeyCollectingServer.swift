/// A server that waits for keys. Each step of the server consumes the one before it, and the last one
/// yields the sum of the survivors' vectors and nothing else. A message that is refused changes nothing.
public struct KeyCollectingServer: ~Copyable {
  private let terms: SecureSumTerms
  private var register: KeyRegister

  public init(_ terms: SecureSumTerms) {
    self.terms = terms
    register = KeyRegister(terms)
  }

  public mutating func receive(
    _ advertisement: KeyAdvertisement
  ) throws(SecureAggregationError) {
    try register.enter(advertisement)
  }

  public consuming func close() throws(SecureAggregationError) -> ShareCollectingServer {
    let advertisements = try register.close().values.sorted { $0.sender < $1.sender }
    return ShareCollectingServer(
      terms: terms, roster: Roster(session: terms.session, advertisements: advertisements))
  }
}
